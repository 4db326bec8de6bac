/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "breakdown_settle.h"
#include "ledger.h"

enum { DAY, SITE, MACHINE, MODEL, PART, SHIFT, REASON }; /* bits of enum breakdown_group */

bool breakdown_table_init(struct breakdown_table *table, unsigned groups, size_t max,
                          const struct config *config)
{
    bool ok = true;
    uint32_t number;

    *table = (struct breakdown_table){
        .groups = groups, .max = max, .config = config, .shift = "", .moved = true};
    for (size_t i = 0; ok && (groups & GROUP_MODEL) != 0 && i < config->machine_count; i++)
        ok = name_pool_number(&table->known, config->machines[i].id, &number);
    return ok;
}

void breakdown_table_finish(struct breakdown_table *table)
{
    free(table->rows);
    free(table->stretch);
    free(table->keys);
    free(table->index);
    free(table->cycles);
    free(table->ranks);
    name_pool_finish(&table->names);
    name_pool_finish(&table->known);
}

/* ---- where it belongs ---- */

static bool number_name(struct breakdown_table *table, int group, const char *name)
{
    const uint32_t at = table->at.of[group];

    if ((table->groups & 1u << group) == 0 ||
        strcmp(name_pool_text(&table->names, at), name != NULL ? name : "") == 0)
        return true;
    table->moved = true;
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

static bool begin_day(struct breakdown_table *table, int day)
{
    if (day == table->day || (table->groups & GROUP_DAY) == 0)
        return true;
    table->day = day;
    table->at.of[DAY] = (uint32_t)day;
    return breakdown_settle(table);
}

bool breakdown_table_place(struct breakdown_table *table, const struct breakdown_place *place)
{
    return begin_day(table, place->day) && number_name(table, SITE, place->site) &&
           number_name(table, MACHINE, place->machine) && number_model(table, place->machine) &&
           number_name(table, PART, place->part);
}

/* Most marks are those of the fact before. */
static bool number_mark(struct breakdown_table *table, const struct breakdown_mark *mark)
{
    bool ok = true;

    if (mark->shift != table->shift) {
        table->shift = mark->shift;
        ok = number_name(table, SHIFT, mark->shift);
    }
    if (mark->reason != NULL || table->at.of[REASON] != 0)
        ok = ok && number_name(table, REASON, mark->reason);
    return ok;
}

/* ---- finding rows ---- */

/* The slot of a row, or the free one where it belongs. There are twice as many as rows. */
static uint32_t *find_slot(const struct breakdown_table *table, const struct breakdown_key *key)
{
    const size_t mask = 2 * table->stretch_room - 1; /* rooms are powers of two */
    uint64_t h = 0;
    size_t i;

    for (int g = 0; g < BREAKDOWN_GROUPS; g++)
        h = (h ^ key->of[g]) * 0x9e3779b97f4a7c15u;
    for (i = (size_t)(h >> 32) & mask; table->index[i] != 0; i = (i + 1) & mask)
        if (memcmp(&table->keys[table->index[i] - 1], key, sizeof *key) == 0)
            break;
    return &table->index[i];
}

static bool grow(struct breakdown_table *table)
{
    const size_t room = table->stretch_room == 0 ? 64 : 2 * table->stretch_room;
    struct breakdown_row *rows = realloc(table->stretch, room * sizeof *rows);
    struct breakdown_key *keys = realloc(table->keys, room * sizeof *keys);
    uint32_t *index = calloc(2 * room, sizeof *index);

    table->stretch = rows != NULL ? rows : table->stretch;
    table->keys = keys != NULL ? keys : table->keys;
    if (rows == NULL || keys == NULL || index == NULL) {
        free(index);
        return false;
    }
    free(table->index);
    table->index = index;
    table->stretch_room = room;
    for (size_t i = 0; i < table->stretch_count; i++)
        *find_slot(table, &keys[i]) = (uint32_t)i + 1;
    return true;
}

static void name_row(const struct breakdown_table *table, struct breakdown_row *row)
{
    const struct name_pool *names = &table->names;
    const uint32_t *of = table->at.of;

    *row = (struct breakdown_row){.median_s = (double)NAN, .p90_s = (double)NAN};
    if (table->stretch_count > 0)
        memcpy(row->day, table->stretch[0].day, sizeof row->day);
    else if (of[DAY] != 0)
        ledger_day_text((int)of[DAY], row->day);
    row->site = name_pool_text(names, of[SITE]);
    row->machine = name_pool_text(names, of[MACHINE]);
    row->model = name_pool_text(names, of[MODEL]);
    row->part = name_pool_text(names, of[PART]);
    row->shift = name_pool_text(names, of[SHIFT]);
    row->reason = name_pool_text(names, of[REASON]);
}

static bool add_row(struct breakdown_table *table, uint32_t *slot)
{
    const size_t last = table->stretch_count;

    table->full = table->max != 0 && table->count + last == table->max;
    if (table->full)
        return false;
    table->keys[last] = table->at;
    name_row(table, &table->stretch[last]);
    *slot = (uint32_t)++table->stretch_count;
    return true;
}

/* The row of the place and the mark, made when there is none yet; valid until the next call.
 * NULL: no memory, or full. */
static struct breakdown_row *find_row(struct breakdown_table *table,
                                      const struct breakdown_mark *mark)
{
    uint32_t *slot;

    if (!number_mark(table, mark))
        return NULL;
    if (!table->moved)
        return &table->stretch[table->last];
    if (table->stretch_count == table->stretch_room && !grow(table))
        return NULL;
    slot = find_slot(table, &table->at);
    if (*slot == 0 && !add_row(table, slot))
        return NULL;
    table->last = *slot - 1;
    table->moved = false;
    return &table->stretch[table->last];
}

/* ---- adding ---- */

static int64_t *field_of(struct breakdown_row *row, enum fact_kind kind)
{
    if (ledger_is_scrap(kind))
        return &row->scrap;
    return kind == FACT_ASSEMBLED ? &row->kits : &row->good;
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

bool breakdown_table_add(struct breakdown_table *table, const struct breakdown_mark *mark,
                         const struct fact_total *total)
{
    struct breakdown_row *row;

    if (!is_counted(table, total))
        return true;
    row = find_row(table, mark);
    if (row == NULL)
        return false;
    if (is_time(total->kind))
        row->seconds[total->kind - FACT_RUNNING] += (double)total->qty;
    else if (total->kind == FACT_RAN)
        row->runs += total->count;
    else
        *field_of(row, total->kind) += total->qty;
    return true;
}

bool breakdown_table_cycle(struct breakdown_table *table, const struct breakdown_mark *mark,
                           double took_s, double planned_s)
{
    struct breakdown_row *row = find_row(table, mark);
    struct breakdown_cycle *cycles = row != NULL ? array_grow(table->cycles, table->cycle_count,
                                                              &table->cycle_room, sizeof *cycles)
                                                 : NULL;

    if (cycles == NULL)
        return false;
    table->cycles = cycles;
    row->cycles++;
    row->planned_s += planned_s;
    table->cycles[table->cycle_count++] = (struct breakdown_cycle){table->last, took_s};
    return true;
}
