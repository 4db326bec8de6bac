/* SPDX-License-Identifier: Apache-2.0 */
/* One machine's life: connect, start gate, stream, hold, recover, make safe. Knows libuv only
 * through its link; time is handed in, so a test runs it on a virtual clock. */
#ifndef USINE_MACHINES_MACHINE_H
#define USINE_MACHINES_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/load.h"
#include "drivers/dialects.h"
#include "drivers/framer.h"
#include "drivers/link.h"
#include "drivers/window.h"
#include "floor.h"
#include "host.h"
#include "ring.h"
#include "supply.h"

enum { TALK_LINES = 24, TALK_SIZE = 100 };

/* The connection, apart from what the machine does. */
enum phase {
    PHASE_CLOSED, /* no link; reopened at retry_at */
    PHASE_OPENED, /* first bytes sent; waiting for a banner or our first question */
    PHASE_HELLO,  /* asking who it is */
    PHASE_READY,  /* it answered */
};

/* What the lines under way outside the job are for; talk.c tells when they are through. */
enum step {
    STEP_NONE,
    STEP_HELLO,    /* M115, $I, $$ … */
    STEP_ARM,      /* auto-report and dead-man after the greeting */
    STEP_PROLOGUE, /* before the first line of a run */
    STEP_RESTORE,  /* targets again after a long hold */
    STEP_POLL,     /* M105 where there is no auto-report */
    STEP_DONE,     /* M400: has motion ended? */
    STEP_SETTLE,   /* eight G4 P1, for firmware whose M400 answers at once */
    STEP_STOP,     /* heaters off, then M400, after a failed or cancelled run */
    STEP_IDLE,     /* housekeeping in idle: heaters off, dead-man off */
    STEP_HOME,     /* $H or $X, ordered by a person's unlock */
    STEP_OPERATOR, /* one line by a technician */
    STEP_TEST,     /* the link test */
};

struct talk {
    enum step step;
    uint8_t first, count; /* lines waiting in the ring */
    uint8_t owed;         /* sent and not answered */
    uint8_t ghosts;       /* answers owed to lines of a run that was given up */
    uint8_t tries;
    uint8_t said;    /* lines of a script said all at once */
    bool again;      /* the line was refused as damaged: once more after its ok */
    bool refused;    /* one was refused for good (Grbl error:N) */
    int64_t sent_at; /* or last sign of life while it runs */
    uint64_t token;  /* STEP_OPERATOR, STEP_TEST, STEP_HOME: answer wanted */
    char lines[TALK_LINES][TALK_SIZE];
};

struct stream {
    struct supply *supply; /* owned; NULL: no run */
    struct window window;
    uint64_t sent;    /* lines below it were sent at least once */
    uint64_t acked;   /* lines below it were acknowledged */
    int64_t ok_since; /* the ok clock */
    int64_t torn_at;  /* what is left of an ok came; 0: no, or it is settled */
    bool open;        /* lines may go (prologue done) */
    bool permit_wait; /* a resend waits for its ok, or for quiet */
    bool quiet_wait;  /* of the two: for quiet */
    bool answered;    /* of a probe: Resend came */
    bool doubt;       /* a line was garbled on the way: probe after its ok */
    int64_t permit_due;
    uint64_t asked;  /* line of the last resend */
    uint8_t repeats; /* identical requests still to ignore */
    uint8_t same;    /* resends of one line in a row */
    uint8_t bare;    /* refusals for want of a checksum */
    bool probing;
    uint8_t probes; /* sent without an answer */
    int64_t probe_at;
    int64_t empty_since; /* Grbl: buffer said empty while lines are in flight; 0: no */
    int64_t last_line;   /* of the last Error:… Last Line; -1: none since the last Resend */
    int64_t refused_due; /* a refusal came without Resend: act as if it had; 0: no */
    bool ok_numbers;     /* this firmware's ok names the line */
    bool narrow;         /* it lost bytes once: one line at a time on this connection */
    bool okless;         /* its requests come without an ok */
    bool noise_told;     /* held for noise once in this run: the next threshold ends it */
    uint32_t noise_lines, noise_faults; /* link quality, decayed */
    uint32_t faults;                    /* of this run: any makes the end be checked by a probe */
};

enum hold_why {
    HOLD_NONE,
    HOLD_PERSON,  /* pause by an operator or by the machine's //action:pause */
    HOLD_PROGRAM, /* M0, M600 in the file */
    HOLD_MACHINE, /* it paused itself */
    HOLD_WAITS,   /* it waits for a person at its panel */
    HOLD_FAULT,   /* fails after fail_at unless a person resumes */
    HOLD_NOISE,   /* link quality */
};

struct hold {
    enum hold_why why;
    int64_t since;
    int64_t fail_at;   /* 0: never */
    int64_t waits_at;  /* it last said that it waits for a person */
    bool resumed;      /* it shall go on, and waits for a heating slot */
    uint8_t cooled;    /* 0, 1: nozzle at 170, 2: nozzle off, 3: bed off */
    float nozzle, bed; /* targets to come back to */
};

struct heat {
    bool slot;              /* holds one of the site's heating slots */
    bool warm;              /* a wait of this run was satisfied: no slot needed any more */
    enum item_kind waiting; /* ITEM_WAIT_*; ITEM_SEND: none */
    float target;
    int tool; /* whose target it is; -1: the active one's, or the bed's */
    bool cooling;
    uint8_t good; /* reports within reach, in a row */
    int64_t since;
    float want_nozzle, want_bed; /* last target sent; < 0: unknown */
    int64_t want_nozzle_at, want_bed_at;
    uint64_t want_line; /* line that set the last target */
    float odd;          /* the other target that was reported last */
    uint8_t wrong;      /* reports in a row that show it */
    int64_t hot_since;  /* targets above 0 without a run since; 0: no */
    int64_t polled_at;
    float left_nozzle, left_bed; /* targets of the run that is over, until they are seen gone */
    int64_t off_at;              /* last told off because they were not */
};

