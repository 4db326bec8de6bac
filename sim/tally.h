/* SPDX-License-Identifier: Apache-2.0 */
/* What one emulated machine did: the lines it executed, run by run, each with the hash of its text,
 * and how the host behaved. The hash of a run that went well equals the hash of the program's
 * prepared lines. No malloc but the hash's own context. On request every line is also written down,
 * so that one can be compared with what was sent. */
#ifndef USINE_SIM_TALLY_H
#define USINE_SIM_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/hash.h"
#include "histogram.h"

enum { TALLY_RUNS = 512, TALLY_TURN = 256 }; /* runs remembered; bytes hashed at a time */

struct tally_run {
    uint64_t lines;
    char sha256[HASH_TEXT_SIZE]; /* of every line, each followed by a newline */
    uint64_t skipped, repeated;  /* numbers left out or seen twice: both must be 0 */
};

struct tally {
    uint64_t lines;       /* executed, of programs */
    uint64_t commands;    /* all others that were answered */
    uint64_t resends;     /* asked for */
    uint64_t overflows;   /* times the receive buffer was full */
    uint64_t lost;        /* bytes lost: receive buffer full, or nobody listening fast enough */
    uint64_t underruns;   /* times the planner ran dry in the middle of a run */
    double dry_ms;        /* real milliseconds it stood still for that */
    double beam_still_ms; /* real milliseconds with the beam on and nothing moving */
    uint64_t resets;
    struct histogram turnaround; /* from our ok to the host's next line, in real time */
    uint64_t ok_at_ns;           /* when the ok now waiting for a line was written; 0: none */
    bool ok_waiting;             /* an ok is in the buffer and not written yet */
    bool excused; /* the host rightly waits (a heater is on its way): no standing still */

    FILE *book; /* where executed lines are written: "10000 G1 X1" of a program, "- M105" else,
                   "run" where one begins; owned; NULL: nowhere */

    bool run_open;
    struct tally_run run;              /* the one under way */
    uint64_t run_next;                 /* number expected next */
    struct hash hash;                  /* of it; open with run_open */
    struct tally_run runs[TALLY_RUNS]; /* finished ones, a ring */
    uint64_t run_count;                /* all finished ones */
    char pending[TALLY_TURN];          /* text not hashed yet */
    size_t pending_used;
};

/* Starts a new run (a run under way is finished first). Its lines will be numbered from `first`. */
void tally_run_begin(struct tally *tally, uint64_t first);

/* A line of the program was executed: n bytes of text, without number, checksum and newline. */
void tally_line(struct tally *tally, uint64_t number, const char *text, size_t n);

/* Another command was answered: n bytes of text. */
void tally_command(struct tally *tally, const char *text, size_t n);

/* The run is over. Harmless when none is open. A run without lines is forgotten. */
void tally_run_end(struct tally *tally);

/* The run under way as it stands, its hash so far included. False: none is open. */
bool tally_run_now(struct tally *tally, struct tally_run *run);

/* The bytes just written to the host held an ok; the clock starts. */
void tally_ok_written(struct tally *tally, uint64_t now_ns);

/* The host's next line has been read in full. */
void tally_line_read(struct tally *tally, uint64_t now_ns);

/* Frees the hash of an open run, closes the book. */
void tally_finish(struct tally *tally);

#endif
