/* SPDX-License-Identifier: Apache-2.0 */
/* The long answers of Marlin 2.1.2.7, word for word as recorded. */
#include <stdio.h>
#include <string.h>

#include "marlin_parts.h"

/* clang-format off */
static const struct marlin_build builds[] = {
    { "full", MARLIN_ADVANCED_OK | MARLIN_EMERGENCY | MARLIN_PROMPTS | MARLIN_REALTIME, 16, "51420", "612" },
    { "plain", 0, 4, "63995", "612" },
    { "wait", MARLIN_ADVANCED_OK | MARLIN_NO_TIMEOUTS, 4, "63995", "612" },
    { "laser", MARLIN_ADVANCED_OK | MARLIN_EMERGENCY | MARLIN_PROMPTS | MARLIN_LASER, 8, "10323", "556" },
};

/* Capabilities: '1' and '0' as stated, '-' not mentioned; columns full, plain and wait, laser. */
static const struct { const char *name, *stated; } caps[] = {
    { "QUOTED_STRINGS", "1--" },        { "SERIAL_XON_XOFF", "000" },
    { "BINARY_FILE_TRANSFER", "000" },  { "EEPROM", "111" },
    { "VOLUMETRIC", "110" },            { "AUTOREPORT_POS", "101" },
    { "AUTOREPORT_TEMP", "110" },       { "PROGRESS", "000" },
    { "PRINT_JOB", "111" },             { "AUTOLEVEL", "000" },
    { "RUNOUT", "000" },                { "Z_PROBE", "000" },
    { "LEVELING_DATA", "000" },         { "BUILD_PERCENT", "000" },
    { "SOFTWARE_POWER", "000" },        { "TOGGLE_LIGHTS", "000" },
    { "CASE_LIGHT_BRIGHTNESS", "000" }, { "LASER", "--1" },
    { "EMERGENCY_PARSER", "101" },      { "HOST_ACTION_COMMANDS", "101" },
    { "PROMPT_SUPPORT", "101" },        { "SDCARD", "000" },
    { "REPEAT", "000" },                { "SD_WRITE", "000" },
    { "AUTOREPORT_SD_STATUS", "000" },  { "LONG_FILENAME", "000" },
    { "LFN_WRITE", "000" },             { "CUSTOM_FIRMWARE_UPLOAD", "000" },
    { "EXTENDED_M20", "000" },          { "THERMAL_PROTECTION", "111" },
    { "MOTION_MODES", "000" },          { "ARCS", "111" },
    { "BABYSTEPPING", "110" },          { "CHAMBER_TEMPERATURE", "000" },
    { "COOLER_TEMPERATURE", "000" },    { "MEATPACK", "000" },
    { "CONFIG_EXPORT", "000" },
};

/* M503, line by line; where: P printers, F the full one, L lasers, B both. */
static const struct { char where; const char *text; } settings[] = {
    { 'B', "; Linear Units:" }, { 'B', "  G21 ; (mm)" },
    { 'B', "; Temperature Units:" }, { 'B', "  M149 C ; Units in Celsius" },
    { 'P', "; Filament settings (Disabled):" }, { 'P', "  M200 S0 D1.75" },
    { 'B', "; Steps per unit:" },
    { 'P', "  M92 X80.00 Y80.00 Z400.00 E93.00" }, { 'L', "  M92 X80.00 Y80.00 Z400.00" },
    { 'B', "; Max feedrates (units/s):" },
    { 'P', "  M203 X500.00 Y500.00 Z5.00 E25.00" }, { 'L', "  M203 X500.00 Y500.00 Z5.00" },
    { 'B', "; Max Acceleration (units/s2):" },
    { 'P', "  M201 X500.00 Y500.00 Z100.00 E5000.00" }, { 'L', "  M201 X3000.00 Y3000.00 Z100.00" },
    { 'B', "; Acceleration (units/s2) (P<print-accel> R<retract-accel> T<travel-accel>):" },
    { 'B', "  M204 P500.00 R500.00 T500.00" },
    { 'B', "; Advanced (B<min_segment_time_us> S<min_feedrate> T<min_travel_feedrate> J<junc_dev>):" },
    { 'B', "  M205 B20000.00 S0.00 T0.00 J0.08" },
    { 'B', "; Home offset:" }, { 'B', "  M206 X0.00 Y0.00 Z0.00" },
    { 'P', "; Hotend PID:" }, { 'P', "  M301 P21.73 I1.54 D76.55" },
    { 'P', "; Retract (S<length> F<feedrate> Z<lift>):" }, { 'P', "  M207 S3.00 W13.00 F2700.00 Z0.00" },
    { 'P', "; Recover (S<length> F<feedrate>):" }, { 'P', "  M208 S0.00 W0.00 F480.00" },
    { 'P', "; Auto-Retract (S<enable>):" }, { 'P', "  M209 S0" },
    { 'B', "; Input Shaping:" }, { 'B', "  M593 X F40.00 D0.15" }, { 'B', "  M593 Y F40.00 D0.15" },
    { 'F', "; Filament load/unload:" }, { 'F', "  M603 L0.00 U100.00 ; (mm)" },
};
/* clang-format on */

