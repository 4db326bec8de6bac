/* SPDX-License-Identifier: Apache-2.0 */
/* "Now" as a call through a struct, so that tests own time. */
#ifndef USINE_BASE_CLOCK_H
#define USINE_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*mono_ms)(void *context); /* monotonic milliseconds: for durations and deadlines */
    int64_t (*wall_ms)(void *context); /* milliseconds since 1970 UTC: for what people read */
    void *context;                     /* borrowed */
};

/* The machine's own clocks. */
extern const struct clock clock_system;

static inline int64_t clock_mono(const struct clock *clock)
{
    return clock->mono_ms(clock->context);
}

static inline int64_t clock_wall(const struct clock *clock)
{
    return clock->wall_ms(clock->context);
}

#define CLOCK_TEXT_SIZE 25

/* Writes wall_ms as RFC 3339 UTC with milliseconds ("2020-04-07T12:32:08.250Z") and returns text.
 */
const char *clock_text(char text[CLOCK_TEXT_SIZE], int64_t wall_ms);

#endif
