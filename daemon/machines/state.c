/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define TO(s) (1u << MACHINE_##s)
#define MISHAP (TO(OFFLINE) | TO(GREETING) | TO(LOCKED) | TO(STOPPING) | TO(IDLE))
/* clang-format off */
static const struct { const char *name; unsigned next; } states[MACHINE_STATES] = {
    [MACHINE_OFFLINE]   = { "offline",   TO(GREETING) | TO(LOCKED) },
    [MACHINE_GREETING]  = { "greeting",  MISHAP | TO(RUNNING) | TO(HELD) },
    [MACHINE_IDLE]      = { "idle",      MISHAP | TO(RUNNING) | TO(HELD) },
    [MACHINE_HEATING]   = { "heating",   MISHAP | TO(RUNNING) | TO(HELD) | TO(FINISHING) },
    [MACHINE_RUNNING]   = { "running",   MISHAP | TO(HEATING) | TO(HELD) | TO(FINISHING) },
    [MACHINE_HELD]      = { "held",      MISHAP | TO(RUNNING) | TO(HEATING) },
    [MACHINE_FINISHING] = { "finishing", MISHAP | TO(HELD) },
    [MACHINE_STOPPING]  = { "stopping",  MISHAP },
    [MACHINE_LOCKED]    = { "locked",    TO(OFFLINE) | TO(GREETING) },
};
/* clang-format on */
#undef MISHAP
#undef TO

const char *machine_state_name(enum machine_state state)
{
    return states[state].name;
}

bool machine_may_become(const struct machine *m, enum machine_state next)
{
    return next == m->state || (states[m->state].next & (1u << next)) != 0;
}

/* Books the time since the last change to the state that ends. */
static void book_time(struct machine *m)
{
    int64_t spent = m->now - m->since;

    if (m->state == MACHINE_HEATING)
        m->run.heating_ms += spent;
    if (m->state == MACHINE_RUNNING || m->state == MACHINE_FINISHING)
        m->run.running_ms += spent;
}

void machine_become(struct machine *m, enum machine_state next)
{
    if (m->state == next)
        return;
    assert(machine_may_become(m, next));
    log_info("%s: %s -> %s", m->own->id, states[m->state].name, states[next].name);
    book_time(m);
    m->state = next;
    m->since = m->now;
    m->host->ops->changed(m->host, m, true);
}

void machine_say(struct machine *m, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(m->message, sizeof m->message, format, args);
    va_end(args);
    m->host->ops->changed(m->host, m, false);
}

static struct event *event_new(struct machine *m, enum event_kind kind)
{
    struct event *event = calloc(1, sizeof *event);

    if (event == NULL) {
        log_error("%s: out of memory, an event is lost", m->own->id);
        return NULL;
    }
    event->kind = kind;
    event->at_ms = m->host->ops->wall(m->host, m->now);
    event->bed = m->bed;
    snprintf(event->machine, sizeof event->machine, "%s", m->own->id);
    return event;
}

void machine_tell_run(struct machine *m, enum event_kind kind, enum run_outcome outcome,
                      const char *reason)
{
    struct event *event = event_new(m, kind);

    if (event == NULL)
        return;
    event->run = m->run.order.run;
    event->consent = m->run.order.consent;
    event->outcome = outcome;
    event->lines = m->stream.acked;
    event->heating_ms = m->run.heating_ms;
    event->running_ms = m->run.running_ms;
    snprintf(event->reason, sizeof event->reason, "%s", reason);
    if (kind == EVENT_RUN_ENDED && outcome == RUN_FAILED)
        event->text = ring_text(&m->ring, m->now);
    m->host->ops->event(m->host, event);
}

void machine_answer(struct machine *m, uint64_t token, enum err err, const char *text)
{
    struct event *event;

    if (token == 0 || (event = event_new(m, EVENT_ANSWER)) == NULL)
        return;
    event->token = token;
    event->err = err;
    event->text = text == NULL ? NULL : strdup(text);
    snprintf(event->reason, sizeof event->reason, "%s", text == NULL ? "" : text);
    m->host->ops->event(m->host, event);
}

void machine_set_bed(struct machine *m, enum bed_state bed)
{
    struct event *event;

    if (m->bed == bed && m->consent.id == 0)
        return;
    m->bed = bed;
    event = event_new(m, EVENT_BED);
    if (event != NULL) {
        event->consent = m->consent.id;
        event->run = m->run.active ? m->run.order.run : 0;
        m->host->ops->event(m->host, event);
    }
    if (bed != BED_CLEAR)
        m->consent = (struct consent){0};
    m->host->ops->changed(m->host, m, true);
}

void machine_disturbed(struct machine *m)
{
    m->disturbed_at = m->now;
    if (m->bed == BED_CLEAR)
        machine_set_bed(m, BED_UNCERTAIN);
}