const struct marlin_build *marlin_build(const char *name)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++)
        if (strcmp(builds[i].name, name) == 0)
            return &builds[i];
    return NULL;
}

static void say_stored(struct marlin *m)
{
    board_say(&m->board, "echo:V88 stored settings retrieved (%s bytes; crc %s)\n",
              m->build->stored, m->build->crc);
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:notification Stored settings retrieved\n");
}

void marlin_say_banner(struct marlin *m)
{
    board_say(&m->board, "start\nPowerUp\nMarlin 2.1.2.7\n"
                         "echo: Last Updated: 2026-01-22 | Author: (rig)\n"
                         "echo: Compiled: Nov 21 2026\n"
                         "echo: Free Memory: 0  PlannerBufferBytes: 1344\n");
    say_stored(m);
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:prompt_end\n");
}

/* The machine's name makes its UUID, so that a daemon can tell boards apart. */
static void say_identity(struct marlin *m)
{
    uint64_t hash = 14695981039346656037U;

    for (const char *c = m->board.name; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211U;
    board_say(&m->board,
              "FIRMWARE_NAME:Marlin 2.1.2.7 (Nov 21 2026 22:33:08) "
              "SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin PROTOCOL_VERSION:1.0 "
              "MACHINE_TYPE:Rig-%s EXTRUDER_COUNT:%d UUID:cede2a2f-41a2-4748-%04x-%012llx\n",
              m->build->name, marlin_has(m, MARLIN_LASER) ? 0 : 1, (unsigned)(hash >> 48),
              (unsigned long long)hash & 0xffffffffffffU);
}

enum marlin_progress marlin_say_capabilities(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    int column = marlin_has(m, MARLIN_LASER) ? 2 : marlin_has(m, MARLIN_PROMPTS) ? 0 : 1;

    say_identity(m);
    for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++)
        if (caps[i].stated[column] != '-')
            board_say(&m->board, "Cap:%s:%c\n", caps[i].name, caps[i].stated[column]);
    if (column == 0)
        board_say(&m->board, "area:{full:{min:{x:0.00,y:0.00,z:0.00},max:{x:210.00,y:210.00,"
                             "z:220.00}},work:{min:{x:0.00,y:0.00,z:0.00},max:{x:210.00,y:210.00,"
                             "z:220.00}}}\n");
    return MARLIN_DONE;
}

static bool belongs(const struct marlin *m, char where)
{
    bool laser = marlin_has(m, MARLIN_LASER), full = marlin_has(m, MARLIN_PROMPTS);

    return where == 'B' || (where == 'P' && !laser) || (where == 'L' && laser) ||
           (where == 'F' && full && !laser);
}

static void list(struct marlin *m)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (belongs(m, settings[i].where))
            board_say(&m->board, "echo:%s\n", settings[i].text);
}

/* "M92" alone: the line of the list that sets it. */
static void say_setting(struct marlin *m, int code)
{
    char prefix[16];

    snprintf(prefix, sizeof prefix, "  M%d ", code);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (belongs(m, settings[i].where) && strncmp(settings[i].text, prefix, strlen(prefix)) == 0)
            board_say(&m->board, "%s\n", settings[i].text);
}

static void say_defaults(struct marlin *m)
{
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:notification Hardcoded Default Settings Loaded\n");
    board_say(&m->board, "echo:Hardcoded Default Settings Loaded\n");
}

static void say_saved(struct marlin *m)
{
    board_say(&m->board, "echo:Settings Stored (%s bytes; crc %s)\n", m->build->stored,
              m->build->crc);
    if (marlin_has(m, MARLIN_PROMPTS))
        board_say(&m->board, "//action:notification Settings Stored\n"
                             "//action:notification Settings Stored\n");
}

enum marlin_progress marlin_say_settings(const struct marlin_call *call)
{
    struct marlin *m = call->m;

    switch (call->code) {
    case 500:
        say_saved(m);
        break;
    case 501:
        say_stored(m);
        list(m);
        break;
    case 502:
        say_defaults(m);
        break;
    case 503:
        list(m);
        break;
    default:
        if (*call->args == '\0')
            say_setting(m, call->code);
        break;
    }
    return MARLIN_DONE;
}
