/* SPDX-License-Identifier: Apache-2.0 */
#include "wirelog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "pool.h"

struct wirelog {
    uv_work_t work;
    struct queue *queue;
    char path[400];
    char *text;
    bool failed;
};

static void on_pool(uv_work_t *work)
{
    struct wirelog *log = work->data;
    FILE *file = fopen(log->path, "w");

    log->failed = file == NULL || fputs(log->text, file) == EOF;
    if (file != NULL && fclose(file) != 0)
        log->failed = true;
}

static void on_saved(uv_work_t *work, int status)
{
    struct wirelog *log = work->data;

    (void)status;
    if (log->failed)
        log_warning("%s: cannot be written: look at free space", log->path);
    pool_leave(log->queue);
    free(log->text);
    free(log);
}

void wirelog_save(struct queue *queue, int64_t run, const char *text)
{
    struct wirelog *log = calloc(1, sizeof *log);

    if (log == NULL)
        return;
    log->queue = queue;
    log->text = strdup(text);
    log->work.data = log;
    queue_run_log_path(queue, run, log->path, sizeof log->path);
    if (log->text == NULL) {
        free(log);
        return;
    }
    pool_enter(queue);
    uv_queue_work(queue->loop, &log->work, on_pool, on_saved);
}
