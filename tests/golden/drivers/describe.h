/* SPDX-License-Identifier: Apache-2.0 */
/* A decoded reply as one line of text, for the .chk files: kind, then every field that is set. */
#ifndef USINE_TESTS_DRIVERS_DESCRIBE_H
#define USINE_TESTS_DRIVERS_DESCRIBE_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "drivers/dialect.h"

struct description {
    char text[1024];
    size_t used;
};

__attribute__((format(printf, 2, 3))) static inline void describe_add(struct description *d,
                                                                      const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(d->text + d->used, sizeof d->text - d->used, format, args);
    va_end(args);
    if (n > 0)
        d->used += (size_t)n;
    if (d->used >= sizeof d->text)
        d->used = sizeof d->text - 1;
}

static inline void describe_counts(struct description *d, const struct reply *r)
{
    if (r->line != -1)
        describe_add(d, " line=%lld", (long long)r->line);
    if (r->planner_free != -1)
        describe_add(d, " planner=%d", r->planner_free);
    if (r->slots_free != -1)
        describe_add(d, " slots=%d", r->slots_free);
    if (r->has_buffer)
        describe_add(d, " buffer");
    if (r->code != -1)
        describe_add(d, " code=%d", r->code);
    if (r->kind == REPLY_SETTING)
        describe_add(d, " value=%.10g", r->value);
    if (r->window_lines != 0 || r->window_bytes != 0)
        describe_add(d, " window=%d/%d", r->window_lines, r->window_bytes);
    if (r->capabilities_known != 0)
        describe_add(d, " cap=%x/%x", r->capabilities, r->capabilities_known);
}

static inline void describe_state(struct description *d, const struct reply *r)
{
    static const char *const states[] = {"",     "idle",  "run",  "hold",  "jog", "alarm",
                                         "door", "check", "home", "sleep", "tool"};
    static const char *const stops[] = {"", "locked", "dryrun", "cold"};
    static const char *const actions[] = {"",       "pause",      "paused", "resume", "resumed",
                                          "cancel", "disconnect", "prompt", "other"};

    if (r->state != REPORT_NONE)
        describe_add(d, " %s", states[r->state]);
    if (r->substate != -1)
        describe_add(d, ":%d", r->substate);
    if (r->stop != STOP_NONE)
        describe_add(d, " %s", stops[r->stop]);
    if (r->action != MACHINE_ACTION_NONE)
        describe_add(d, " %s", actions[r->action]);
    if (r->needs_more)
        describe_add(d, " half");
}

static inline void describe_heat(struct description *d, const char *name,
                                 const struct heater_report *heater)
{
    if (!heater->has)
        return;
    describe_add(d, " %s=%g", name, (double)heater->now);
    if (!isnan(heater->target))
        describe_add(d, "/%g", (double)heater->target);
}

static inline const char *describe(struct description *d, const struct reply *r)
{
    d->used = 0;
    describe_add(d, "%s", reply_kind_name(r->kind));
    describe_state(d, r);
    describe_counts(d, r);
    describe_heat(d, "nozzle", &r->nozzle);
    describe_heat(d, "bed", &r->bed);
    if (r->has_position)
        describe_add(d, " at=%g,%g,%g", r->position[0], r->position[1], r->position[2]);
    if (r->has_feed)
        describe_add(d, " feed=%g,%g", r->feed, r->spindle);
    describe_add(d, " | %s\n", r->text);
    return d->text;
}

#endif
