/* SPDX-License-Identifier: Apache-2.0 */
/* The floor: the thread that runs the machines and nothing else. It is told what to do by orders
 * and tells what happened by events; both are messages. It knows no database, no HTTP and no job.
 */
#ifndef USINE_MACHINES_FLOOR_H
#define USINE_MACHINES_FLOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/mailbox.h"
#include "config/load.h"

enum machine_state {
    MACHINE_OFFLINE,
    MACHINE_GREETING,
    MACHINE_IDLE,
    MACHINE_HEATING,
    MACHINE_RUNNING,
    MACHINE_HELD,
    MACHINE_FINISHING,
    MACHINE_STOPPING,
    MACHINE_LOCKED,
    MACHINE_STATES,
};

enum bed_state { BED_CLEAR, BED_OCCUPIED, BED_UNCERTAIN };

enum machine_flag { FLAG_QUARANTINED = 1, FLAG_OUT_OF_SERVICE = 2, FLAG_NOT_READY = 4 };

enum waiting_for {
    WAITING_NOTHING,
    WAITING_CLEAR,
    WAITING_LOAD,
    WAITING_UNLOCK,
    WAITING_MATERIAL, /* filament, a sheet, or what the program or the panel asks for */
    WAITING_RESUME,   /* held for anything else: a pause, a door, noise; the message says which */
};

enum run_outcome {
    RUN_FINISHED,  /* all lines executed, motion ended */
    RUN_FAILED,    /* reason says why; never counted as good without a person's word */
    RUN_CANCELLED, /* by a person */
    RUN_REFUSED,   /* the start gate said no: nothing was sent, bed and consent as before */
};

const char *machine_state_name(enum machine_state state); /* "idle" */
const char *bed_state_name(enum bed_state bed);           /* "clear" */
const char *waiting_for_name(enum waiting_for waiting);   /* NULL for nothing */
const char *run_outcome_name(enum run_outcome outcome);   /* "finished" */

enum { VIEW_TOOLS = 16 };

/* One machine as the office sees it: a copy. */
struct machine_view {
    char id[ID_SIZE];
    char site[ID_SIZE];
    enum machine_state state;
    enum bed_state bed;
    unsigned flags;
    enum waiting_for waiting_for;
    int64_t run;      /* 0: none */
    int64_t last_run; /* 0: none since start */
    enum run_outcome last_outcome;
    uint64_t line, lines;                              /* acknowledged, all (prepared lines) */
    double progress;                                   /* 0..1, by time */
    double eta_s;                                      /* < 0: unknown */
    float nozzle, nozzle_target, bed_temp, bed_target; /* NAN: unknown */
    int tool_count;                                    /* of printers with several; else 0 */
    float tools[VIEW_TOOLS][2];                        /* °C now, target; NAN: unknown */
    double position[3];
    bool has_position;
    int64_t since_ms;             /* wall: in this state since */
    int64_t heard_ms;             /* wall: last word from the machine; 0: never */
    uint64_t sent_lines, resends; /* of this connection */
    bool swept;                   /* it vanished together with others of its site */
    char message[160];            /* what a person should know: fault text, M117, prompt */
    char firmware[96];            /* what it says it is */
};

/* ---- orders: office -> floor ---- */

enum order_kind {
    ORDER_CONFIGURE, /* config: add, change, remove machines; running ones change after their run */
    ORDER_START,     /* run: begin a run now, or refuse (EVENT_RUN_ENDED, RUN_REFUSED) */
    ORDER_ADOPT,     /* run: a run that was under way when the daemon stopped; probe and go on */
    ORDER_CONSENT,   /* the bed is clear, says `by`; `consent` names it */
    ORDER_WITHDRAW,  /* take consent back; bed becomes uncertain */
    ORDER_OCCUPY,    /* restore at start-up: the bed is `bed` */
    ORDER_PAUSE,
    ORDER_RESUME,
    ORDER_CANCEL,
    ORDER_ESTOP, /* machine, or all of `site`, or all when both are "" */
    ORDER_UNLOCK,
    ORDER_TEST, /* link test; lifts quarantine when it passes */
    ORDER_SEND, /* one line by a technician, only when idle or held; `line` */
    ORDER_OUT,  /* out of service */
    ORDER_IN,
    ORDER_WIRE, /* answer text: the last wire lines, both ways */
    ORDER_STOP, /* the floor closes: links are closed without reset, runs stay adoptable */
};

