/* SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "store/store.h"

struct reading {
    struct store_work work; /* first */
    char lot[64];
    struct lot_row *rows; /* owned */
    size_t count, room;
    story_done done;
    void *context;
};

static bool take_row(void *context, const struct lot_row *row)
{
    struct reading *reading = context;
    struct lot_row *rows = array_grow(reading->rows, reading->count, &reading->room, sizeof *rows);

    if (rows == NULL)
        return false;
    reading->rows = rows;
    reading->rows[reading->count++] = *row;
    return true;
}

static enum err apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    enum err err = store_lot_story(db, reading->lot, take_row, reading);

    if (err != ERR_OK || reading->count > 0)
        return err;
    snprintf(work->text, sizeof work->text, STORY_NONE, reading->lot);
    return ERR_NOT_FOUND;
}

static void answer(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;

    reading->done(reading->context, err, err == ERR_OK ? "" : text, reading->rows,
                  err == ERR_OK ? reading->count : 0);
    free(reading->rows);
    free(reading);
}

void story_read(struct store *store, const char *lot, story_done done, void *context)
{
    struct reading *reading = calloc(1, sizeof *reading);

    if (reading == NULL) {
        done(context, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY), NULL, 0);
        return;
    }
    snprintf(reading->lot, sizeof reading->lot, "%s", lot);
    reading->done = done;
    reading->context = context;
    reading->work.apply = apply;
    reading->work.done = answer;
    store_read(store, &reading->work);
}
