/* SPDX-License-Identifier: Apache-2.0 */
#include "works.h"

#include <stdio.h>
#include <string.h>

#include "gcode/analyse.h"

const char *const part_names[PARTS] = {"serre-tete", "ecran", "renfort-bas"};

static const struct {
    const char *file, *model;
    size_t part;
    int pieces;
} works[WORKS] = {
    {"impression/mk3_serre-tete_x1_0.20.gcode", "prusa-mk3", HEADBAND, 1},
    {"impression/ender3_serre-tete_x1_0.28.gcode", "ender-3", HEADBAND, 1},
    {"impression/ultimaker2_serre-tete_x1_0.28.gcode", "ultimaker-2", HEADBAND, 1},
    {"impression/cr10_serre-tete_plateau2_0.28.gcode", "cr-10", HEADBAND, 2},
    {"impression/ramps_serre-tete_pile2_0.28.gcode", "ramps", HEADBAND, 2},
    {"impression/mk3_serre-tete_pile4_0.30.gcode", "prusa-mk3", HEADBAND, 4},
    {"impression/ender3_serre-tete_pile4_0.28.gcode", "ender-3", HEADBAND, 4},
    {"impression/mk3_renfort_plateau4_0.20.gcode", "prusa-mk3", CLIP, 4},
    {"impression/ender3_renfort_pile4_0.28.gcode", "ender-3", CLIP, 4},
    {"laser/grbl_ecran_2x1_600x400.nc", "grbl-600x400", VISOR, 2},
    {"laser/grbl_ecran_x1.nc", "k40-grbl", VISOR, 1},
    {"laser/grbl_ecran_3x2_900x600.nc", "grbl-900x600", VISOR, 6},
    {"laser/marlin_inline_ecran_2x1_600x400.gcode", "marlin-laser", VISOR, 2},
};

int works_model(const struct config *config, const char *model)
{
    for (size_t i = 0; i < config->model_count; i++)
        if (strcmp(config->models[i].id, model) == 0)
            return (int)i;
    return -1;
}

static bool read_one(struct works *to, size_t i, const struct config *config)
{
    struct program *row = &to->rows[i];
    const struct profile *profile = config_model(config, works[i].model);
    struct analysis a = {0};
    char path[200];

    snprintf(path, sizeof path, "tests/samples/%s", works[i].file);
    if (profile == NULL || analyse_file(path, profile, &a, NULL) != ERR_OK || !a.accepted) {
        fprintf(stderr, "%s: not for %s\n", path, works[i].model);
        return false;
    }
    *row = (struct program){.model_count = 1, .yield_count = 1};
    row->yields[0].pieces = works[i].pieces;
    memcpy(row->min_mm, a.min_mm, sizeof row->min_mm);
    memcpy(row->max_mm, a.max_mm, sizeof row->max_mm);
    row->nozzle_max_c = a.nozzle_max_c;
    row->bed_max_c = a.bed_max_c;
    row->nozzle_mm = a.nozzle_mm;
    to->programs[i] = (struct dispatch_program){
        .program = row, .material = works[i].part != VISOR, .parts = {works[i].part}};
    to->programs[i].models[0] = (struct dispatch_model){
        .model = works_model(config, works[i].model), .accepted = true, .time_s = a.time_s};
    analysis_finish(&a);
    return true;
}

bool works_read(struct works *to, const struct config *config)
{
    for (size_t i = 0; i < WORKS; i++)
        if (!read_one(to, i, config))
            return false;
    return true;
}
