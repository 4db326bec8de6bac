/* SPDX-License-Identifier: Apache-2.0 */
#include "profiles.h"

#define COMMON_PRINTER                                                                             \
    .kind = KIND_PRINTER, .flavour = GCODE_MARLIN, .dialect = "marlin", .baud = 115200,            \
    .nozzle_mm = 0.4, .tools = 1, .preheat_max_min = 30, .material = "PETG"

#define CREALITY_MOTION                                                                            \
    .max_feed_mm_s = {500, 500, 10, 60}, .max_accel_mm_s2 = {500, 500, 100, 5000},                 \
    .accel_mm_s2 = 500, .travel_accel_mm_s2 = 500, .jerk_mm_s = {8, 8, 0.4, 5}

#define COMMON_LASER                                                                               \
    .kind = KIND_LASER, .baud = 115200, .attend_max_min = 10, .max_feed_mm_s = {100, 100, 10, 0},  \
    .max_accel_mm_s2 = {500, 500, 100, 0}, .accel_mm_s2 = 500, .travel_accel_mm_s2 = 500,          \
    .junction_deviation_mm = 0.01

const struct profile profile_mk3 = {
    COMMON_PRINTER,
    .id = "prusa-mk3",
    .name = "Prusa i3 MK3/MK3S",
    .min_mm = {0, -4, 0},
    .max_mm = {250, 210, 210},
    .bed_mm = {250, 210},
    .filament_mm = 1.75,
    .nozzle_max_c = 300,
    .bed_max_c = 120,
    .max_feed_mm_s = {200, 200, 12, 120},
    .max_accel_mm_s2 = {1000, 1000, 200, 5000},
    .accel_mm_s2 = 1250,
    .travel_accel_mm_s2 = 1250,
    .jerk_mm_s = {8, 8, 0.4, 4.5},
};

const struct profile profile_ender3 = {
    COMMON_PRINTER,
    CREALITY_MOTION,
    .id = "ender-3",
    .name = "Creality Ender-3",
    .max_mm = {235, 235, 250},
    .bed_mm = {220, 220},
    .filament_mm = 1.75,
    .nozzle_max_c = 255,
    .bed_max_c = 110,
};

const struct profile profile_cr10 = {
    COMMON_PRINTER,           CREALITY_MOTION,           .id = "cr-10",
    .name = "Creality CR-10", .max_mm = {300, 300, 400}, .bed_mm = {300, 300},
    .filament_mm = 1.75,      .nozzle_max_c = 255,       .bed_max_c = 110,
};

const struct profile profile_ramps = {
    COMMON_PRINTER,
    CREALITY_MOTION,
    .id = "ramps",
    .name = "RAMPS 1.4, 200x200",
    .max_mm = {200, 200, 200},
    .bed_mm = {200, 200},
    .filament_mm = 1.75,
    .nozzle_max_c = 260,
    .bed_max_c = 110,
};

const struct profile profile_ultimaker2 = {
    COMMON_PRINTER,
    .id = "ultimaker-2",
    .name = "Ultimaker 2",
    .max_mm = {223, 223, 205},
    .bed_mm = {223, 223},
    .filament_mm = 2.85,
    .nozzle_max_c = 260,
    .bed_max_c = 110,
    .max_feed_mm_s = {300, 300, 40, 45},
    .max_accel_mm_s2 = {9000, 9000, 100, 10000},
    .accel_mm_s2 = 3000,
    .travel_accel_mm_s2 = 3000,
    .jerk_mm_s = {20, 20, 0.4, 5},
};

const struct profile profile_grbl_600x400 = {
    COMMON_LASER,      .id = "grbl-600x400",    .name = "Grbl laser 600x400", .flavour = GCODE_GRBL,
    .dialect = "grbl", .max_mm = {600, 400, 0}, .bed_mm = {600, 400},         .s_max = 1000,
};

const struct profile profile_grbl_900x600 = {
    COMMON_LASER,      .id = "grbl-900x600",    .name = "Grbl laser 900x600", .flavour = GCODE_GRBL,
    .dialect = "grbl", .max_mm = {900, 600, 0}, .bed_mm = {900, 600},         .s_max = 1000,
};

const struct profile profile_grbl_k40 = {
    COMMON_LASER,          .id = "grbl-k40",  .name = "K40 320x260 with Grbl",
    .flavour = GCODE_GRBL, .dialect = "grbl", .max_mm = {320, 260, 0},
    .bed_mm = {320, 260},  .s_max = 1000,
};

const struct profile profile_marlin_laser = {
    COMMON_LASER,
    .id = "marlin-laser",
    .name = "Marlin laser 600x400",
    .flavour = GCODE_MARLIN,
    .dialect = "marlin-laser",
    .max_mm = {600, 400, 0},
    .bed_mm = {600, 400},
    .s_max = 255,
    .m3_allowed = true,
};

#define PRINT(name) "tests/samples/impression/" name ".gcode"
#define SLICED(name) "tests/samples/slicers/" name
#define LASER(name) "tests/samples/laser/" name

const struct sample samples[] = {
    {PRINT("mk3_repere-lot_0.20"), &profile_mk3},
    {PRINT("mk3_serre-tete_x1_0.20"), &profile_mk3},
    {PRINT("mk3_serre-tete_pile4_0.30"), &profile_mk3},
    {PRINT("mk3_renfort_plateau4_0.20"), &profile_mk3},
    {PRINT("ender3_repere-lot_0.28"), &profile_ender3},
    {PRINT("ender3_serre-tete_x1_0.28"), &profile_ender3},
    {PRINT("ender3_serre-tete_pile4_0.28"), &profile_ender3},
    {PRINT("ender3_renfort_pile4_0.28"), &profile_ender3},
    {PRINT("cr10_serre-tete_plateau2_0.28"), &profile_cr10},
    {PRINT("ramps_serre-tete_pile2_0.28"), &profile_ramps},
    {PRINT("ultimaker2_repere-lot_0.28"), &profile_ultimaker2},
    {PRINT("ultimaker2_serre-tete_x1_0.28"), &profile_ultimaker2},
    {SLICED("curaengine-4.13_repere-lot.gcode"), &profile_ender3},
    {SLICED("slic3r-1.3_repere-lot.gcode"), &profile_ender3},
    {SLICED("orcaslicer-form_line.gcode"), &profile_ender3},
    {SLICED("lightburn-form_square.nc"), &profile_grbl_600x400},
    {LASER("grbl_ecran_x1.nc"), &profile_grbl_600x400},
    {LASER("grbl_ecran_2x1_600x400.nc"), &profile_grbl_600x400},
    {LASER("grbl_ecran_3x2_900x600.nc"), &profile_grbl_900x600},
    {LASER("grbl_gravure_60x24.nc"), &profile_grbl_600x400},
    {LASER("grbl_ecran_x1.nc"), &profile_grbl_k40},
    {LASER("marlin_inline_ecran_2x1_600x400.gcode"), &profile_marlin_laser},
    {LASER("marlin_m106_ecran_x1.gcode"), &profile_marlin_laser},
};
const unsigned sample_count = sizeof samples / sizeof samples[0];
