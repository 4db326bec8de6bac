/* SPDX-License-Identifier: Apache-2.0 */
/* Which row of a report a fact belongs to, by rules of our own. */
#ifndef USINE_TESTS_PRODUCTION_WEEKS_ROWS_H
#define USINE_TESTS_PRODUCTION_WEEKS_ROWS_H

#include "weeks.h"

/* Which shift it is, by the clock on the wall and nothing else. */
static const char *shift_of(const char *site, int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm = {0};
    bool sunday, weekend;

    localtime_r(&seconds, &tm);
    sunday = tm.tm_wday == 0;
    weekend = sunday || tm.tm_wday == 6;
    if (strcmp(site, "rouen") == 0)
        return !weekend && tm.tm_hour >= 8 && tm.tm_hour < 20 ? "open" : "";
    if (tm.tm_hour >= 6 && tm.tm_hour < 14)
        return "matin";
    if (tm.tm_hour >= 14 && tm.tm_hour < 22)
        return "soir";
    return sunday ? "" : "nuit";
}

static int compare_names(const void *left, const void *right)
{
    const struct breakdown_row *a = left, *b = right;
    const char *const pairs[][2] = {
        {a->day, b->day},   {a->site, b->site},   {a->machine, b->machine}, {a->model, b->model},
        {a->part, b->part}, {a->shift, b->shift}, {a->reason, b->reason}};
    int order = 0;

    for (size_t i = 0; order == 0 && i < BREAKDOWN_GROUPS; i++)
        order = strcmp(pairs[i][0], pairs[i][1]);
    return order;
}

static const char *model_of(const char *machine)
{
    return machine[0] == 'p' ? "prusa-mk3" : machine[0] == 'e' ? "ender-3" : "";
}

/* The row that a piece of a fact belongs to, looked up in the report. */
static struct sums *row_of(struct bench *bench, unsigned groups, struct sums *sums,
                           const struct fact *piece)
{
    bool scrap = piece->kind == FACT_SCRAPPED || piece->kind == FACT_CORRECTED_SCRAP;
    struct breakdown_row key = {.site = groups & GROUP_SITE ? piece->site : "",
                                .machine = groups & GROUP_MACHINE ? piece->machine : "",
                                .model = groups & GROUP_MODEL ? model_of(piece->machine) : "",
                                .part = groups & GROUP_PART ? piece->part : "",
                                .shift =
                                    groups & GROUP_SHIFT ? shift_of(piece->site, piece->at_ms) : "",
                                .reason = groups & GROUP_REASON && scrap ? piece->reason : ""};
    struct breakdown_row *row;

    if ((groups & GROUP_DAY) != 0)
        ledger_day_text(piece->day, key.day);
    row = bsearch(&key, bench->rows, bench->count, sizeof key, compare_names);
    if (row == NULL)
        fail_msg("groups %u: no row %s/%s/%s/%s/%s/%s/%s", groups, key.day, key.site, key.machine,
                 key.model, key.part, key.shift, key.reason);
    return &sums[row - bench->rows];
}

/* Asks for every grouping and has its report checked; sums: zeroed, one for each row. */
static void each_grouping(struct bench *bench,
                          void (*check)(struct bench *bench, unsigned groups, struct sums *sums))
{
    for (unsigned groups = 1; groups < ALL_GROUPS; groups++) {
        struct breakdown_query query = both_weeks(groups);
        struct sums *sums;

        ask(bench, &query);
        sums = calloc(bench->count + 1, sizeof *sums);
        assert_non_null(sums);
        check(bench, groups, sums);
        free(sums);
    }
}

#endif
