/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of machine profiles: in config/profiles/, in "models" and in a machine's "profile". */
#include "entries.h"
#include "options.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define AT(s, field) .offset = offsetof(struct s, field)
#define TEXT(s, field) AT(s, field), .size = sizeof((struct s *)0)->field

/* clang-format off */
#define AXIS(letter, low, high, unit)                                                              \
    {#letter, OPTION_NUMBER, RELOAD_MACHINE, .offset = sizeof(double) * AXIS_##letter##_INDEX,      \
     .min = (low), .max = (high), .help = unit}
#define AXIS_x_INDEX AXIS_X
#define AXIS_y_INDEX AXIS_Y
#define AXIS_z_INDEX AXIS_Z
#define AXIS_e_INDEX AXIS_E
#define AXES_TABLE(table, low, high, unit)                                                         \
    static const struct option table##_rows[] = {                                                  \
        AXIS(x, low, high, unit), AXIS(y, low, high, unit),                                        \
        AXIS(z, low, high, unit), AXIS(e, low, high, unit)};                                       \
    static const struct option_table table = {#table, table##_rows, AXES, sizeof(double[AXES])};

AXES_TABLE(feed, 0, 2000, "mm/s")
AXES_TABLE(accel, 0, 100000, "mm/s2")
AXES_TABLE(jerk, 0, 200, "mm/s")

static const struct option area_rows[] = {
    AXIS(x, -10000, 10000, "mm"), AXIS(y, -10000, 10000, "mm"), AXIS(z, -10000, 10000, "mm")};
static const struct option_table area = {"area", area_rows, 3, sizeof(double[3])};

static const struct option bed_rows[] = {AXIS(x, 1, 10000, "mm"), AXIS(y, 1, 10000, "mm")};
static const struct option_table bed = {"bed", bed_rows, 2, sizeof(double[2])};

static const struct option rows[] = {
    {"id", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(profile, id), .form = FORM_ID,
     .help = "Short name that machines give as their model"},
    {"name", OPTION_TEXT, RELOAD_MACHINE, TEXT(profile, name),
     .help = "What people call it; the id unless given"},
    {"extends", OPTION_TEXT, RELOAD_MACHINE, TEXT(model_entry, extends),
     .help = "Begin with a copy of this model, shipped or further up in the list"},
    {"kind", OPTION_WORD, RELOAD_MACHINE, OPTION_REQUIRED, AT(profile, kind), .words = "printer laser",
     .help = "What it is"},
    /* From here on a single machine may differ from its model. */
    {"dialect", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(profile, dialect),
     .words = "marlin grbl smoothie marlin-laser", .help = "What its firmware speaks"},
    {"flavour", OPTION_WORD, RELOAD_MACHINE, AT(profile, flavour), .words = "marlin grbl",
     .preset = "\"marlin\"", .help = "The kind of G-code its programs are written in"},
    {"baud", OPTION_INT, RELOAD_MACHINE, AT(profile, baud), .min = 1200, .max = 2000000,
     .form = FORM_BAUD, .preset = "115200", .help = "Serial speed"},
    {"min_mm", OPTION_OBJECT, RELOAD_MACHINE, AT(profile, min_mm), .table = &area,
     .help = "Where the tool may go, lowest; may be below 0"},
    {"max_mm", OPTION_OBJECT, RELOAD_MACHINE, OPTION_REQUIRED, AT(profile, max_mm), .table = &area,
     .help = "Where the tool may go, highest"},
    {"bed_mm", OPTION_OBJECT, RELOAD_MACHINE, AT(profile, bed_mm), .table = &bed,
     .help = "Usable bed or sheet; the work area unless given"},
    {"nozzle_mm", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, nozzle_mm), .min = 0.05, .max = 5,
     .preset = "0.4", .help = "Nozzle diameter"},
    {"filament_mm", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, filament_mm), .min = 0.5, .max = 5,
     .preset = "1.75", .help = "Filament diameter"},
    {"tools", OPTION_INT, RELOAD_MACHINE, AT(profile, tools), .min = 1, .max = 16, .preset = "1",
     .help = "Extruders"},
    {"nozzle_max_c", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, nozzle_max_c), .max = 500,
     .help = "Highest nozzle target; needed for printers"},
    {"bed_max_c", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, bed_max_c), .max = 200,
     .help = "Highest bed target; 0: the bed is not heated"},
    {"preheat_max_min", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, preheat_max_min), .min = 1,
     .max = 240, .preset = "20", .help = "Longest heat-up expected, minutes"},
    {"max_feed_mm_s", OPTION_OBJECT, RELOAD_MACHINE, OPTION_REQUIRED, AT(profile, max_feed_mm_s),
     .table = &feed, .help = "Highest speed of each axis (M203)"},
    {"max_accel_mm_s2", OPTION_OBJECT, RELOAD_MACHINE, OPTION_REQUIRED,
     AT(profile, max_accel_mm_s2), .table = &accel, .help = "Highest acceleration of each axis (M201)"},
    {"accel_mm_s2", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, accel_mm_s2), .min = 1,
     .max = 100000, .preset = "500", .help = "Acceleration of working moves (M204 P)"},
    {"travel_accel_mm_s2", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, travel_accel_mm_s2),
     .min = 1, .max = 100000, .preset = "500", .help = "Acceleration of travel (M204 T)"},
    {"jerk_mm_s", OPTION_OBJECT, RELOAD_MACHINE, AT(profile, jerk_mm_s), .table = &jerk,
     .help = "Classic jerk of each axis (M205); all 0: junction deviation"},
    {"junction_deviation_mm", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, junction_deviation_mm),
     .max = 5, .help = "Junction deviation (M205 J, Grbl $11)"},
    {"s_max", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, s_max), .max = 100000,
     .help = "Lasers: the S of full power (Grbl $30, Marlin 255)"},
    {"attend_max_min", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, attend_max_min), .min = 1,
     .max = 60, .preset = "10", .help = "Lasers: how long a word of presence holds, minutes"},
    {"m3_allowed", OPTION_BOOLEAN, RELOAD_MACHINE, AT(profile, m3_allowed), .preset = "false",
     .help = "Lasers: M3 is safe because the firmware itself stops the beam when still"},
    {"allow", OPTION_TEXT, RELOAD_MACHINE, TEXT(profile, allow), .form = FORM_COMMANDS,
     .help = "Commands allowed in programs beyond the usual: \"M907 M42\""},
    {"allow_why", OPTION_TEXT, RELOAD_MACHINE, TEXT(profile, allow_why),
     .help = "Who allowed them and why; needed with \"allow\""},
    {"material", OPTION_TEXT, RELOAD_MACHINE, TEXT(profile, material),
     .help = "What is loaded unless the machine says otherwise"},
    {"unattended", OPTION_BOOLEAN, RELOAD_MACHINE, AT(profile, unattended), .preset = "false",
     .help = "May run with nobody there"},
    {"auto_eject", OPTION_BOOLEAN, RELOAD_MACHINE, AT(profile, auto_eject), .preset = "false",
     .help = "Its programs clear the bed themselves"},
    {"noisy", OPTION_BOOLEAN, RELOAD_MACHINE, AT(profile, noisy), .preset = "false",
     .help = "Is not started in the quiet hours of its site"},
    {"change_min", OPTION_NUMBER, RELOAD_MACHINE, AT(profile, change_min), .max = 600,
     .help = "Minutes it takes to load another material or sheet; 0: what is loaded stays"},
};

enum { ONLY_MODELS = 4 }; /* id, name, extends, kind */

const struct option_table options_model = {"model", rows, COUNT(rows), sizeof(struct model_entry)};
const struct option_table options_profile = {"profile", rows + ONLY_MODELS,
                                             COUNT(rows) - ONLY_MODELS, sizeof(struct profile)};
/* clang-format on */

#undef COUNT
#undef AT
#undef TEXT
#undef AXIS
#undef AXIS_x_INDEX
#undef AXIS_y_INDEX
#undef AXIS_z_INDEX
#undef AXIS_e_INDEX
#undef AXES_TABLE
