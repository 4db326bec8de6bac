/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

enum { DAY, SITE, MACHINE, MODEL, PART, SHIFT, REASON }; /* bits of enum breakdown_group */

bool breakdown_table_init(struct breakdown_table *table, unsigned groups,
                          const struct config *config)
{
    bool ok = true;
    uint32_t number;

    *table = (struct breakdown_table){.groups = groups, .config = config, .shift = ""};
    for (size_t i = 0; ok && (groups & GROUP_MODEL) != 0 && i < config->machine_count; i++)
        ok = name_pool_number(&table->known, config->machines[i].id, &number);
    return ok;
}

void breakdown_table_finish(struct breakdown_table *table)
{
    free(table->rows);
    free(table->keys);
    free(table->index);
    free(table->cycles);
    name_pool_finish(&table->names);
    name_pool_finish(&table->known);
}

/* ---- finding rows ---- */

/* The slot of a row, or the free one where it belongs. There are twice as many as rows. */
static uint32_t *find_slot(const struct breakdown_table *table, const struct breakdown_key *key)
{
    size_t slots = 2 * table->room, i;
    uint64_t h = 0;

    for (int g = 0; g < BREAKDOWN_GROUPS; g++)
        h = (h ^ key->of[g]) * 0x9e3779b97f4a7c15u;
    for (i = (size_t)(h >> 32) % slots; table->index[i] != 0; i = (i + 1) % slots)
        if (memcmp(&table->keys[table->index[i] - 1], key, sizeof *key) == 0)
            break;
    return &table->index[i];
}

static bool grow(struct breakdown_table *table)
{
    size_t room = table->room == 0 ? 64 : 2 * table->room;
    struct breakdown_row *rows = realloc(table->rows, room * sizeof *rows);
    struct breakdown_key *keys = realloc(table->keys, room * sizeof *keys);
    uint32_t *index = calloc(2 * room, sizeof *index);

    table->rows = rows != NULL ? rows : table->rows;
    table->keys = keys != NULL ? keys : table->keys;
    if (rows == NULL || keys == NULL || index == NULL) {
        free(index);
        return false;
    }
    free(table->index);
    table->index = index;
    table->room = room;
    for (size_t i = 0; i < table->count; i++)
        *find_slot(table, &keys[i]) = (uint32_t)i + 1;
    return true;
}

/* Most facts are of the place that was looked for last: their names need no looking up. */
static bool number_name(struct breakdown_table *table, int group, const char *name)
{
    const uint32_t at = table->at.of[group];

    if ((table->groups & 1u << group) == 0 ||
        strcmp(name_pool_text(&table->names, at), name != NULL ? name : "") == 0)
        return true;
    return name_pool_number(&table->names, name, &table->at.of[group]);
}

static bool number_model(struct breakdown_table *table, const char *machine)
{
    const size_t count = table->config->machine_count;
    uint32_t number;

    if ((table->groups & GROUP_MODEL) == 0)
        return true;
    if (!name_pool_number(&table->known, machine, &number))
        return false;
    return number_name(table, MODEL,
                       number > 0 && number <= count ? table->config->machines[number - 1].model
                                                     : NULL);
}

static bool number_shift(struct breakdown_table *table, const char *shift)
{
    if (shift == table->shift)
        return true;
    table->shift = shift;
    return number_name(table, SHIFT, shift);
}

static bool number_place(struct breakdown_table *table, const struct breakdown_place *place)
{
    bool ok = true;

    if (!place->same) {
        if ((table->groups & GROUP_DAY) != 0)
            table->at.of[DAY] = (uint32_t)place->day;
        ok = number_name(table, SITE, place->site) && number_name(table, MACHINE, place->machine) &&
             number_model(table, place->machine) && number_name(table, PART, place->part);
    }
    return ok && number_shift(table, place->shift) && number_name(table, REASON, place->reason);
}

static void name_row(const struct breakdown_table *table, struct breakdown_row *row)
{
    const struct name_pool *names = &table->names;
    const uint32_t *of = table->at.of;
    const size_t last = table->last;
    const bool same_day = table->count > 0 && table->keys[last].of[DAY] == of[DAY];
    const struct breakdown_row *before = same_day ? &table->rows[last] : NULL;

    *row = (struct breakdown_row){.median_s = (double)NAN, .p90_s = (double)NAN};
    if (before != NULL)
        memcpy(row->day, before->day, sizeof row->day);
    else if (of[DAY] != 0)
        ledger_day_text((int)of[DAY], row->day);
    row->site = name_pool_text(names, of[SITE]);
    row->machine = name_pool_text(names, of[MACHINE]);
    row->model = name_pool_text(names, of[MODEL]);
    row->part = name_pool_text(names, of[PART]);
    row->shift = name_pool_text(names, of[SHIFT]);
    row->reason = name_pool_text(names, of[REASON]);
}

/* The row of the place that was numbered, made when there is none yet; valid until the next call.
 * NULL: no memory. */
static struct breakdown_row *find_row(struct breakdown_table *table)
{
    uint32_t *slot;