struct run_order {
    int64_t run;
    char path[512];                 /* the program's file */
    char sha256[HASH_TEXT_SIZE];    /* verified again at start */
    uint64_t lines;                 /* prepared lines, from the analysis */
    double time_s;                  /* expected duration */
    int64_t consent;                /* the consent it consumes */
    int64_t issued_ms;              /* wall: older than 60 s is refused */
    int64_t heard_ms;               /* ORDER_ADOPT, wall: last word before the daemon stopped */
    uint64_t acked;                 /* ORDER_ADOPT: at least these lines were acknowledged */
    double nozzle_max_c, bed_max_c; /* of the analysis; checked at the gate */
    double max_mm[3], min_mm[3];    /* the same */
    bool held;                      /* ORDER_ADOPT: it was held: it stays so until ORDER_RESUME */
};

struct order {
    struct message message; /* first */
    enum order_kind kind;
    uint64_t token; /* echoed in EVENT_ANSWER; 0: no answer wanted */
    char machine[ID_SIZE];
    char site[ID_SIZE];
    char by[ID_SIZE]; /* person or "cli" */
    char line[128];
    int64_t consent;
    int64_t hold_ms;  /* ORDER_CONSENT: starts wait this long */
    int64_t given_ms; /* ORDER_CONSENT: wall; when the word was given (restores) */
    enum bed_state bed;
    bool locked;           /* ORDER_OCCUPY: it was locked (`line` says why), and stays so */
    unsigned flags;        /* ORDER_OCCUPY: FLAG_QUARANTINED, FLAG_OUT_OF_SERVICE as they were */
    struct config *config; /* ORDER_CONFIGURE: one reference, handed over */
    struct run_order run;
};

/* ---- events: floor -> office ---- */

enum event_kind {
    EVENT_ANSWER, /* to an order: err, text */
    EVENT_VIEWS,  /* views of machines that changed; at once on a state change, else every 500 ms */
    EVENT_RUN_STARTED, /* first byte of the run went out: run, machine */
    EVENT_RUN_ENDED,   /* outcome, reason, text = wire lines if it failed */
    EVENT_BED, /* bed changed by the machine's doings: machine, bed, consent consumed or void */
    EVENT_INCIDENT, /* many machines of a site vanished together, or are all back: site, reason */
    EVENT_STOPPED,  /* the last event */
};

struct event {
    struct message message; /* first; receiver frees with event_free */
    enum event_kind kind;
    uint64_t token;
    enum err err;
    char machine[ID_SIZE];
    char site[ID_SIZE]; /* EVENT_INCIDENT */
    int64_t run;
    enum run_outcome outcome;
    char reason[160];
    enum bed_state bed;
    int64_t consent;
    int64_t at_ms;                  /* wall */
    uint64_t lines;                 /* acknowledged */
    int64_t heating_ms, running_ms; /* EVENT_RUN_ENDED */
    char *text;                     /* owned; NULL or long text */
    struct machine_view *views;     /* owned, EVENT_VIEWS */
    size_t view_count;
};

void event_free(struct event *event);

struct floor;

/* Starts the floor's thread. Its events go to office (which outlives it). ERR_NO_MEMORY. */
enum err floor_start(struct floor **floor, const struct clock *clock, struct mailbox *office);

/* Sends an order (malloc'ed; the floor frees it). From any thread. false: the floor has stopped. */
bool floor_order(struct floor *floor, struct order *order);

/* After EVENT_STOPPED: joins the thread and frees. NULL is harmless. */
void floor_join(struct floor *floor);

#endif
