/* SPDX-License-Identifier: Apache-2.0 */
/* Which machine does what next, and why not: a pure function of a snapshot. Jobs, programs,
 * machines, sites and parts name each other by index; models and materials by number. No clock, no
 * malloc. */
#ifndef USINE_QUEUE_DISPATCH_H
#define USINE_QUEUE_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "job.h"
#include "program.h"

/* Why a job is not started on a machine, in the order they are looked at: what holds for every
 * machine first, then what does not suit, then what is only so at the moment. */
/* clang-format off */
#define REFUSAL_TABLE(X)                                                                           \
    X(NONE,       "next",           "it is next on this machine")                                  \
    X(CANCELLED,  "cancelled",      "the job is cancelled")                                        \
    X(DONE,       "done",           "the job has all the good pieces it asks for")                 \
    X(HELD,       "on_hold",        "the job is on hold: release it")                              \
    X(IN_FLIGHT,  "in_flight",      "all that is owed is being made or awaits its verdict")        \
    X(NO_PROGRAM, "no_program",     "no program makes this part: add one")                         \
    X(SITE,       "site",           "the job is for other sites")                                  \
    X(EXCLUDED,   "excluded",       "the job is not for this machine")                             \
    X(MODEL,      "model",          "no program is made for this model: add one for it")           \
    X(POLICY,     "policy",         "the program is not accepted for this model")                  \
    X(BED,        "bed_too_small",  "the program moves outside this machine's bed")                \
    X(HEAT,       "too_hot",        "the program needs more heat than this machine may give")      \
    X(NOZZLE,     "nozzle",         "the program is for another nozzle")                           \
    X(MATERIAL,   "material",       "another material is loaded")                                  \
    X(FLAGS,      "flags",          "the machine is out of service, quarantined or not ready")     \
    X(OFFLINE,    "offline",        "the machine is not connected")                                \
    X(LOCKED,     "locked",         "the machine is locked: somebody must look and unlock it")     \
    X(NOT_IDLE,   "not_idle",       "the machine is busy")                                         \
    X(VERDICT,    "verdict",        "the last run awaits its verdict: unload and clear")           \
    X(BED_STATE,  "bed_not_clear",  "nobody has said that the bed is clear: look and clear")       \
    X(WAIT,       "held_back",      "the start is held back a moment, so that the word can be taken back") \
    X(UNATTENDED, "unattended",     "nobody has confirmed presence of late: clear again")          \
    X(GATE,       "start_refused",  "the last start was refused; it is tried again in a moment")   \
    X(CLOSED,     "closed",         "the site is closed")                                          \
    X(CLOSING,    "closing",        "the program does not end before the site closes")             \
    X(QUIET,      "quiet",          "quiet hours: noisy machines do not start")                    \
    X(CHANGE,     "change",         "another material must be loaded first")                       \
    X(LATER,      "other_first",    "another job comes first on this machine")
/* clang-format on */

enum refusal {
#define X(code, key, words) REFUSAL_##code,
    REFUSAL_TABLE(X)
#undef X
};

const char *refusal_key(enum refusal refusal);
const char *refusal_words(enum refusal refusal);

enum { DISPATCH_SPANS = 8 };

struct dispatch_part {
    double have;    /* in stock and in flight */
    double needed;  /* by kits, or by its jobs; > 0 */
    double seconds; /* of machine time for a piece, at best; dispatch_choose fills it */
    double worth;   /* of a piece in those seconds, less for a part that is ahead; the same */
};

struct dispatch_span { /* seconds from now */
    double from_s, to_s;
};

struct dispatch_site {
    bool open;
    double closes_s; /* INFINITY: never */
    double clear_s;  /* how long a finished run usually waits for a person who is there */
    bool quiet;      /* noisy machines do not start */
    /* When somebody is there, from now on, in order; none: as open and closes_s say, and never
     * again. */
    struct dispatch_span spans[DISPATCH_SPANS];
    size_t span_count;
};

struct dispatch_job {
    const struct job *job; /* borrowed */
    size_t part;
    int64_t owed;        /* counted down as choices are made */
    const size_t *sites; /* indexes; NULL: any */
    size_t site_count;
    const size_t *preferred, *excluded; /* machines, by number; borrowed */
    size_t preferred_count, excluded_count;
};

struct dispatch_model {
    int model;
    bool accepted;
    double time_s;
};

struct dispatch_program {
    const struct program *program; /* borrowed; not removed */
    int material;                  /* 0: unknown, suits any */
    double scrap;                  /* share of its pieces that was scrap so far, 0..1 */
    struct dispatch_model models[PROGRAM_MODELS_MAX];
    size_t parts[PROGRAM_YIELDS_MAX]; /* of the yields, in their order */
};

struct dispatch_machine {
    const struct machine_view *view; /* borrowed */
    const struct profile *profile;   /* borrowed */
    size_t number;                   /* in the fleet, of which `machines` may be a part */
    int model, material;             /* material 0: unknown, suits any */
    size_t site;
    double warm_s;   /* what a run takes here beyond its program's time */
    double change_s; /* to load another material; 0: it is not to be changed */
    bool busy;       /* a start or a clear is being written */
    bool awaits_verdict;
    int64_t consent; /* 0: none */
    int64_t given_ms, hold_ms;
    int64_t refused_until_ms;
};

struct dispatch {
    int64_t now_ms;
    struct dispatch_part *parts;
    size_t part_count;
    const struct dispatch_site *sites;
    size_t site_count;
    struct dispatch_job *jobs;
    size_t job_count;
    const struct dispatch_program *programs;
    size_t program_count;
    const struct dispatch_machine *machines;
    size_t machine_count;
    size_t model_count;   /* models are 0..model_count-1 */
    double least_balance; /* have / needed of the part that lacks most; dispatch_choose fills it */
};

/* One way to work on a job: a program for it and a model. Memory for dispatch_choose. */
struct dispatch_way {
    size_t job, program, yield;
    int model;
    double time_s;
    size_t next;  /* of the same model; by priority, part, due date */
    size_t other; /* the next one of another priority or part */
};

struct dispatch_choice {
    size_t machine, job, program;
    double time_s;
    bool change;                       /* no start: another material is to be loaded for it first */
    size_t credit[PROGRAM_YIELDS_MAX]; /* the job each yield counts for; SIZE_MAX: surplus */
};

/* How many ways dispatch_choose needs room for. */
size_t dispatch_ways(const struct dispatch *dispatch);

/* Fills choices (room for every machine), one for each machine that gets something, and returns how
 * many; machines that some job prefers choose first, then site by site. ways: room for
 * dispatch_ways(); heads: for model_count. Owed pieces and parts' have are updated as choices are
 * made, so that no job gets more than one run too much. *looked counts comparisons. */
size_t dispatch_choose(struct dispatch *dispatch, struct dispatch_way *ways, size_t *heads,
                       struct dispatch_choice *choices, size_t *looked);

/* Why this job is not started on this machine: the reason of the program that comes furthest, whose
 * index goes to *program (SIZE_MAX: none). */
enum refusal dispatch_why(const struct dispatch *dispatch, size_t job, size_t machine,
                          size_t *program);

/* True when the machine as it is now would take some start (hours and programs aside). */
bool dispatch_ready(const struct dispatch *dispatch, size_t machine);

#endif
