/* SPDX-License-Identifier: Apache-2.0 */
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"

struct program *programs_by_hash(const struct queue *queue, const char *sha256)
{
    for (size_t i = 0; i < queue->program_count; i++)
        if (strcmp(queue->programs[i]->sha256, sha256) == 0)
            return queue->programs[i];
    return NULL;
}

void program_free(struct program *program)
{
    if (program == NULL)
        return;
    cJSON_Delete(program->analysis);
    free(program);
}

/* A new program is taken to be reliable; after so many pieces its record is half of the word. */
static const int64_t pieces_of_trust = 20;
static const int64_t lately_ms = 30 * 86400000LL;

double programs_loss(const struct program *program)
{
    return (double)program->lost / (double)(program->tried + pieces_of_trust);
}

static void add_yield(void *context, const char *sha256, int64_t pieces, int64_t good)
{
    struct program *program = programs_by_hash(context, sha256);

    if (program == NULL)
        return;
    program->tried += pieces;
    program->lost += pieces - good;
}

void programs_judged(struct queue *queue, const struct run *run)
{
    for (size_t i = 0; i < run->part_count; i++) {
        int64_t pieces = run->parts[i].pieces, good = run->parts[i].good;

        add_yield(queue, run->sha256, pieces, good < pieces ? good : pieces);
    }
}

/* The old struct stays where it is: jobs and pages may be looking at it. */
static void renew(struct program *old, struct program *program)
{
    program->added_ms = old->added_ms;
    program->tried = old->tried;
    program->lost = old->lost;
    cJSON_Delete(old->analysis);
    *old = *program;
    free(program);
}

enum err programs_keep(struct queue *queue, struct program *program)
{
    struct program *old = programs_by_hash(queue, program->sha256);
    struct program **more;

    queue->plan_stale = true;
    if (old != NULL) {
        renew(old, program);
        return ERR_OK;
    }
    more = array_grow(queue->programs, queue->program_count, &queue->program_room, sizeof *more);
    if (more == NULL)
        return ERR_NO_MEMORY;
    queue->programs = more;
    queue->programs[queue->program_count++] = program;
    return ERR_OK;
}

static enum err load_row(void *context, const struct program_row *row)
{
    struct program *program = calloc(1, sizeof *program);
    enum err err;

    if (program == NULL)
        return ERR_NO_MEMORY;
    snprintf(program->sha256, sizeof program->sha256, "%s", row->sha256);
    snprintf(program->name, sizeof program->name, "%s", row->name);
    snprintf(program->by, sizeof program->by, "%s", row->by);
    program->added_ms = row->added_ms;
    program->removed = row->removed;
    if (!program_from_body(program, row->body)) {
        log_error("program %.12s: its row is damaged: add the file again", row->sha256);
        program->removed = true;
    }
    err = programs_keep(context, program);
    if (err != ERR_OK)
        program_free(program);
    return err;
}

enum err programs_load(struct queue *queue, struct db *db)
{
    enum err err = store_program_each(db, load_row, queue);

    return err != ERR_OK
               ? err
               : store_program_yields(db, clock_wall(queue->clock) - lately_ms, add_yield, queue);
}

void programs_free(struct queue *queue)
{
    for (size_t i = 0; i < queue->program_count; i++)
        program_free(queue->programs[i]);
    free(queue->programs);
}
