/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include <stdio.h>
#include <string.h>

#include "programs.h"
#include "request.h"
#include "start.h"

enum { PREFIX_MIN = 4 };

const struct program *queue_program_at(const struct queue *queue, size_t i)
{
    return i < queue->program_count ? queue->programs[i] : NULL;
}

void queue_program_path(const struct queue *queue, const char *sha256, char *path, size_t size)
{
    snprintf(path, size, "%s/programs/%s.gcode", queue->config->state, sha256);
}

static bool matches(const struct program *program, const char *key, size_t n)
{
    if (program->removed)
        return false;
    if (strcmp(program->name, key) == 0)
        return true;
    return n >= PREFIX_MIN && strncmp(program->sha256, key, n) == 0;
}

const struct program *queue_program_find(const struct queue *queue, const char *key)
{
    const struct program *found = programs_by_hash(queue, key);
    size_t n = strlen(key);

    if (found != NULL)
        return found;
    for (size_t i = 0; i < queue->program_count; i++) {
        if (!matches(queue->programs[i], key, n))
            continue;
        if (found != NULL)
            return NULL; /* several */
        found = queue->programs[i];
    }
    return found;
}

struct removal {
    struct request request; /* first */
    char sha256[HASH_TEXT_SIZE];
};

static enum err removal_apply(struct store_work *work, struct db *db)
{
    return store_program_remove(db, ((struct removal *)(void *)work)->sha256);
}

static void removal_committed(struct request *request)
{
    struct program *program =
        programs_by_hash(request->queue, ((struct removal *)(void *)request)->sha256);

    program->removed = true;
    start_soon(request->queue);
}

static const struct run *run_of(const struct queue *queue, const char *sha256)
{
    const struct list *node;

    for (node = queue->runs.next; node != &queue->runs; node = node->next) {
        const struct run *run = &list_entry(node, struct run_item, node)->run;

        if (run->status <= RUN_STATUS_STARTED && strcmp(run->sha256, sha256) == 0)
            return run;
    }
    return NULL;
}

void queue_program_remove(struct queue *queue, const char *key, queue_done done, void *context)
{
    static const struct request_steps steps = {.apply = removal_apply,
                                               .committed = removal_committed};
    struct removal *removal = request_begin(queue, sizeof *removal, done, context);
    const struct program *program = queue_program_find(queue, key);
    const struct run *run;

    if (removal == NULL)
        return;
    if (program == NULL || program->removed) {
        request_refuse(&removal->request, ERR_NOT_FOUND,
                       "no program \"%.80s\", or several begin so: give more of its hash", key);
        return;
    }
    run = run_of(queue, program->sha256);
    if (run != NULL) {
        request_refuse(&removal->request, ERR_REFUSED,
                       "run %lld of it is under way on %s: cancel it or wait", (long long)run->id,
                       run->machine);
        return;
    }
    memcpy(removal->sha256, program->sha256, sizeof removal->sha256);
    snprintf(removal->request.text, sizeof removal->request.text, "%s (%.12s) is removed",
             program->name, program->sha256);
    request_write(&removal->request, &steps);
}
