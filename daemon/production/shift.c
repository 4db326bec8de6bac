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

const struct shift_site *shift_table_site(const struct shift_table *shifts, const char *id)
{
    for (size_t i = 0; i < shifts->count; i++)
        if (strcmp(shifts->sites[i].site->id, id) == 0)
            return &shifts->sites[i];
    return NULL;
}

static long offset_at(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    return tm.tm_gmtoff;
}

/* When clocks change between two moments whose offsets differ, to the second. */
static int64_t find_change(int64_t low, int64_t high)
{
    const long offset = offset_at(low);

    while (high - low > 1000) {
        int64_t middle = low + (high - low) / 2;

        if (offset_at(middle) == offset)
            low = middle;
        else
            high = middle;
    }
    return high - high % 1000;
}

static void fill_stretch(struct shift_stretch *stretch, int64_t wall_ms)
{
    const int64_t end = ledger_midnight_after(wall_ms);
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    stretch->weekday = tm.tm_wday;
    stretch->midnight_ms =
        wall_ms - wall_ms % 1000 - ((tm.tm_hour * 60 + tm.tm_min) * 60 + tm.tm_sec) * 1000;
    stretch->from_ms = stretch->midnight_ms;
    if (offset_at(stretch->from_ms) != tm.tm_gmtoff)
        stretch->from_ms = find_change(stretch->from_ms, wall_ms);
    stretch->to_ms = end;
    if (offset_at(end - 1) != tm.tm_gmtoff)
        stretch->to_ms = find_change(wall_ms, end - 1);
}

/* Where a moment lies; worked out anew only when another stretch stood in its place. */
static const struct shift_stretch *find_stretch(struct shift_table *shifts, int64_t wall_ms)
{
    struct shift_stretch *stretch = &shifts->lately[(uint64_t)(wall_ms / DAY_MS) % SHIFT_LATELY];

    if (wall_ms < stretch->from_ms || wall_ms >= stretch->to_ms)
        fill_stretch(stretch, wall_ms);
    return stretch;
}

const char *shift_table_at(struct shift_table *shifts, const struct shift_site *site,
                           int64_t wall_ms, int64_t *until_ms)
{
    const struct shift_stretch *stretch = find_stretch(shifts, wall_ms);
    const int64_t minute = (wall_ms - stretch->midnight_ms) / MINUTE_MS;
    int64_t until;

    *until_ms = stretch->to_ms;
    if (site == NULL || minute < 0 || minute >= HOURS_DAY)
        return "";
    until = stretch->midnight_ms + (int64_t)site->until[stretch->weekday][minute] * MINUTE_MS;
    *until_ms = until < stretch->to_ms ? until : stretch->to_ms;
    return site->names[site->of_minute[stretch->weekday][minute]];
}
