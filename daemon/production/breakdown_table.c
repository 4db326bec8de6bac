/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"
#include "ledger.h"

void breakdown_table_init(struct breakdown_table *table, unsigned groups,
                          const struct config *config)
{
    *table = (struct breakdown_table){.groups = groups, .config = config};
}

void breakdown_table_finish(struct breakdown_table *table)
{
    free(table->rows);
    free(table->index);
    free(table->cycles);
}

/* ---- finding rows ---- */

static void put(char *to, size_t size, bool wanted, const char *from)
{
    snprintf(to, size, "%s", wanted && from != NULL ? from : "");
}

static void name_row(const struct breakdown_table *table, const struct breakdown_place *place,
                     struct breakdown_row *row)
{
    const unsigned groups = table->groups;
    const char *machine = place->machine != NULL ? place->machine : "";
    const struct config_machine *known =
        (groups & GROUP_MODEL) != 0 ? config_machine(table->config, machine) : NULL;

    *row = (struct breakdown_row){.median_s = (double)NAN, .p90_s = (double)NAN};
    if ((groups & GROUP_DAY) != 0 && place->day != 0)
        ledger_day_text(place->day, row->day);
    put(row->site, sizeof row->site, (groups & GROUP_SITE) != 0, place->site);
    put(row->machine, sizeof row->machine, (groups & GROUP_MACHINE) != 0, machine);
    put(row->model, sizeof row->model, known != NULL, known != NULL ? known->model : NULL);
    put(row->part, sizeof row->part, (groups & GROUP_PART) != 0, place->part);
    put(row->shift, sizeof row->shift, (groups & GROUP_SHIFT) != 0, place->shift);
    put(row->reason, sizeof row->reason, (groups & GROUP_REASON) != 0, place->reason);
}

static int compare_rows(const void *left, const void *right)
{
    const struct breakdown_row *a = left, *b = right;
    int order = strcmp(a->day, b->day);

    order = order != 0 ? order : strcmp(a->site, b->site);
    order = order != 0 ? order : strcmp(a->machine, b->machine);
    order = order != 0 ? order : strcmp(a->model, b->model);
    order = order != 0 ? order : strcmp(a->part, b->part);
    order = order != 0 ? order : strcmp(a->shift, b->shift);
    return order != 0 ? order : strcmp(a->reason, b->reason);
}

static size_t hash(const struct breakdown_row *row)
{
    const char *const names[] = {row->day,  row->site,  row->machine, row->model,
                                 row->part, row->shift, row->reason};
    uint64_t h = FNV_BASIS;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        h = fnv_text(h, names[i]);
    return (size_t)(h ^ h >> 32);
}

/* The slot of the row with these names, or the free one where it belongs. */
static size_t *find_slot(const struct breakdown_table *table, const struct breakdown_row *row)
{
    size_t i = hash(row) % table->slots;

    while (table->index[i] != 0 && compare_rows(&table->rows[table->index[i] - 1], row) != 0)
        i = (i + 1) % table->slots;
    return &table->index[i];
}

static bool grow(struct breakdown_table *table)
{
    size_t room = table->room == 0 ? 64 : 2 * table->room;
    struct breakdown_row *rows = realloc(table->rows, room * sizeof *rows);
    size_t *index = rows != NULL ? calloc(2 * room + 1, sizeof *index) : NULL;

    if (rows != NULL)
        table->rows = rows;
    if (index == NULL)
        return false;
    free(table->index);
    table->index = index;
    table->slots = 2 * room + 1;
    table->room = room;
    for (size_t i = 0; i < table->count; i++)
        *find_slot(table, &table->rows[i]) = i + 1;
    return true;
}

static bool is_same(bool wanted, const char *name, const char *other)
{
    return !wanted || strcmp(name, other != NULL ? other : "") == 0;
}

