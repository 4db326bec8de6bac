/* SPDX-License-Identifier: Apache-2.0 */
/* Marlin 2.1.2, as recorded in tests/golden/transcripts: numbered lines, a command queue behind a
 * 128-byte receive buffer, a planner, heaters, prompts, keepalive, kill. */
#ifndef USINE_SIM_MARLIN_H
#define USINE_SIM_MARLIN_H

#include "arc.h"
#include "board.h"
#include "heater.h"
#include "planner.h"
#include "ring.h"

enum { MARLIN_CMD = 96, MARLIN_QUEUE_MAX = 16 };

enum marlin_feature {
    MARLIN_ADVANCED_OK = 1,
    MARLIN_EMERGENCY = 2,   /* EMERGENCY_PARSER */
    MARLIN_PROMPTS = 4,     /* HOST_ACTION_COMMANDS, HOST_PROMPT_SUPPORT */
    MARLIN_NO_TIMEOUTS = 8, /* says "wait" when idle */
    MARLIN_LASER = 16,      /* no heaters, no extruder, beam */
    MARLIN_REALTIME = 32,   /* S000, P000, R000 */
    MARLIN_LEVELLING = 64,  /* knows G29, G80, M420, M73: as boards in the field, not as the rig */
    MARLIN_FAN_BEAM = 128,  /* the fan output drives a beam */
};

struct marlin_build {
    const char *name;
    unsigned features, queue;
    const char *crc, *stored; /* of the settings, as the banner shows them */
};

/* "full", "plain", "wait", "laser"; NULL: unknown. */
const struct marlin_build *marlin_build(const char *name);

enum marlin_wait {
    MARLIN_READY,      /* the command at the head may go on */
    MARLIN_FOR_ROOM,   /* for a free planner block */
    MARLIN_FOR_MOTION, /* for the planner to run empty */
    MARLIN_FOR_TIME,   /* until until_us */
    MARLIN_FOR_HEAT,   /* for `heating` to stay in its window */
    MARLIN_FOR_PERSON, /* for M108, M876 or until_us */
};

struct marlin_command {
    char text[MARLIN_CMD]; /* without number and checksum */
    uint8_t length;
    bool numbered;
    uint32_t number;
};

struct marlin {
    struct board board; /* first */
    const struct marlin_build *build;
    unsigned features;
    struct planner_limits limits;

    struct ring rx;
    char line[MARLIN_CMD]; /* being read from rx */
    uint8_t line_used;
    bool in_comment;
    char seen[24]; /* start of the line on the wire, for the emergency parser */
    uint8_t seen_used;
    struct marlin_command queue[MARLIN_QUEUE_MAX];
    unsigned first, count;
    struct marlin_command own; /* of the board itself (a filament change); length 0: none */
    const struct marlin_command *current; /* being executed: `own` or the queue's head */
    uint32_t last_number;

    struct planner planner;
    struct arc arc; /* being cut into moves */
    bool relative, e_relative, dry_run;
    double feed_mm_s, feed_factor, offset[AXES]; /* offset: G92, logical = machine + offset */
    float power;                                 /* of the beam, inline */
    bool beam_inline, beam_steady;
    int64_t beam_since_us; /* since when the beam burns on the spot; -1: it does not */
    bool in_motion; /* the last thing the program did was a move: running dry now is a stop */

    struct heater nozzle, bed;
    struct heater *heating; /* MARLIN_FOR_HEAT */
    bool runaway;           /* the nozzle is broken; found out at fails_at_us */
    int64_t fails_at_us, window_since_us;

    enum marlin_wait wait;
    unsigned stage; /* of the command at the head: how often it has waited */
    int64_t until_us, next_busy_us, next_heat_report_us;
    bool answered;                            /* the person answered */
    double keepalive_s, report_s, position_s; /* M113, M155, M154; 0: off */
    int64_t next_report_us, next_position_us, next_idle_us, idle_kill_us;
    double max_idle_s; /* M85 */
    bool killed;
};

/* Zeroed memory in, a board without power out; call board.ops->power_on next. */
void marlin_init(struct marlin *m, const struct marlin_build *build, const char *name,
                 double speed);

#endif
