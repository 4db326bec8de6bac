/* SPDX-License-Identifier: Apache-2.0 */
#include "shift.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger.h"

enum { MINUTE_MS = 60000, DAY_MS = HOURS_DAY * MINUTE_MS };

/* The first shift named for a minute has it. */
static void mark_span(uint8_t *minutes, const struct hours_span *span, uint8_t number)
{
    for (int m = span->from; m < span->to; m++)
        if (minutes[m] == 0)
            minutes[m] = number;
}

static void mark(struct shift_site *site, uint8_t number, const char *text)
{
    struct hours hours;
    char why[160];

    if (!hours_parse(text[0] != '\0' ? text : "24/7", &hours, why, sizeof why))
        return; /* the config was checked */
    for (int day = 0; day < 7; day++)
        for (int i = 0; i < hours.count[day]; i++)
            mark_span(site->of_minute[day], &hours.spans[day][i], number);
}

static void mark_ends(struct shift_site *site)
{
    for (int day = 0; day < 7; day++)
        for (int m = HOURS_DAY - 1; m >= 0; m--) {
            bool last =
                m == HOURS_DAY - 1 || site->of_minute[day][m] != site->of_minute[day][m + 1];

            site->until[day][m] = last ? (uint16_t)(m + 1) : site->until[day][m + 1];
        }
}

/* A site without shifts has its opening hours. */
static void fill_site(struct shift_site *site, const struct config_site *from)
{
    site->site = from;
    for (size_t k = 0; k < from->shift_count; k++) {
        snprintf(site->names[k + 1], ID_SIZE, "%s", from->shifts[k].id);
        mark(site, (uint8_t)(k + 1), from->shifts[k].hours);
    }
    if (from->shift_count == 0) {
        snprintf(site->names[1], ID_SIZE, "open");
        mark(site, 1, from->hours);
    }
    mark_ends(site);
}

bool shift_table_init(struct shift_table *shifts, const struct config *config)
{
    *shifts = (struct shift_table){.count = config->site_count};
    shifts->sites = calloc(config->site_count + 1, sizeof *shifts->sites);
    for (size_t i = 0; shifts->sites != NULL && i < shifts->count; i++)
        fill_site(&shifts->sites[i], &config->sites[i]);
    return shifts->sites != NULL;
}

void shift_table_finish(struct shift_table *shifts)
{
    free(shifts->sites);
}

static const struct shift_site *find_site(struct shift_table *shifts, const char *id)
{
    for (size_t i = 0; i < shifts->count; i++) {
        size_t at = i == 0 ? shifts->last : (shifts->last + i) % shifts->count;

        if (strcmp(shifts->sites[at].site->id, id) != 0)
            continue;
        shifts->last = at;
        return &shifts->sites[at];
    }
    return NULL;
}

static void find_day(struct shift_table *shifts, int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm = {0}, end = {0};

    localtime_r(&seconds, &tm);
    shifts->day.weekday = tm.tm_wday;
    shifts->day.to_ms = ledger_midnight_after(wall_ms);
    seconds = (time_t)(shifts->day.to_ms / 1000);
    localtime_r(&seconds, &end);
    shifts->day.from_ms = shifts->day.to_ms - DAY_MS;
    seconds = (time_t)(shifts->day.from_ms / 1000);
    localtime_r(&seconds, &tm);
    shifts->day.even = tm.tm_gmtoff == end.tm_gmtoff && tm.tm_hour == 0 && tm.tm_min == 0;
}

/* On a day when clocks change, minute by minute. */
static const char *on_odd_day(const struct shift_site *site, int64_t wall_ms, int64_t *until_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    *until_ms = wall_ms - wall_ms % MINUTE_MS + MINUTE_MS;
    return site->names[site->of_minute[tm.tm_wday][tm.tm_hour * 60 + tm.tm_min]];
}

const char *shift_table_at(struct shift_table *shifts, const char *id, int64_t wall_ms,
                           int64_t *until_ms)
{
    const struct shift_site *site = find_site(shifts, id);
    const uint8_t *minutes;
    int minute;

    if (wall_ms < shifts->day.from_ms || wall_ms >= shifts->day.to_ms)
        find_day(shifts, wall_ms);
    *until_ms = shifts->day.to_ms;
    if (site == NULL)
        return "";
    if (!shifts->day.even)
        return on_odd_day(site, wall_ms, until_ms);
    minutes = site->of_minute[shifts->day.weekday];
    minute = (int)((wall_ms - shifts->day.from_ms) / MINUTE_MS);
    *until_ms = shifts->day.from_ms + (int64_t)site->until[shifts->day.weekday][minute] * MINUTE_MS;
    return site->names[minutes[minute]];
}
