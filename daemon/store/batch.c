/* SPDX-License-Identifier: Apache-2.0 */
#include "batch.h"

#include <stdio.h>

#include "db_sqlite.h"
#include "store.h"
#include "store_key.h"

static struct store_work *work_of(struct list *node)
{
    return list_entry(node, struct store_work, message.node);
}

static void fail(struct store_work *work, enum err err, const char *text)
{
    work->err = err;
    if (work->text[0] == '\0')
        snprintf(work->text, sizeof work->text, "%s", text[0] != '\0' ? text : err_words(err));
}

static void apply_one(struct db *db, struct store_work *work)
{
    enum err err;

    work->text[0] = db->text[0] = '\0';
    err = db_exec(db, "SAVEPOINT work");
    if (err == ERR_OK)
        err = work->apply(work, db);
    if (err == ERR_OK && work->key != NULL)
        err = store_key_add(db, work->key);
    work->err = err;
    if (err != ERR_OK) {
        fail(work, err, db->text);
        if (db_in_transaction(db))
            db_exec(db, "ROLLBACK TO work");
    }
    if (db_in_transaction(db))
        db_exec(db, "RELEASE work");
}

static void fail_all(struct list *works, enum err err, const char *text)
{
    for (struct list *node = works->next; node != works; node = node->next)
        if (work_of(node)->err == ERR_OK)
            fail(work_of(node), err, text);
}

void batch_apply(struct db *db, struct list *works)
{
    struct list *node;
    enum err err = db_exec(db, "BEGIN IMMEDIATE");

    for (node = works->next; node != works; node = node->next)
        work_of(node)->err = ERR_OK;
    for (node = works->next; node != works && err == ERR_OK; node = node->next) {
        apply_one(db, work_of(node));
        if (!db_in_transaction(db)) /* a full disk undid the whole batch */
            err = work_of(node)->err;
    }
    if (err == ERR_OK)
        err = db_exec(db, "COMMIT");
    if (err == ERR_OK)
        return;
    fail_all(works, err, db->text);
    if (db_in_transaction(db))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}
