/* SPDX-License-Identifier: Apache-2.0 */
/* What a machine model is and may do. Filled by config from a profile file; read by gcode (policy,
 * time), drivers and the floor. Constant after loading. */
#ifndef USINE_BASE_PROFILE_H
#define USINE_BASE_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

enum machine_kind { KIND_PRINTER, KIND_LASER };

/* Which language a program for this model is written in; the tokeniser and policy follow it. */
enum gcode_flavour { GCODE_MARLIN, GCODE_GRBL };

enum { AXIS_X, AXIS_Y, AXIS_Z, AXIS_E, AXES };

struct profile {
    char id[32];   /* "prusa-mk3" */
    char name[64]; /* "Prusa i3 MK3/MK3S" */
    enum machine_kind kind;
    enum gcode_flavour flavour;
    char dialect[16]; /* a name from drivers/dialects.h: marlin, grbl, smoothie, marlin-laser */
    int baud;

    /* Work area: where the tool may go, mm. min may be negative (the MK3 wipes at Y -4). */
    double min_mm[3], max_mm[3];
    double bed_mm[2];               /* usable bed or sheet, for people and dispatch */
    double nozzle_mm;               /* printers */
    double filament_mm;             /* printers */
    int tools;                      /* printers: extruders, >= 1 */
    double nozzle_max_c, bed_max_c; /* printers: highest target allowed; bed 0: no heated bed */
    double preheat_max_min;         /* longest heat soak expected, for M85 and heating time-outs */

    /* Motion limits, for the time estimate and for checking M201/M203/M204/M205. */
    double max_feed_mm_s[AXES];
    double max_accel_mm_s2[AXES];
    double accel_mm_s2;        /* printing moves */
    double travel_accel_mm_s2; /* G0 and moves without extrusion */
    double jerk_mm_s[AXES];    /* classic jerk; all 0: junction deviation */
    double junction_deviation_mm;

    /* Lasers */
    double s_max;          /* Grbl $30; Marlin: 255 */
    double attend_max_min; /* how long a presence acknowledgement holds */
    bool m3_allowed;       /* constant power, only where the model says so (FAULTS.md section 8) */

    char allow[256];     /* extra commands allowed by a technician, space separated: "M907 M42" */
    char allow_why[128]; /* required with allow */
    char material[32];   /* default material */
    bool unattended;     /* may run with nobody there */
    bool auto_eject;     /* its programs clear the bed themselves */
    bool noisy;          /* is not started in its site's quiet hours */
    double change_min;   /* a person's minutes to load another material; 0: it stays as it is */
};

#endif
