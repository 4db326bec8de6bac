/* SPDX-License-Identifier: Apache-2.0 */
/* What people say of a program: its name, and what a run of it makes. A file whose name says no
 * part comes without the latter; nothing of it is handed out until somebody has said it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"
#include "programs.h"
#include "request.h"
#include "start.h"

enum { PIECES_MAX = 10000 };

bool program_yields_wrong(const struct config *config, const struct program_yield *yields,
                          size_t count, char *text, size_t size)
{
    if (count > PROGRAM_YIELDS_MAX) {
        snprintf(text, size, "say what a run makes: 1 to %d parts", PROGRAM_YIELDS_MAX);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        const struct program_yield *yield = &yields[i];
        bool twice = false;

        for (size_t k = 0; k < i; k++)
            twice = twice || strcmp(yield->part, yields[k].part) == 0;
        if (twice || config_part(config, yield->part) == NULL) {
            snprintf(text, size, "part \"%s\" %s", yield->part,
                     twice ? "is named twice" : "is not in the config: add it to its parts");
            return true;
        }
        if (yield->pieces < 1 || yield->pieces > PIECES_MAX) {
            snprintf(text, size, "a run makes 1 to %d %s", PIECES_MAX, yield->part);
            return true;
        }
    }
    return false;
}

struct setting {
    struct request request; /* first */
    struct program next;    /* analysis is none of ours */
    char *body;             /* owned */
};

static enum err apply(struct store_work *work, struct db *db)
{
    struct setting *setting = (struct setting *)(void *)work;
    const struct program *next = &setting->next;
    const struct program_row row = {.sha256 = next->sha256,
                                    .name = next->name,
                                    .body = setting->body,
                                    .by = next->by,
                                    .added_ms = next->added_ms};

    return store_program_put(db, &row);
}

static void committed(struct request *request)
{
    struct setting *setting = (struct setting *)(void *)request;
    struct program *program = programs_by_hash(request->queue, setting->next.sha256);

    memcpy(program->name, setting->next.name, sizeof program->name);
    memcpy(program->yields, setting->next.yields, sizeof program->yields);
    program->yield_count = setting->next.yield_count;
    free(setting->body);
    request->queue->plan_stale = true;
    start_soon(request->queue);
}

static void failed(struct request *request, enum err err)
{
    (void)err;
    free(((struct setting *)(void *)request)->body);
}

void queue_program_set(struct queue *queue, const char *key, const struct program_request *change,
                       queue_done done, void *context)
{
    static const struct request_steps steps = {
        .apply = apply, .committed = committed, .failed = failed};
    struct setting *setting = request_begin(queue, sizeof *setting, done, context);
    const struct program *program = queue_program_find(queue, key);
    char text[200];

    if (setting == NULL)
        return;
    if (program == NULL || program->removed) {
        request_refuse(&setting->request, ERR_NOT_FOUND,
                       "no program \"%.80s\", or several begin so: give more of its hash", key);
        return;
    }
    if (program_yields_wrong(queue->config, change->yields, change->yield_count, text,
                             sizeof text)) {
        request_refuse(&setting->request, ERR_INVALID, "%s", text);
        return;
    }
    setting->next = *program;
    if (change->name[0] != '\0')
        memcpy(setting->next.name, change->name, sizeof setting->next.name);
    if (change->yield_count > 0) {
        memcpy(setting->next.yields, change->yields, sizeof setting->next.yields);
        setting->next.yield_count = change->yield_count;
    }
    setting->body = program_body(&setting->next);
    if (setting->body == NULL)
        request_refuse(&setting->request, ERR_NO_MEMORY, "out of memory: try again");
    else
        request_write(&setting->request, &steps);
}
