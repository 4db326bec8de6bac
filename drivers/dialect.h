/* SPDX-License-Identifier: Apache-2.0 */
/* What a firmware family says and hears. A dialect is one constant table and two pure functions;
 * everything stateful (windows, clocks, retries) is the floor's. */
#ifndef USINE_DRIVERS_DIALECT_H
#define USINE_DRIVERS_DIALECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_MAX = 128 }; /* longest line on the wire, newline included */

enum reply_kind {
    REPLY_NOISE,        /* nothing we know; logged in the ring, no consequence */
    REPLY_ACK,          /* ok: the oldest line in flight was taken (maybe with temps, P, B, N) */
    REPLY_RESEND,       /* Resend: n / rs n — line says from where; its own ok follows, or not */
    REPLY_ERROR_LINK,   /* Error:checksum / line number / no checksum: a Resend follows */
    REPLY_REJECT,       /* error:N (Grbl): the oldest line was refused; code */
    REPLY_ALARM,        /* ALARM:N (Grbl): it stopped itself; code */
    REPLY_HELLO,        /* start, banner: it has (re)started, nothing is in flight */
    REPLY_BUSY,         /* busy: processing; restart the ok clock */
    REPLY_WAITS_PERSON, /* busy: paused for user / input */
    REPLY_REPORT,       /* temperatures or <…> status without ok */
    REPLY_HEATING,      /* the same while M109/M190 waits (W:) */
    REPLY_WAIT,         /* idle hint "wait": with lines in flight one ok was lost */
    REPLY_FATAL,        /* runaway, kill, stopped: LOCKED; text names it */
    REPLY_STOPPED, /* locked, dry run, cold extrusion…: moves acknowledged, not made; sub says which
                    */
    REPLY_UNKNOWN,  /* echo:Unknown command: "…": its own ok follows */
    REPLY_OVERFLOW, /* RX BUF overflow */
    REPLY_ACTION,   /* //action:… ; action says which */
    REPLY_IDENTITY, /* M115's FIRMWARE_NAME… line, Grbl [VER:…] */
    REPLY_OPTIONS,  /* Cap:… lines, Grbl [OPT:…]: capabilities */
    REPLY_SETTING,  /* Grbl $n=value */
    REPLY_MESSAGE,  /* [MSG:…] echo:…: for people */
    REPLY_POSITION, /* X:… Y:… Z:… E:… Count … */
    REPLY_SD_BEGIN, /* Begin file list: until SD_END nothing is protocol */
    REPLY_SD_END,
};

enum reply_stop { STOP_NONE, STOP_LOCKED, STOP_DRYRUN, STOP_COLD };

enum machine_action { /* //action: */
                      MACHINE_ACTION_NONE,
                      MACHINE_ACTION_PAUSE,
                      MACHINE_ACTION_PAUSED,
                      MACHINE_ACTION_RESUME,
                      MACHINE_ACTION_RESUMED,
                      MACHINE_ACTION_CANCEL,
                      MACHINE_ACTION_DISCONNECT,
                      MACHINE_ACTION_PROMPT, /* prompt_begin … : text */
                      MACHINE_ACTION_OTHER,
};

/* What Grbl's <…> reports; also what Marlin lasers can say. */
enum report_state {
    REPORT_NONE,
    REPORT_IDLE,
    REPORT_RUN,
    REPORT_HOLD,
    REPORT_JOG,
    REPORT_ALARM,
    REPORT_DOOR,
    REPORT_CHECK,
    REPORT_HOME,
    REPORT_SLEEP,
    REPORT_TOOL,
};

struct heater_report {
    float now, target; /* °C; target NAN: the line does not say */
    bool has;
};

