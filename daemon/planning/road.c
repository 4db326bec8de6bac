/* SPDX-License-Identifier: Apache-2.0 */
#include "road.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

/* Days back from today to the first on which a load was seen to leave a site; 0: none before today.
 */
static int days_left(const struct evidence *evidence, size_t site)
{
    int day = EVIDENCE_DAYS - 1;

    while (day > 0 && evidence->departures[site].count[day] == 0)
        day--;
    return day;
}

/* Pieces go away from where no kits are put together, if they are elsewhere, and loads go there. */
static void find_days(struct road *road)
{
    const struct plan *plan = road->evidence->plan;
    const struct config_site *sites = plan->outlook->config->sites;
    bool named = false;

    for (size_t i = 0; i < plan->site_count; i++)
        named = named || sites[i].assembly;
    for (size_t i = 0; i < plan->site_count; i++)
        road->days[i] = named && !sites[i].assembly ? days_left(road->evidence, i) : 0;
}

enum err road_init(struct road *road, const struct evidence *evidence)
{
    size_t parts = evidence->plan->outlook->dispatch.part_count;

    *road = (struct road){.evidence = evidence};
    road->waiting = calloc(evidence->plan->site_count * parts + 1, sizeof *road->waiting);
    road->days = calloc(evidence->plan->site_count + 1, sizeof *road->days);
    if (road->waiting == NULL || road->days == NULL)
        return ERR_NO_MEMORY;
    find_days(road);
    return ERR_OK;
}

void road_finish(struct road *road)
{
    free(road->waiting);
    free(road->days);
    *road = (struct road){0};
}

void road_reset(struct road *road)
{
    const struct plan *plan = road->evidence->plan;

    memset(road->waiting, 0,
           plan->site_count * plan->outlook->dispatch.part_count * sizeof *road->waiting);
}

int64_t road_made(struct road *road, size_t site, size_t part, int64_t good)
{
    if (road->days[site] == 0)
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

    return 1 + (int)(random_uniform(&random) * road->days[site]);
}

double road_next(const struct road *road, uint64_t run, size_t site, double now)
{
    const struct plan *plan = road->evidence->plan;
    double since_midnight = 86400.0 - plan->today_s;
    int day = (int)((now + since_midnight) / 86400.0);

    if (road->days[site] == 0)
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
