/* SPDX-License-Identifier: Apache-2.0 */
#include "batches.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "store/store.h"

/* Looked at for what has been taken back since; older ones are as they were counted. */
enum { FACTS = 1000 };

struct reading {
    struct store_work work; /* first */
    struct batches_query query;
    struct batch_row *rows; /* owned */
    size_t count, room;
    batches_done done;
    void *context;
};

/* ---- what is left ---- */

static bool same_work(const struct batch_row *a, const struct batch_row *b)
{
    return strcmp(a->lot, b->lot) == 0 && strcmp(a->step, b->step) == 0 &&
           strcmp(a->item, b->item) == 0 && strcmp(a->site, b->site) == 0;
}

static void take_back(int64_t *back, int64_t *left)
{
    int64_t n = *back < *left ? *back : *left;

    *back -= n;
    *left -= n;
}

/* From the batch that takes back on to older ones. */
static void match(struct batch_row *rows, size_t count, size_t at)
{
    int64_t back = rows[at].quantity < 0 ? -rows[at].quantity : 0;
    int64_t scrap = rows[at].scrap < 0 ? -rows[at].scrap : 0;

    for (size_t i = at + 1; i < count && back + scrap > 0; i++) {
        if (!same_work(&rows[i], &rows[at]))
            continue;
        take_back(&back, &rows[i].left);
        take_back(&scrap, &rows[i].left_scrap);
    }
}

void batches_match(struct batch_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rows[i].left = rows[i].quantity > 0 ? rows[i].quantity : 0;
        rows[i].left_scrap = rows[i].scrap > 0 ? rows[i].scrap : 0;
    }
    for (size_t i = count; i-- > 0;) /* oldest first: each has its own batches to take from */
        match(rows, count, i);
}

/* ---- reading ---- */

static bool take_row(void *context, const struct batch_row *row)
{
    struct reading *reading = context;
    struct batch_row *rows =
        array_grow(reading->rows, reading->count, &reading->room, sizeof *rows);

    if (rows == NULL)
        return false;
    reading->rows = rows;
    reading->rows[reading->count++] = *row;
    return true;
}

static enum err apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    enum err err = store_batch_last(db, reading->query.site, FACTS, take_row, reading);

    batches_match(reading->rows, reading->count);
    if (reading->count > (size_t)reading->query.limit)
        reading->count = (size_t)reading->query.limit;
    return err;
}

static void answer(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->done(reading->context, err, err == ERR_OK ? "" : text, reading->rows,
                  err == ERR_OK ? reading->count : 0);
    free(reading->rows);
    free(reading);
}

void batches_read(struct store *store, const struct batches_query *query, batches_done done,
                  void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    reading->query = *query;
    reading->done = done;
    reading->context = context;
    reading->work.apply = apply;
    reading->work.done = answer;
    store_read(store, &reading->work);
}
