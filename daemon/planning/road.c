/* SPDX-License-Identifier: Apache-2.0 */
#include "road.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

enum err road_init(struct road *road, const struct evidence *evidence)
{
    size_t parts = evidence->plan->outlook->dispatch.part_count;

    *road = (struct road){.evidence = evidence};
    road->waiting = calloc(evidence->plan->site_count * parts + 1, sizeof *road->waiting);
    return road->waiting != NULL ? ERR_OK : ERR_NO_MEMORY;
}

void road_finish(struct road *road)
{
    free(road->waiting);
    *road = (struct road){0};
}

void road_reset(struct road *road)
{
    const struct plan *plan = road->evidence->plan;

    memset(road->waiting, 0,
           plan->site_count * plan->outlook->dispatch.part_count * sizeof *road->waiting);
}

/* Days back from today to the first on which a load was seen to leave a site; 0: none before today.
 */
static int days_left(const struct evidence *evidence, size_t site)
{
    int day = EVIDENCE_DAYS - 1;

    while (day > 0 && evidence->departures[site].count[day] == 0)
        day--;
    return day;
}

/* Kits are put together elsewhere, and loads go there. */
static bool leads_away(const struct road *road, size_t site)
{
    const struct plan *plan = road->evidence->plan;
    bool elsewhere = false;

    for (size_t i = 0; i < plan->site_count; i++)
        elsewhere = elsewhere || plan->outlook->config->sites[i].assembly;
    return elsewhere && !plan->outlook->config->sites[site].assembly &&
           days_left(road->evidence, site) > 0;
}

int64_t road_made(struct road *road, size_t site, size_t part, int64_t good)
{
    if (!leads_away(road, site))
        return good;
    road->waiting[site * road->evidence->plan->outlook->dispatch.part_count + part] += good;
    return 0;
}

void road_leave(struct road *road, size_t site, int64_t *stock)
{
    size_t parts = road->evidence->plan->outlook->dispatch.part_count;

    for (size_t i = 0; i < parts; i++) {
        stock[i] += road->waiting[site * parts + i];
        road->waiting[site * parts + i] = 0;
    }
}

/* The past day whose loads leave a site again on a day to come: of those since its first load.
 * Chance is the same for all sites: so is the driver. */
static int as_on(const struct road *road, uint64_t run, size_t site, int day)
{
    struct random random = random_stream(run + (uint64_t)day, "road");

    return 1 + (int)(random_uniform(&random) * days_left(road->evidence, site));
}

double road_next(const struct road *road, uint64_t run, size_t site, double now)
{
    const struct plan *plan = road->evidence->plan;
    double since_midnight = 86400.0 - plan->today_s;
    int day = (int)((now + since_midnight) / 86400.0);

    if (!leads_away(road, site))
        return (double)INFINITY;
    for (; day * 86400.0 - since_midnight < plan->horizon_s; day++) {
        const struct departures *past = &road->evidence->departures[site];
        int like = as_on(road, run, site, day);

        for (size_t i = 0; i < past->count[like]; i++) {
            double at = day * 86400.0 + past->at_s[like][i] - since_midnight;

            if (at > now)
                return at;
        }
    }
    return (double)INFINITY;
}