    if (table->count > 0 && memcmp(&table->keys[table->last], &table->at, sizeof table->at) == 0)
        return &table->rows[table->last];
    if (table->count == table->room && !grow(table))
        return NULL;
    slot = find_slot(table, &table->at);
    if (*slot == 0) {
        table->keys[table->count] = table->at;
        name_row(table, &table->rows[table->count]);
        *slot = (uint32_t)++table->count;
    }
    table->last = *slot - 1;
    return &table->rows[table->last];
}

/* ---- adding ---- */

static int64_t *field_of(struct breakdown_row *row, const struct fact_total *total)
{
    if (ledger_is_scrap(total->kind))
        return &row->scrap;
    return total->kind == FACT_ASSEMBLED ? &row->kits : &row->good;
}

static bool is_time(enum fact_kind kind)
{
    return kind >= FACT_RUNNING && kind <= FACT_OFFLINE;
}

static bool is_counted(const struct breakdown_table *table, const struct fact_total *total)
{
    if (total->kind == FACT_ASSEMBLED)
        return config_product(table->config, total->part) != NULL;
    return is_time(total->kind) || total->kind == FACT_RAN || ledger_is_scrap(total->kind) ||
           ledger_is_good(total->kind, total->machine);
}

bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_place *place,
                         const struct fact_total *total)
{
    struct breakdown_row *row;

    if (!number_place(table, place))
        return false;
    if (!is_counted(table, total))
        return true;
    row = find_row(table);
    if (row == NULL)
        return false;
    if (is_time(total->kind))
        row->seconds[total->kind - FACT_RUNNING] += (double)total->qty;
    else if (total->kind == FACT_RAN)
        row->runs += total->count;
    else
        *field_of(row, total) += total->qty;
    return true;
}

bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_place *place,
                           double took_s, double planned_s)
{
    struct breakdown_row *row = number_place(table, place) ? find_row(table) : NULL;

    if (row != NULL && table->cycle_count == table->cycle_room) {
        size_t room = table->cycle_room == 0 ? 1024 : 2 * table->cycle_room;
        struct breakdown_cycle *more = realloc(table->cycles, room * sizeof *more);

        if (more == NULL)
            return false;
        table->cycles = more;
        table->cycle_room = room;
    }
    if (row == NULL)
        return false;
    row->cycles++;
    row->planned_s += isfinite(planned_s) ? planned_s : 0;
    table->cycles[table->cycle_count++] = (struct breakdown_cycle){table->last, took_s};
    return true;
}

/* ---- settling ---- */

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

/* Cycle times come in the order of the runs' ends: put together by row. */
static bool settle_rows(struct breakdown_table *table)
{
    size_t *from =
        calloc(table->count + 2, sizeof *from); /* of row i: from[i], next: from[i + 1] */
    double *times = malloc((table->cycle_count + 1) * sizeof *times);
    const bool ok = from != NULL && times != NULL;

    for (size_t i = 0; ok && i < table->count; i++)
        from[i + 2] = from[i + 1] + table->rows[i].cycles;
    for (size_t i = 0; ok && i < table->cycle_count; i++)
        times[from[table->cycles[i].row + 1]++] = table->cycles[i].took_s;
    for (size_t i = 0; ok && i < table->count; i++)
        settle_row(&table->rows[i], times + from[i]);
    free(from);
    free(times);
    return ok;
}

/* A row's place in the order: ranks of its names, then where it is. */
struct order {
    uint32_t rank[BREAKDOWN_GROUPS], row;
};

static int compare_ranks(const void *left, const void *right)
{
    const struct order *a = left, *b = right;

    for (int g = 0; g < BREAKDOWN_GROUPS; g++)
        if (a->rank[g] != b->rank[g])
            return a->rank[g] < b->rank[g] ? -1 : 1;
    return 0;
}

static void fill_order(const struct breakdown_table *table, const uint32_t *ranks,
                       struct order *order)
{
    for (size_t i = 0; i < table->count; i++) {
        order[i].rank[DAY] = table->keys[i].of[DAY];
        for (int g = SITE; g < BREAKDOWN_GROUPS; g++)
            order[i].rank[g] = ranks[table->keys[i].of[g]];
        order[i].row = (uint32_t)i;
    }
}

static bool sort_rows(struct breakdown_table *table)
{
    uint32_t *ranks = name_pool_ranks(&table->names);
    struct order *order = malloc((table->count + 1) * sizeof *order);
    struct breakdown_row *rows = malloc((table->count + 1) * sizeof *rows);
    const bool ok = ranks != NULL && order != NULL && rows != NULL;

    if (ok) {
        fill_order(table, ranks, order);
        qsort(order, table->count, sizeof *order, compare_ranks);
        for (size_t i = 0; i < table->count; i++)
            rows[i] = table->rows[order[i].row];
        free(table->rows);
        table->rows = rows;
    } else {
        free(rows);
    }
    free(ranks);
    free(order);
    return ok;
}

bool breakdown_table_settle(struct breakdown_table *table)
{
    return settle_rows(table) && sort_rows(table);
}
