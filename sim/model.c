/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

#include "grbl.h"
#include "marlin.h"
#include "smoothie.h"

/* Half the boards of a real park say bare "ok"; one in eight says "wait". */
static const char *const mix[] = {"plain", "full", "plain", "full",
                                  "plain", "full", "plain", "wait"};

/* The build that the script gives this machine, else `name`. */
static const char *scripted_build(const struct config_machine *machine,
                                  const struct fleet_options *options, const char *name)
{
    bool laser = machine->profile.kind == KIND_LASER;

    for (size_t i = 0; options->faults != NULL && i < options->faults->count; i++) {
        const struct fault *f = &options->faults->items[i];

        if (f->kind == FAULT_BUILD && fault_concerns(f, machine->id, laser))
            name = f->word;
    }
    return name;
}

static const char *build_name(const struct config_machine *machine, size_t number,
                              const struct fleet_options *options)
{
    if (machine->profile.kind == KIND_LASER)
        return "laser";
    return scripted_build(machine, options,
                          options->build != NULL ? options->build : mix[number % 8]);
}

static void limits_of(struct planner_limits *limits, const struct profile *profile)
{
    for (int i = 0; i < AXES; i++)
        limits->max_feed_mm_s[i] = profile->max_feed_mm_s[i];
    if (profile->accel_mm_s2 > 0)
        limits->accel_mm_s2 = profile->accel_mm_s2;
    if (profile->jerk_mm_s[AXIS_X] > 0)
        limits->jerk_mm_s = profile->jerk_mm_s[AXIS_X];
}

static enum err make_marlin(struct board **board, const struct config_machine *machine,
                            size_t number, const struct fleet_options *options)
{
    const struct marlin_build *build = marlin_build(build_name(machine, number, options));
    struct marlin *m;

    if (build == NULL)
        return ERR_INVALID;
    m = calloc(1, sizeof *m);
    if (m == NULL)
        return ERR_NO_MEMORY;
    marlin_init(m, build, machine->id, options->speed);
    limits_of(&m->limits, &machine->profile);
    m->features |= MARLIN_LEVELLING;
    if (machine->profile.kind == KIND_LASER)
        m->features |= MARLIN_FAN_BEAM;
    *board = &m->board;
    return ERR_OK;
}

static enum err make_grbl(struct board **board, const struct config_machine *machine,
                          const struct fleet_options *options)
{
    const struct profile *p = &machine->profile;
    struct grbl *g = calloc(1, sizeof *g);

    if (g == NULL)
        return ERR_NO_MEMORY;
    grbl_init(g, machine->id, options->speed);
    grbl_set(g, 30, p->s_max > 0 ? p->s_max : 1000);
    grbl_set(g, 32, 1);
    for (int i = 0; i < 3; i++) {
        grbl_set(g, 110 + i, p->max_feed_mm_s[i] > 0 ? p->max_feed_mm_s[i] * 60 : 500);
        grbl_set(g, 120 + i, p->accel_mm_s2 > 0 ? p->accel_mm_s2 : 500);
        grbl_set(g, 130 + i, p->max_mm[i] > 0 ? p->max_mm[i] : 200);
    }
    limits_of(&g->limits, p);
    if (strcmp(scripted_build(machine, options, ""), "grblhal") == 0)
        grbl_make_hal(g);
    *board = &g->board;
    return ERR_OK;
}

static enum err make_smoothie(struct board **board, const struct config_machine *machine,
                              const struct fleet_options *options)
{
    struct smoothie *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ERR_NO_MEMORY;
    smoothie_init(s, machine->id, options->speed);
    limits_of(&s->limits, &machine->profile);
    *board = &s->board;
    return ERR_OK;
}

enum err model_board(struct board **board, const struct config_machine *machine, size_t number,
                     const struct fleet_options *options)
{
    const char *dialect = machine->profile.dialect;

    if (strcmp(dialect, "marlin") == 0 || strcmp(dialect, "marlin-laser") == 0)
        return make_marlin(board, machine, number, options);
    if (strcmp(dialect, "grbl") == 0)
        return make_grbl(board, machine, options);
    if (strcmp(dialect, "smoothie") == 0)
        return make_smoothie(board, machine, options);
    return ERR_INVALID;
}

void model_destroy(struct board *board)
{
    if (board == NULL)
        return;
    tally_finish(&board->tally);
    free(board);
}
