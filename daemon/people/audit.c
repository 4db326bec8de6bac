/* SPDX-License-Identifier: Apache-2.0 */
#include "audit.h"

#include <stdio.h>

#include "base/log.h"
#include "room.h"

struct audit_change {
    struct change change; /* first */
    struct audit_row row;
};

static enum err apply_add(struct store_work *work, struct db *db)
{
    return store_audit_add(db, &((struct audit_change *)(void *)work)->row);
}

static void on_failed(struct change *change)
{
    const struct audit_row *row = &((struct audit_change *)(void *)change)->row;

    log_error("audit: not written: %s by %s on \"%s\": %s", row->command, row->who, row->object,
              change->work.text);
}

void audit_add(struct people *people, const struct audit_row *row, people_done done, void *context)
{
    struct audit_change *c = change_begin(people, sizeof *c, done, context);

    if (c == NULL) {
        log_error("audit: not written: %s by %s on \"%s\"", row->command, row->who, row->object);
        return;
    }
    c->row = *row;
    c->change.failed = on_failed;
    change_write(&c->change, apply_add);
}

void audit_words(const struct audit_check *check, char *text, size_t size)
{
    if (check->broken != 0)
        snprintf(text, size,
                 "BROKEN at row %lld of %lld: it does not follow from the row before; somebody has "
                 "changed the file",
                 (long long)check->broken, (long long)check->rows);
    else
        snprintf(text, size, "%lld rows, each follows from the one before; head %.16s",
                 (long long)check->rows, check->rows > 0 ? check->head : "none");
}
