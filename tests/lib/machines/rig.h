/* SPDX-License-Identifier: Apache-2.0 */
/* A real struct machine on an in-memory link with a virtual clock: what it writes is kept, what it
 * tells the office is kept, the pool runs when time passes. */
#ifndef USINE_TESTS_RIG_H
#define USINE_TESTS_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machines/machine.h"

enum { RIG_OUT = 1 << 16, RIG_JOBS = 8, RIG_EVENTS = 256 };

/* What is wrong with the orders that follow; all zero: nothing. */
struct rig_twist {
    int64_t age_ms;         /* a start order was written down so long ago */
    int64_t away_ms;        /* ADOPT: the daemon was away so long */
    uint64_t acked;         /* ADOPT: lines known to be taken */
    uint64_t lines;         /* ADOPT: the program had so many when it began; 0: as it has */
    int64_t consent;        /* a start consumes this one instead */
    int64_t consent_age_ms; /* the word was given so long ago */
    int64_t consent_hold_ms;
    bool wrong_hash;
    bool held;              /* ADOPT: it was held when the daemon stopped */
    double nozzle_c, bed_c; /* hottest targets of the program */
    double reach_mm;        /* how far it goes on every axis; 0: unknown */
};

struct rig {
    struct host host; /* first */
    struct site site;
    struct config config;
    struct config_machine own;
    struct config_site config_site;
    struct machine machine;
    struct link link;
    int64_t now;  /* virtual loop time */
    int64_t wall; /* wall clock at loop time 0 */
    int64_t pace; /* training: wall milliseconds in one of the loop's, since paced_at; 0: 1 */
    int64_t paced_at;
    bool plugged;      /* link_open succeeds */
    bool close_asked;  /* the machine closed its link */
    int stall;         /* jobs of the pool wait while > 0 */
    char out[RIG_OUT]; /* bytes the host wrote, not yet taken */
    size_t out_used;
    char line[256]; /* rig_heard's answer */
    bool overtook;  /* the last write was urgent */
    struct pool_job *jobs[RIG_JOBS];
    unsigned job_count;
    struct event *events[RIG_EVENTS]; /* all, in order */
    unsigned event_count;
    char program[64]; /* path of the temporary program, "" if none */
    char sha256[HASH_TEXT_SIZE];
    uint64_t lines; /* of it */
    int64_t next_consent, next_run;
    struct rig_twist twist;
};

/* What the wall clock shows. */
int64_t rig_wall(struct rig *rig);

/* A machine of that profile (id "m1", site "s1"), unplugged, at time 1000000. */
void rig_begin(struct rig *rig, const struct profile *profile);
void rig_end(struct rig *rig);

/* Lets time pass in ticks of 50 ms; pool jobs and asked-for closings happen in between. */
void rig_pass(struct rig *rig, int64_t ms);

/* The machine says n bytes. */
void rig_say(struct rig *rig, const char *bytes, size_t n);

/* The cable is pulled; it cannot be opened again until plugged is true. */
void rig_unplug(struct rig *rig);

/* The next line the host wrote (without newline), or a lone real-time byte; NULL: nothing. Polls
 * ("?") are left out. Valid until the next call. */
const char *rig_heard(struct rig *rig);

/* Writes text as the run's program to a temporary file. */
void rig_program(struct rig *rig, const char *text);

/* A consent and a start order for the program. */
void rig_start(struct rig *rig);

/* One order without fields but kind and line (NULL: none); answered with token 7. */
void rig_order(struct rig *rig, enum order_kind kind, const char *line);

/* The last event of that kind, or NULL. */
const struct event *rig_event(const struct rig *rig, enum event_kind kind);

#endif