/* Facts of one machine come together: most are of the place that was looked for last. */
static bool at_place(const struct breakdown_table *table, const struct breakdown_place *place)
{
    const unsigned groups = table->groups;
    const struct breakdown_row *at = &table->at;

    return table->count > 0 && ((groups & GROUP_DAY) == 0 || table->at_day == place->day) &&
           is_same((groups & (GROUP_MACHINE | GROUP_MODEL)) != 0, at->machine, place->machine) &&
           is_same((groups & GROUP_PART) != 0, at->part, place->part) &&
           is_same((groups & GROUP_SITE) != 0, at->site, place->site) &&
           is_same((groups & GROUP_SHIFT) != 0, at->shift, place->shift) &&
           is_same((groups & GROUP_REASON) != 0, at->reason, place->reason);
}

static void remember(struct breakdown_table *table, const struct breakdown_place *place)
{
    struct breakdown_row *at = &table->at;

    table->at_day = place->day;
    put(at->site, sizeof at->site, true, place->site);
    put(at->machine, sizeof at->machine, true, place->machine);
    put(at->part, sizeof at->part, true, place->part);
    put(at->shift, sizeof at->shift, true, place->shift);
    put(at->reason, sizeof at->reason, true, place->reason);
}

struct breakdown_row *breakdown_table_row(struct breakdown_table *table,
                                          const struct breakdown_place *place)
{
    struct breakdown_row row;
    size_t *slot;

    if (at_place(table, place))
        return &table->rows[table->last];
    if (table->count == table->room && !grow(table))
        return NULL;
    name_row(table, place, &row);
    slot = find_slot(table, &row);
    if (*slot == 0) {
        table->rows[table->count] = row;
        *slot = ++table->count;
    }
    table->last = *slot - 1;
    remember(table, place);
    return &table->rows[table->last];
}

/* ---- adding ---- */

static bool is_kits(const struct breakdown_table *table, const struct fact_total *total)
{
    return total->kind == FACT_ASSEMBLED && config_product(table->config, total->part) != NULL;
}

static bool is_counted(const struct breakdown_table *table, const struct fact_total *total)
{
    return ledger_is_good(total->kind, total->machine) || ledger_is_scrap(total->kind) ||
           total->kind == FACT_RAN || is_kits(table, total) ||
           (total->kind >= FACT_RUNNING && total->kind <= FACT_OFFLINE);
}

bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_place *place,
                         const struct fact_total *total)
{
    struct breakdown_row *row;

    if (!is_counted(table, total))
        return true;
    row = breakdown_table_row(table, place);
    if (row == NULL)
        return false;
    if (total->kind == FACT_ASSEMBLED)
        row->kits += total->qty;
    else if (total->kind == FACT_RAN)
        row->runs += total->count;
    else if (ledger_is_scrap(total->kind))
        row->scrap += total->qty;
    else if (ledger_is_good(total->kind, total->machine))
        row->good += total->qty;
    else
        row->seconds[total->kind - FACT_RUNNING] += (double)total->qty / 1000.0;
    return true;
}

bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_place *place,
                           double took_s, double planned_s)
{
    struct breakdown_row *row = breakdown_table_row(table, place);

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

static int compare_cycles(const void *left, const void *right)
{
    const struct breakdown_cycle *a = left, *b = right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->took_s < b->took_s ? -1 : a->took_s > b->took_s;
}

void breakdown_table_settle(struct breakdown_table *table)
{
    const struct breakdown_cycle *sorted = table->cycles;

    if (table->cycle_count > 0)
        qsort(table->cycles, table->cycle_count, sizeof *table->cycles, compare_cycles);
    for (size_t i = 0; i < table->cycle_count;) {
        struct breakdown_row *row = &table->rows[sorted[i].row];
        size_t n = row->cycles;

        row->median_s = (sorted[i + (n - 1) / 2].took_s + sorted[i + n / 2].took_s) / 2;
        row->p90_s = sorted[i + (n * 9 + 9) / 10 - 1].took_s; /* nearest rank */
        i += n;
    }
    if (table->count > 0)
        qsort(table->rows, table->count, sizeof *table->rows, compare_rows);
}
