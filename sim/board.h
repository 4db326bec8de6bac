/* SPDX-License-Identifier: Apache-2.0 */
/* One emulated controller board, whatever firmware it runs: bytes in, bytes out, time given from
 * outside. Knows no loop, clock or file, so a test owns all of them. */
#ifndef USINE_SIM_BOARD_H
#define USINE_SIM_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/profile.h"
#include "noise.h"
#include "tally.h"

#define BOARD_SECOND ((int64_t)1000000)

enum { BOARD_OUT = 4096, BOARD_LINE = 400 };

/* What can befall a board from outside. */
enum mishap {
    MISHAP_RESET,   /* reset button, brown-out, watchdog: the banner again */
    MISHAP_KILL,    /* the kill button */
    MISHAP_RUNAWAY, /* the nozzle stops heating; the firmware finds out later */
    MISHAP_MINTEMP, /* the thermistor breaks */
    MISHAP_RUNOUT,  /* no filament: the board asks for a change by itself */
    MISHAP_HANG,    /* deaf, mute and still for a while (value: seconds) */
    MISHAP_LIMIT,   /* a limit switch closes */
    MISHAP_DOOR,    /* the safety door opens */
    MISHAP_HOLD,    /* somebody presses hold */
    MISHAP_BUTTON,  /* somebody presses the button that answers a prompt */
    MISHAP_DRYRUN,  /* somebody sets dry run at the display */
    MISHAP_COUNT,
};

/* How the cable and the firmware's manners are spoiled, from the faults script. */
struct trouble {
    struct rng rng;
    struct noise in, out;
    double swallow_ok; /* share of oks that never leave */
    double drop_line;  /* share of the host's lines that never arrive */
    bool resend_without_ok, resend_twice;
    bool resend_short;  /* "rs 71" instead of "Resend: 71" */
    bool reset_on_open; /* the host's opening the port pulls DTR */
};

struct board;

struct board_ops {
    const char *dialect;
    /* Power comes (or the reset button is let go): forgets everything, says its banner. */
    void (*power_on)(struct board *board);
    /* Bytes off the wire. */
    void (*receive)(struct board *board, const char *bytes, size_t n);
    /* When something will happen by itself, simulated us; INT64_MAX: not before the host speaks. */
    int64_t (*due)(const struct board *board);
    /* Does what is due at board->now_us; due() lies later afterwards. */
    void (*step)(struct board *board);
    /* False: this firmware knows no such thing. */
    bool (*befall)(struct board *board, enum mishap mishap);
    /* Targets and temperatures, for the report; NULL where nothing heats. */
    void (*heat)(const struct board *board, double now_c[2], double target_c[2]);
};

struct board {
    const struct board_ops *ops; /* constant */
    const char *name;            /* borrowed */
    int64_t now_us;              /* simulated */
    double speed;                /* simulated seconds in a real one */
    uint64_t read_at_ns;         /* real time of the bytes being received */
    uint64_t program_line;       /* lines of the current run executed, for the fault script */
    int64_t hang_until_us;       /* deaf and still until then */
    struct buf out;              /* text for the host, flushed by the owner */
    char out_bytes[BOARD_OUT];
    struct trouble trouble;
    struct tally tally;
};

/* Fills the common part; the firmware's create function calls it first. */
void board_init(struct board *board, const struct board_ops *ops, const char *name, double speed);

/* Lets time pass up to now_us, everything due on the way at its own moment. */
void board_advance(struct board *board, int64_t now_us);

/* When board_advance next has something to do. */
int64_t board_due(const struct board *board);

/* n bytes arrive at board->now_us. They are spoiled in place by the noise, if any. */
void board_receive(struct board *board, char *bytes, size_t n);

/* False: the firmware knows no such mishap. seconds: for MISHAP_HANG, real ones. */
bool board_befall(struct board *board, enum mishap mishap, double seconds);

/* Writes text to the host. What finds no room, because nobody reads, is lost as on a real wire. */
void board_say(struct board *board, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes an acknowledgement of n bytes, newline included; the fault script may swallow it. */
void board_ok(struct board *board, const char *text, size_t n);

/* A period that is chatter, not physics: `s` simulated seconds, but at a high speed never more
 * often than each min(s, 0.2) real seconds, or a fast factory would do nothing but report. */
int64_t board_period_us(const struct board *board, double s);

#endif
