/* SPDX-License-Identifier: Apache-2.0 */
#include "stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

struct stages {
    struct stage_sum *rows; /* sorted by part, site, lot, step; none is of nothing */
    size_t count, room;
};

struct stages *stages_create(void)
{
    return calloc(1, sizeof(struct stages));
}

void stages_destroy(struct stages *stages)
{
    if (stages == NULL)
        return;
    free(stages->rows);
    free(stages);
}

static int compare(const struct stage_sum *row, const struct stage_key *key)
{
    int order = strcmp(row->part, key->part);

    if (order == 0)
        order = strcmp(row->site, key->site);
    if (order == 0)
        order = strcmp(row->lot, key->lot);
    return order != 0 ? order : strcmp(row->step, key->step);
}

/* Where the row is, or belongs. */
static size_t place(const struct stages *stages, const struct stage_key *key)
{
    size_t low = 0, high = stages->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&stages->rows[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct stage_sum *insert(struct stages *stages, const struct stage_key *key, size_t at)
{
    struct stage_sum *rows = array_grow(stages->rows, stages->count, &stages->room, sizeof *rows);
    struct stage_sum *row;

    if (rows == NULL)
        return NULL;
    stages->rows = rows;
    row = &stages->rows[at];
    memmove(row + 1, row, (stages->count - at) * sizeof *row);
    stages->count++;
    *row = (struct stage_sum){.qty = 0};
    snprintf(row->part, sizeof row->part, "%s", key->part);
    snprintf(row->site, sizeof row->site, "%s", key->site);
    snprintf(row->lot, sizeof row->lot, "%s", key->lot);
    snprintf(row->step, sizeof row->step, "%s", key->step);
    return row;
}

static enum err add(struct stages *stages, const struct stage_key *key, int64_t qty,
                    int64_t discarded)
{
    size_t at = place(stages, key);
    struct stage_sum *row = &stages->rows[at];

    if (qty == 0 && discarded == 0)
        return ERR_OK;
    if (at == stages->count || compare(row, key) != 0)
        row = insert(stages, key, at);
    if (row == NULL)
        return ERR_NO_MEMORY;
    row->qty += qty;
    row->discarded += discarded;
    if (row->qty == 0 && row->discarded == 0) {
        stages->count--;
        memmove(row, row + 1, (stages->count - at) * sizeof *row);
    }
    return ERR_OK;
}

static enum err load_row(void *context, const struct stage_sum *sum)
{
    struct stage_key key = {sum->site, sum->part, sum->lot, sum->step};

    return add(context, &key, sum->qty, sum->discarded);
}

enum err stages_load(struct stages *stages, struct db *db)
{
    return store_stock_stages(db, load_row, stages);
}

/* What the database's trigger facts_stages does (store/migrate.c). */
enum err stages_count(struct stages *stages, const struct fact *fact)
{
    struct stage_key to = {fact->site, fact->part, fact->lot, fact->step};
    struct stage_key from = {fact->site, fact->part, fact->lot, fact->step_from};
    bool stepped = fact->kind == FACT_STEPPED;
    enum err err;

    if (fact->part[0] == '\0' || (!stepped && !fact_moves_stock(fact->kind)))
        return ERR_OK;
    err = add(stages, &to, fact->step[0] != '\0' ? fact->qty : 0,
              fact->kind == FACT_DISCARDED ? -fact->qty : 0);
    if (err == ERR_OK && stepped && fact->step_from[0] != '\0')
        err = add(stages, &from, -fact->qty, 0);
    return err;
}

static const struct stage_sum *find(const struct stages *stages, const struct stage_key *key)
{
    size_t at = place(stages, key);

    return at < stages->count && compare(&stages->rows[at], key) == 0 ? &stages->rows[at] : NULL;
}

int64_t stages_of(const struct stages *stages, const struct stage_key *key)
{
    const struct stage_sum *row = find(stages, key);

    return row != NULL ? row->qty : 0;
}

int64_t stages_discarded(const struct stages *stages, const struct stage_key *key)
{
    const struct stage_sum *row = find(stages, key);

    return row != NULL ? row->discarded : 0;
}
