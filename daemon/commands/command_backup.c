/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of the database, made while it is in use, sent as the answer. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "office.h"
#include "rows.h"
#include "store/store.h"

struct backup {
    struct answer *answer;
    char path[400];
};

static void on_backup(void *context, enum err err, const char *text)
{
    struct backup *backup = context;
    struct answer *answer = backup->answer;

    if (err != ERR_OK) {
        unlink(backup->path);
        answer_fail(answer, err, "no backup was made: %s", text);
    } else {
        snprintf(answer->save_as, sizeof answer->save_as, "usine-backup.db");
        answer_file(answer, "application/vnd.sqlite3", backup->path, true);
    }
    free(backup);
}

static void run_backup(struct office *office, const struct call *call, struct answer *answer)
{
    struct backup *backup = calloc(1, sizeof *backup);

    if (backup == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    backup->answer = answer;
    snprintf(backup->path, sizeof backup->path, "%s/tmp/backup-%llu.db", office->config->state,
             (unsigned long long)++office->last_token);
    chronicle_add(&office->chronicle, "", call->by, "backup asked");
    store_backup(queue_store(office->queue), backup->path, on_backup, backup);
}

const struct command command_backup = {
    .name = "backup",
    .route = "GET /api/v1/backup",
    .role = ROLE_ADMIN,
    .audited = true,
    .help = "A copy of the database as it is now.",
    .run = run_backup,
};
