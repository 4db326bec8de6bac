/* SPDX-License-Identifier: Apache-2.0 */
/* One emulated Marlin board, as lean as a bench can have it: lines in, replies out, a planner that
 * empties at a fixed rate. It knows no clock and no file descriptor: it is told the time and leaves
 * its words in `out`. */
#ifndef USINE_BENCH_BOARD_H
#define USINE_BENCH_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BOARD_PLANNER = 16, BOARD_QUEUE = 8, BOARD_LINE = 128, BOARD_OUT = 4096 };

struct board_rules {
    int64_t segment_ns; /* time a move takes; 0: none, every line is answered at once */
    unsigned buffer;    /* lines it takes before it answers the first (BUFSIZE), <= BOARD_QUEUE */
    bool advanced_ok;   /* answers "ok N7 P15 B3" */
};

struct board_command {
    uint32_t number;
    bool numbered, move, empties; /* empties: answered when the planner is empty (M400) */
    bool temperatures, identity;  /* M105; M115 */
};

struct board {
    const struct board_rules *rules;
    char in[BOARD_LINE];
    size_t in_n;
    char out[BOARD_OUT];
    size_t out_n;
    struct board_command queue[BOARD_QUEUE]; /* taken, not yet answered */
    unsigned queued;
    unsigned planned;     /* moves in the planner */
    int64_t segment_end;  /* when the move under way ends; valid while planned > 0 */
    int64_t phase;        /* added to its first move, ns: no two boards of a fleet beat together */
    int64_t dry_since;    /* when the planner ran dry with nothing queued; 0: it has not */
    int64_t report_every; /* M155, ns; 0: off */
    int64_t report_next;
    uint32_t last;      /* last line number accepted */
    double nozzle, bed; /* targets; reached at once */

    /* What is measured; the bench sets them to 0. */
    uint64_t lines, refused, overrun;
    uint64_t stalls;
    int64_t stall_ns, stall_max_ns;
};

void board_init(struct board *board, const struct board_rules *rules);

/* Bytes came from the host. Returns how many whole lines they ended. */
unsigned board_take(struct board *board, const char *bytes, size_t n, int64_t now_ns);

/* Lets time pass: ends moves, answers what can be answered. Returns how many lines it answered. */
unsigned board_run(struct board *board, int64_t now_ns);

/* When board_run can do something next; INT64_MAX: only when bytes come. */
int64_t board_due(const struct board *board);

#endif
