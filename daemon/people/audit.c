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

/* The system's log keeps the heads as well, and may keep them on another computer: rows that go
 * from the end of ours are missed there. */
static void on_written(struct change *change)
{
    const struct audit_row *row = &((struct audit_change *)(void *)change)->row;

    if (change->people->audit_seq < row->seq)
        change->people->audit_seq = row->seq;
    log_info("audit: row %lld, head %s", (long long)row->seq, row->hash);
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
    c->row.seq = people->audit_seq;
    c->change.committed = on_written;
    c->change.failed = on_failed;
    change_write(&c->change, apply_add);
}

bool audit_good(const struct audit_check *check)
{
    return check->broken == 0 && (check->wanted[0] == '\0' || check->wanted_at > 0);
}

void audit_words(const struct audit_check *check, char *text, size_t size)
{
    if (check->wanted[0] != '\0' && check->wanted_at == 0)
        snprintf(text, size,
                 "BROKEN: none of the %lld rows has the head %.16s: rows were cut off the end, or "
                 "the file is another one",
                 (long long)check->rows, check->wanted);
    else if (check->broken != 0)
        snprintf(text, size,
                 "BROKEN at row %lld of %lld: it does not follow from the row before; somebody has "
                 "changed the file",
                 (long long)check->broken, (long long)check->rows);
    else
        snprintf(text, size, "%lld rows, each follows from the one before; head %.16s",
                 (long long)check->rows, check->rows > 0 ? check->head : "none");
}
