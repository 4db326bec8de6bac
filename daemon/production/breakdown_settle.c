/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown_settle.h"

#include <stdlib.h>
#include <string.h>

/* ---- cycle times ---- */

static int compare_times(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

static void settle_row(struct breakdown_row *row, double *times)
{
    const size_t n = row->cycles;

    for (int t = 0; t < TIMES; t++)
        row->seconds[t] /= 1000;
    if (n == 0)
        return;
    qsort(times, n, sizeof *times, compare_times);
    row->median_s = (times[(n - 1) / 2] + times[n / 2]) / 2;
    row->p90_s = times[(n * 9 + 9) / 10 - 1]; /* nearest rank */
}

/* Cycle times come as they were written: put together by row. */
static bool settle_rows(struct breakdown_table *table)
{
    struct breakdown_row *rows = table->stretch;
    const size_t count = table->stretch_count;
    size_t *from = calloc(count + 2, sizeof *from); /* of row i: from[i], next: from[i + 1] */
    double *times = malloc((table->cycle_count + 1) * sizeof *times);
    const bool ok = from != NULL && times != NULL;

    for (size_t i = 0; ok && i < count; i++)
        from[i + 2] = from[i + 1] + rows[i].cycles;
    for (size_t i = 0; ok && i < table->cycle_count; i++)
        times[from[table->cycles[i].row + 1]++] = table->cycles[i].took_s;
    for (size_t i = 0; ok && i < count; i++)
        settle_row(&rows[i], times + from[i]);
    free(from);
    free(times);
    return ok;
}

/* ---- order ---- */

enum { NAMES = BREAKDOWN_GROUPS - 1 }; /* rows of a stretch have one day */

/* A row's place in the order: ranks of its names, then where it is. */
struct order {
    uint32_t rank[NAMES], row;
};

static int compare_ranks(const void *left, const void *right)
{
    const struct order *a = left, *b = right;

    for (int g = 0; g < NAMES; g++)
        if (a->rank[g] != b->rank[g])
            return a->rank[g] < b->rank[g] ? -1 : 1;
    return 0;
}

/* Names are few and mostly there on the first day. */
static bool rank_names(struct breakdown_table *table)
{
    if (table->ranks != NULL && table->ranked == table->names.count)
        return true;
    free(table->ranks);
    table->ranks = name_pool_ranks(&table->names);
    table->ranked = table->names.count;
    return table->ranks != NULL;
}

static bool grow_rows(struct breakdown_table *table)
{
    size_t room = table->room == 0 ? 64 : table->room;
    struct breakdown_row *rows;

    while (room < table->count + table->stretch_count)
        room *= 2;
    if (room == table->room)
        return true;
    rows = realloc(table->rows, room * sizeof *rows);
    if (rows == NULL)
        return false;
    table->rows = rows;
    table->room = room;
    return true;
}

static bool sort_rows(struct breakdown_table *table)
{
    const size_t count = table->stretch_count;
    struct order *order = malloc((count + 1) * sizeof *order);
    const bool ok = order != NULL && rank_names(table) && grow_rows(table);

    for (size_t i = 0; ok && i < count; i++) {
        for (int g = 0; g < NAMES; g++)
            order[i].rank[g] = table->ranks[table->keys[i].of[g + 1]];
        order[i].row = (uint32_t)i;
    }
    if (ok)
        qsort(order, count, sizeof *order, compare_ranks);
    for (size_t i = 0; ok && i < count; i++)
        table->rows[table->count++] = table->stretch[order[i].row];
    free(order);
    return ok;
}

bool breakdown_settle(struct breakdown_table *table)
{
    table->moved = true;
    if (table->stretch_count == 0)
        return true;
    if (!settle_rows(table) || !sort_rows(table))
        return false;
    table->stretch_count = 0;
    table->cycle_count = 0;
    memset(table->index, 0, 2 * table->stretch_room * sizeof *table->index);
    return true;
}
