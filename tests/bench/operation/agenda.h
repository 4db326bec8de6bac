/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual time: what is going to happen, in order, and the clock that everything reads. */
#ifndef USINE_BENCH_OPERATION_AGENDA_H
#define USINE_BENCH_OPERATION_AGENDA_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

/* turn is what agenda_add was given: whoever has gone on since then ignores the call. */
typedef void (*agenda_happen)(void *context, int64_t turn);

struct agenda_item {
    int64_t at_ms;
    uint64_t order; /* of addition: what is due at the same time happens in it */
    agenda_happen happen;
    void *context;
    int64_t turn;
};

struct agenda {
    int64_t now_ms;            /* wall and monotonic */
    struct agenda_item *items; /* a heap; owned */
    size_t count, room;
    uint64_t added;
};

/* Reads agenda, which outlives it. */
struct clock agenda_clock(struct agenda *agenda);

/* after_s from now, to the second. Ends the program when memory is out. */
void agenda_add(struct agenda *agenda, double after_s, agenda_happen happen, void *context,
                int64_t turn);

/* When the next thing is due; INT64_MAX: never. */
int64_t agenda_next(const struct agenda *agenda);

/* Moves the clock to now_ms and lets all happen that is due by then. */
void agenda_reach(struct agenda *agenda, int64_t now_ms);

void agenda_finish(struct agenda *agenda);

#endif