struct reply {
    enum reply_kind kind;
    /* REPLY_ACK: fields of the ok; -1 absent */
    int64_t line;     /* N of "ok N12", number asked by RESEND (-1 or less: unreadable or
                         impossible, probe), last line of ERROR_LINK */
    int planner_free; /* P, or Bf: blocks */
    int slots_free;   /* B, or Bf: bytes */
    struct heater_report nozzle, bed; /* T:, B: where the line carries them */
    int code;                         /* error:N, ALARM:N, $n; -1: without a number */
    double value;                     /* $n=value */
    enum reply_stop stop;
    enum machine_action action;
    enum report_state state; /* REPORT; also MESSAGE where its words tell one ([MSG:Check Door]) */
    int substate;            /* Hold:0, Door:1 */
    double position[3];      /* MPos/WPos or X: Y: Z: */
    bool has_position, has_buffer, has_feed;
    double feed, spindle; /* FS: */
    /* REPLY_OPTIONS: how much may be in flight, ready for window_init; 0: nothing said of it.
     * Grbl's [OPT:V,15,128] gives window_bytes 127 (its ring holds one less than its size) and no
     * lines. */
    int window_lines, window_bytes;
    uint32_t
        capabilities; /* REPLY_OPTIONS: bits CAP_* stated true; caps_known: which were stated */
    uint32_t capabilities_known;
    bool needs_more;  /* the line arrived split ("Error:0" then ": Extruder switched off…"): the
                         kind holds at once, the words for people come with the next line */
    const char *text; /* the line, for people and the ring; points into the framer's line */
};

enum { /* capability bits */
       CAP_AUTOREPORT_TEMP = 1,
       CAP_EMERGENCY_PARSER = 2,
       CAP_ADVANCED_OK = 4,
       CAP_HOST_ACTIONS = 8,
       CAP_PROMPT = 16,
};

enum { REPLY_TOOLS = 16 };

/* "T0:205.1 /205.0 T1:25.0 /0.0" anywhere in a line: what it says of each of the first n tools;
 * the others stay as they are. "T:", the active one, is reply.nozzle. */
void reply_read_tools(const char *text, struct heater_report *tools, size_t n);

/* "ack", "resend"…: for logs, tests and documents. */
const char *reply_kind_name(enum reply_kind kind);

struct dialect {
    const char *name, *about;
    bool numbered;         /* lines carry N and checksum */
    unsigned window_lines; /* lines in flight at first */
    unsigned window_bytes; /* bytes in flight; 0: not counted */
    unsigned line_max;     /* longest wire line, newline included */
    const char *greet_raw; /* first bytes after opening: Marlin "\n", Grbl "\x18" */
    const char *const
        *hello; /* commands asked after the greeting, NULL-terminated: M115, $I, $$ … */
    const char *const *prologue; /* before each run, NULL-terminated: M111 S0, M155 S2, … */
    /* Single bytes or lines that pass the window; NULL where there is none. */
    const char *hold, *resume, *stop, *ask;
    const char *poll; /* a command that asks for a report, for machines without auto-report; NULL */
    const char *const *stop_raw; /* emergency stop, in order, NULL-terminated */
    const char *const *safe; /* heaters, fans and beam off, motors left alone; NULL-terminated */
    const char *motion_done; /* M400; NULL: two Idle reports */
    unsigned ok_timeout_ms, busy_timeout_ms; /* FAULTS.md section 1 rule 9; 0: an ok may take for
                                                ever (Grbl in a hold), silence_ms guards */
    unsigned silence_ms; /* no byte at all for this long: mute (Grbl polled at 5 Hz); 0: not used */
    unsigned ask_every_ms; /* status poll; 0: auto-report */

    /* Writes the wire form of text (n bytes) with number (used when numbered) and a newline.
     * Returns its length, 0 if it does not fit in size or line_max. Pure. */
    size_t (*encode)(char *wire, size_t size, uint32_t number, const char *text, size_t n);

    /* Reads one line (n bytes, NUL-terminated, from the framer) into *reply. Pure. */
    void (*decode)(const char *line, size_t n, struct reply *reply);
};

#endif
