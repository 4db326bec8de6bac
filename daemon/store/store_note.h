/* SPDX-License-Identifier: Apache-2.0 */
/* The notebook of the machines: lines are added and ticked off, never changed (triggers forbid it).
 * Within the caller's transaction. */
#ifndef USINE_STORE_STORE_NOTE_H
#define USINE_STORE_STORE_NOTE_H

#include "db.h"

enum { NOTE_TEXT_SIZE = 512 };

struct note_row {
    int64_t id; /* given by the store */
    char machine[64];
    int64_t at_ms; /* wall */
    char by[64];
    char text[NOTE_TEXT_SIZE];
    int64_t done_ms; /* wall; 0: not done */
    char done_by[64];
};

/* Takes machine, at_ms, by, text; sets id. */
enum err store_note_add(struct db *db, struct note_row *row);

/* Takes id, machine, done_ms, done_by. ERR_NOT_FOUND: the machine has no such note, or it is done
 * already. */
enum err store_note_done(struct db *db, const struct note_row *row);

struct note_range {
    const char *machine; /* "" or NULL: all */
    int64_t before;      /* ids below this */
    int64_t limit;
};

/* Newest first. */
enum err store_note_list(struct db *db, const struct note_range *range,
                         void (*each)(void *context, const struct note_row *row), void *context);

#endif
