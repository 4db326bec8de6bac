/* SPDX-License-Identifier: Apache-2.0 */
#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_mono(void *context)
{
    (void)context;
    return read_clock(CLOCK_MONOTONIC);
}

static int64_t system_wall(void *context)
{
    (void)context;
    return read_clock(CLOCK_REALTIME);
}

const struct clock clock_system = {.mono_ms = system_mono, .wall_ms = system_wall};

static int64_t training_wall(void *context)
{
    const struct clock_training *t = context;

    return t->from_ms + (int64_t)((double)(system_mono(NULL) - t->mono_ms) * t->clock.pace);
}

/* False: it is no moment of the form that clock_text writes, whole seconds. */
static bool read_moment(const char *text, int64_t *wall_ms)
{
    struct tm tm = {.tm_isdst = 0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm);

    *wall_ms = (int64_t)timegm(&tm) * 1000;
    return end != NULL && *end == '\0';
}

bool clock_train(struct clock_training *training, const char *text)
{
    char *end;
    double pace = strtod(text, &end);

    training->mono_ms = system_mono(NULL);
    training->from_ms = system_wall(NULL);
    training->clock = (struct clock){system_mono, training_wall, training, pace};
    if (end == text || !(pace >= 1 && pace <= 10000))
        return false;
    return *end == '\0' || (*end == '@' && read_moment(end + 1, &training->from_ms));
}

const char *clock_text(char text[CLOCK_TEXT_SIZE], int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm;
    size_t n;

    gmtime_r(&seconds, &tm);
    n = strftime(text, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(text + n, CLOCK_TEXT_SIZE - n, ".%03uZ", (unsigned)(wall_ms % 1000) % 1000U);
    return text;
}
