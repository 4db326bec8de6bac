/* SPDX-License-Identifier: Apache-2.0 */
/* "Now" as a call through a struct, so that tests own time. */
#ifndef USINE_BASE_CLOCK_H
#define USINE_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*mono_ms)(void *context); /* monotonic milliseconds: for durations and deadlines */
    int64_t (*wall_ms)(void *context); /* milliseconds since 1970 UTC: for what people read */
    void *context;                     /* borrowed */
    double pace; /* wall milliseconds that pass while one of mono does; 0: 1 */
};

/* The machine's own clocks. */
extern const struct clock clock_system;

/* For training, with emulated machines: a calendar of its own. Durations and deadlines stay real.
 */
struct clock_training {
    struct clock clock; /* its context is this struct */
    int64_t from_ms;    /* what the calendar showed */
    int64_t mono_ms;    /* at this moment */
};

/* Begins now: "60" goes 60 times as fast as life, "60@2020-03-27T07:30:00Z" from that moment on.
 * The struct must stay where it is. False: the text is neither, or the pace is not within 1 and
 * 10000. */
bool clock_train(struct clock_training *training, const char *text);

static inline int64_t clock_mono(const struct clock *clock)
{
    return clock->mono_ms(clock->context);
}

static inline int64_t clock_wall(const struct clock *clock)
{
    return clock->wall_ms(clock->context);
}

/* How many wall milliseconds pass in a monotonic one. */
static inline double clock_pace(const struct clock *clock)
{
    return clock->pace > 0 ? clock->pace : 1;
}

#define CLOCK_TEXT_SIZE 25

/* Writes wall_ms as RFC 3339 UTC with milliseconds ("2020-04-07T12:32:08.250Z") and returns text.
 */
const char *clock_text(char text[CLOCK_TEXT_SIZE], int64_t wall_ms);

#endif
