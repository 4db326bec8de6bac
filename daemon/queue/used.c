/* SPDX-License-Identifier: Apache-2.0 */
#include "used.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "load.h"
#include "loads.h"
#include "programs.h"

/* Of one whole run. */
static double per_run(const struct config_part *material, const struct program *program)
{
    if (material->unit != UNIT_GRAM)
        return 1;
    return isfinite(program->filament_g) && program->filament_g > 0 ? program->filament_g : 0;
}

static const struct config_part *part_for(const struct config *config, const char *material)
{
    for (size_t i = 0; material[0] != '\0' && i < config->part_count; i++)
        if (config->parts[i].process == PART_BUY &&
            strcasecmp(config->parts[i].material, material) == 0)
            return &config->parts[i];
    return NULL;
}

/* As it was loaded when the run began, or the spool was changed. */
static const struct config_part *part_of(const struct queue *queue, const struct run *run)
{
    return part_for(queue->config,
                    run->loaded[0] != '\0' ? run->loaded : queue_material(queue, run->machine));
}

/* What a run has taken when it has done so many lines; a sheet that was begun is used. */
static int64_t taken(const struct config_part *part, const struct program *program,
                     const struct run *run, uint64_t lines)
{
    double share = run->lines > 0 ? (double)lines / (double)run->lines : 1;

    if (part->unit != UNIT_GRAM)
        share = 1;
    return llround(per_run(part, program) * (share < 1 ? share : 1));
}

static bool fill(const struct queue *queue, const struct run *run, uint64_t lines,
                 struct fact *fact)
{
    const struct program *program = programs_by_hash(queue, run->sha256);
    const struct config_part *part = part_of(queue, run);

    if (part == NULL || program == NULL || run->started_ms == 0)
        return false;
    fact->kind = FACT_USED;
    fact->run = run->id;
    fact->day = ledger_day(fact->at_ms);
    fact->qty = -taken(part, program, run, lines);
    if (run->booked > 0)
        fact->qty += taken(part, program, run, run->booked);
    memcpy(fact->site, run->site, sizeof fact->site);
    memcpy(fact->machine, run->machine, sizeof fact->machine);
    memcpy(fact->part, part->id, sizeof fact->part);
    memcpy(fact->lot, run->spool, sizeof fact->lot);
    return fact->qty < 0;
}

bool used_by_run(const struct queue *queue, const struct run *run, struct fact *fact)
{
    *fact = (struct fact){.at_ms = run->ended_ms};
    return fill(queue, run, run->status == RUN_STATUS_FINISHED ? run->lines : run->acked, fact);
}

bool used_so_far(const struct queue *queue, const struct run *run, int64_t now_ms,
                 struct fact *fact)
{
    const struct config_part *part = part_of(queue, run);

    *fact = (struct fact){.at_ms = now_ms};
    return part != NULL && part->unit == UNIT_GRAM && fill(queue, run, run->acked, fact);
}

/* By what the program says, or by what is loaded where it may run. */
static bool is_of(const struct queue *queue, const struct program *program, const char *material)
{
    if (program->material[0] != '\0')
        return strcasecmp(program->material, material) == 0;
    for (size_t i = 0; i < queue->machine_count; i++) {
        const struct machine_item *machine = &queue->machines[i];

        for (size_t k = 0; k < program->model_count; k++)
            if (strcmp(program->models[k].model, machine->config->model) == 0 &&
                strcasecmp(loads_material(machine), material) == 0)
                return true;
    }
    return false;
}

static int64_t pieces_of(const struct program *program, const char *part)
{
    for (size_t i = 0; i < program->yield_count; i++)
        if (strcmp(program->yields[i].part, part) == 0)
            return program->yields[i].pieces;
    return 0;
}

double used_per_piece(const struct queue *queue, const struct config_part *material,
                      const char *part)
{
    for (size_t i = 0; i < queue->program_count; i++) {
        const struct program *program = queue->programs[i];
        int64_t pieces = program->removed ? 0 : pieces_of(program, part);

        if (pieces > 0 && is_of(queue, program, material->material))
            return per_run(material, program) / (double)pieces;
    }
    return 0;
}
