/* SPDX-License-Identifier: Apache-2.0 */
/* Grbl 1.1h on an ATmega328P, and grblHAL, as recorded in tests/golden/transcripts: 128 bytes of
 * receive buffer that really overflow, one reply a line, single bytes obeyed at once, a planner, a
 * beam. */
#ifndef USINE_SIM_GRBL_H
#define USINE_SIM_GRBL_H

#include "arc.h"
#include "board.h"
#include "planner.h"
#include "ring.h"

enum { GRBL_LINE = 80, GRBL_SETTINGS = 34 };

enum grbl_state {
    GRBL_IDLE,
    GRBL_RUN,
    GRBL_HOLD,
    GRBL_JOG,
    GRBL_ALARM,
    GRBL_DOOR,
    GRBL_CHECK,
    GRBL_HOME,
    GRBL_SLEEP,
};

enum grbl_wait {
    GRBL_READY,
    GRBL_FOR_ROOM,   /* a free planner block */
    GRBL_FOR_MOTION, /* an empty planner */
    GRBL_FOR_TIME,   /* until_us */
    GRBL_FOR_CYCLE,  /* `~` after M0 */
};

struct grbl_modal {
    int motion; /* 0..3 */
    int plane;  /* 17..19 */
    int units;  /* 20, 21 */
    bool relative;
    int spindle; /* 3, 4, 5 */
    int coolant; /* 7, 8, 9 */
    int system;  /* 54..59 */
    int tool;
    double feed_mm_min, power;
};

struct grbl {
    struct board board;             /* first */
    double settings[GRBL_SETTINGS]; /* in the order of grbl_system.c's table; survive a reset */
    bool hal;          /* it is grblHAL: its words, its latched errors, its larger buffers */
    int latched;       /* grblHAL: the error that every line is answered with; 0: none */
    unsigned reports;  /* grblHAL: given since the reset */
    bool skip_newline; /* grblHAL: a CR ended the line, its LF belongs to it */
    bool blank;        /* erased EEPROM: complains at power-up */
    struct planner_limits limits;
    struct planner planner;
    double home[AXES]; /* where it is at power-up */

    struct ring rx;
    char line[GRBL_LINE + 1];
    unsigned line_used;
    char raw[GRBL_LINE]; /* the same as it was sent, for the hash */
    unsigned raw_used;
    bool too_long, in_parens, in_comment;
    enum grbl_state state;
    bool hold_done, stuck, door_open; /* stuck: hears nothing but a reset */
    int64_t hold_done_us;
    double deaf_s;         /* real seconds it hears nothing after a reset that cut a motion */
    int64_t deaf_until_us; /* after a reset that cut a motion; 0: hears */
    enum grbl_wait wait;
    unsigned stage;
    bool paused; /* the line under way dwells or holds; then it is done */
    int64_t until_us;
    struct arc arc;
    struct grbl_modal modal;
    double offset[AXES];                /* G92 */
    unsigned wco_count, override_count; /* reports until WCO and Ov are said again */
    int feed_override, spindle_override;
    bool report_waiting; /* a `?` while homing */

    bool in_run, in_motion; /* lines belong to a program; the last one moved */
    bool program_ended;     /* the line held M2 or M30 */
    uint64_t run_line;
    int64_t beam_since_us; /* the beam burns on the spot since then; -1: it does not */
    float last_power;      /* of the last move */
};

void grbl_init(struct grbl *g, const char *name, double speed);

/* Makes it a grblHAL board, before power comes. */
void grbl_make_hal(struct grbl *g);

/* Sets $n. False: there is no such setting. */
bool grbl_set(struct grbl *g, int number, double value);

#endif
