/* SPDX-License-Identifier: Apache-2.0 */
/* Three ports of a site lost within a second of each other open an incident; every further one
 * joins it. When a second has passed without another one the office is told, once, how many. They
 * come back one at a time: a hub that is switched on again is not asked everything at once, and
 * what is odd about one board (another one on its port, a reset) is seen before the next one is
 * greeted. Thirty must be back within the minute a run waits for its cable, so a board that does
 * not answer holds up the others for a second at most. Beds that went cold are heated within the
 * site's slots like any other (heat.c). Told again when the last one is back. */
#include "incident.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "fleet.h"
#include "state.h"

enum {
    TOGETHER_MS = 1000, /* this close they fell together */
    PORTS = 3,
    TURN_MS = 1000,
    SETTLED_MS = 2000, /* back for so long: what it does now is its own doing */
};

static void tell(struct fleet *fleet, const struct site *site, int64_t now, const char *format, ...)
{
    struct event *event = calloc(1, sizeof *event);
    va_list args;

    if (event == NULL) {
        log_error("%s: out of memory, an event is lost", site->id);
        return;
    }
    event->kind = EVENT_INCIDENT;
    event->at_ms = fleet->host->ops->wall(fleet->host, now);
    snprintf(event->site, sizeof event->site, "%s", site->id);
    va_start(args, format);
    vsnprintf(event->reason, sizeof event->reason, format, args);
    va_end(args);
    fleet->host->ops->event(fleet->host, event);
}

static void sweep(struct machine *m)
{
    m->swept = true;
    machine_say(m, "vanished together with others of its site: look for their USB hub or its "
                   "supply");
}

static bool is_gone_with(const struct machine *m, const struct site *site, int64_t since)
{
    return m->site == site && m->link == NULL && m->vanished_at != 0 && m->vanished_at >= since;
}

static void open_incident(struct fleet *fleet, struct site *site, int64_t now)
{
    struct incident *incident = &site->incident;

    log_error("%s: %d machines vanished within a second: one incident", site->id, PORTS);
    incident->open = true;
    incident->told = false;
    for (size_t i = 0; i < fleet->count; i++)
        if (is_gone_with(fleet->machines[i], site, now - TOGETHER_MS * (PORTS - 1)))
            sweep(fleet->machines[i]);
}

void incident_lost(struct fleet *fleet, struct machine *m, int64_t now)
{
    struct incident *incident = &m->site->incident;

    if (now - incident->last_at > TOGETHER_MS)
        incident->lost = 0;
    incident->last_at = m->vanished_at = now;
    if (++incident->lost == PORTS)
        open_incident(fleet, m->site, now);
    else if (incident->lost > PORTS)
        sweep(m);
}

bool incident_may_open(const struct machine *m)
{
    const struct incident *incident = &m->site->incident;

    return !incident->open || incident->turn == NULL;
}

void incident_opened(struct machine *m, int64_t now)
{
    struct incident *incident = &m->site->incident;

    if (!incident->open)
        return;
    incident->turn = m;
    incident->turn_until = now + TURN_MS;
}

void incident_forget(struct machine *m)
{
    if (m->site->incident.turn == m)
        m->site->incident.turn = NULL;
}

/* Is it back, or will it not come back by itself? */
static bool is_settled(const struct machine *m, int64_t now)
{
    return m->locked || (m->phase == PHASE_READY && now - m->opened_at >= SETTLED_MS);
}

/* How many of the site are still away, or have only just come back. */
static unsigned count_swept(struct fleet *fleet, const struct site *site, int64_t now)
{
    unsigned count = 0;

    for (size_t i = 0; i < fleet->count; i++) {
        struct machine *m = fleet->machines[i];

        if (m->site != site || !m->swept)
            continue;
        if (is_settled(m, now)) {
            m->swept = false;
            fleet->host->ops->changed(fleet->host, m, false);
        }
        count += m->swept;
    }
    return count;
}

static void follow(struct fleet *fleet, struct site *site, int64_t now)
{
    struct incident *incident = &site->incident;
    const struct machine *turn = incident->turn;
    unsigned swept;

    if (turn != NULL &&
        (turn->phase == PHASE_READY || turn->link == NULL || now >= incident->turn_until))
        incident->turn = NULL;
    if (now - incident->last_at <= TOGETHER_MS)
        return;
    swept = count_swept(fleet, site, now);
    if (!incident->told) {
        incident->told = true;
        incident->count = swept;
        tell(fleet, site, now,
             "%u machines of %s vanished together: look for their USB hub or its supply", swept,
             site->id);
    }
    if (swept > 0)
        return;
    tell(fleet, site, now, "the %u machines of %s that vanished together are back", incident->count,
         site->id);
    *incident = (struct incident){0};
}

void incident_tick(struct fleet *fleet, int64_t now)
{
    for (size_t i = 0; i < fleet->site_count; i++)
        if (fleet->sites[i]->incident.open)
            follow(fleet, fleet->sites[i], now);
}