struct stop {
    bool active; /* a laser is being stopped: bytes sent, status awaited */
    bool gentle; /* hold first, reset when it stands */
    bool reset_sent;
    bool home; /* position is doubtful afterwards */
    int64_t since;
    int64_t again_at; /* it moves on: stop bytes once more */
};

struct run {
    bool active;
    bool waits; /* accepted later: the consent may still be taken back */
    bool adopted;
    bool lost;     /* link lost in it: probe when it is back */
    bool held;     /* was held when the link was lost */
    bool prologue; /* the bed's consent is used; the prologue or lines went out */
    bool began;    /* EVENT_RUN_STARTED was sent */
    int64_t lost_at;
    int64_t heating_ms, running_ms;
    double left_s; /* by M73; < 0: unknown */
    int64_t left_at;
    double percent; /* by M73; < 0 */
    uint8_t idles;  /* Idle reports in a row */
    struct run_order order;
};

struct consent {
    int64_t id;       /* 0: none */
    int64_t given_ms; /* wall */
    int64_t given_at; /* the same in loop time, which nobody sets back */
    int64_t until_ms; /* wall: starts wait until then */
};

struct machine {
    struct host *host;             /* borrowed */
    struct fleet *fleet;           /* borrowed; NULL in tests without a loop */
    uv_loop_t *loop;               /* the same */
    struct site *site;             /* borrowed */
    const struct dialect *dialect; /* constant */
    struct link *link;             /* owned; NULL: closed */
    int64_t now;                   /* loop time of the call under way */
    enum machine_state state;      /* changed by machine_become alone */
    enum phase phase;
    bool dirty;    /* a counter changed since the last view */
    bool news;     /* more than a counter; both are the floor's to clear */
    bool closing;  /* we asked for the link's end */
    bool released; /* the floor closes: the run is for the next daemon to take up */
    bool in_list;  /* between Begin and End file list: nothing is protocol */
    bool busy_seen;
    bool had_link_loss;  /* the link went away by itself since the last consent */
    bool swept;          /* it vanished together with others, and is not back for good */
    int64_t vanished_at; /* the link went away by itself; 0: never */
    int64_t heard_at, report_at, opened_at, retry_at, next_at, since, asked_at, list_at;
    unsigned backoff_ms, greetings;
    uint32_t random;
    struct framer framer;
    struct talk talk;
    struct stream stream;
    struct hold hold;
    struct heat heat;
    struct stop stop;
    struct run run;
    struct consent consent;
    enum bed_state bed;
    bool out, quarantined, locked, unlocking, armed;
    bool cool;          /* heaters off as soon as it answers again */
    char not_ready[96]; /* "" or why */
    uint32_t capabilities;
    int window_bytes;  /* by [OPT:]; 0: the dialect's */
    int planner_most;  /* most free planner blocks it ever reported when idle */
    int64_t lit_since; /* it stands still with its beam on since; 0: no */
    bool seen_30, seen_32;
    double setting_30, setting_32, setting_22;
    uint32_t identity;     /* hash of its first identity line; 0: none yet */
    uint32_t identity_now; /* of this connection */
    uint32_t identity_odd; /* another one, heard once: asked again before it is believed */
    bool stranger;         /* they differ: nothing is sent to it */
    enum report_state reported;
    float spindle;
    int64_t last_run;
    enum run_outcome last_outcome;
    float nozzle, nozzle_target, bed_temp, bed_target;
    struct heater_report tools[REPLY_TOOLS]; /* of printers with several; NAN: unknown */
    double position[3];
    bool has_position;
    uint64_t sent_lines, resends;
    char message[160], firmware[96];
    struct config *config;            /* one reference */
    const struct config_machine *own; /* in config */
    struct config *next_config;       /* one reference; taken when the run is over */
    bool removed;                     /* goes when the run is over */
    struct ring ring;
    /* Not touched line by line, so behind what is and what machine_prefetch() fetches. */
    int64_t away_since;   /* not connected since; 0: it is */
    int64_t disturbed_at; /* it last moved, or may have: an older word on its bed is void */
};

/* Prepares m for `own` (in config, of which it takes a reference); site and host are borrowed. The
 * machine is offline and tries its port at the first tick. */
void machine_init(struct machine *m, struct host *host, struct site *site, struct config *config,
                  const struct config_machine *own);

/* Frees what m owns; the link must be gone. */
void machine_finish(struct machine *m);

/* Bytes will come after `turns` more of other machines: 3, 2, 1. With thousands of machines nothing
 * of one is in the processor's caches any more when it speaks; fetched while others are served, it
 * costs no waiting. */
void machine_prefetch(const struct machine *m, unsigned turns);

/* Bytes came from the link. */
void machine_on_bytes(struct machine *m, const char *bytes, size_t n, int64_t now);

/* The link is gone; text says why. */
void machine_on_closed(struct machine *m, const char *text, int64_t now);

/* Deadlines; every 50-100 ms. */
void machine_tick(struct machine *m, int64_t now);

/* Does as an order says, for this machine, and answers it where it wants an answer. */
void machine_order(struct machine *m, const struct order *order, int64_t now);

/* The machine as the office sees it. */
void machine_view(struct machine *m, struct machine_view *view);

/* Closes the link without a word to the board and keeps the run adoptable; for the floor's end. */
void machine_release(struct machine *m);

#endif
