/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include <stdio.h>
#include <string.h>

#include "state.h"
#include "tools.h"

/* Until a share of the lines is done the program's own estimate rules, later the pace seen here. */
double view_progress(const struct machine *m, double *eta_s)
{
    const struct run *r = &m->run;
    double lines = r->order.lines > 0 ? (double)m->stream.acked / (double)r->order.lines : 0;
    double ran = (double)r->running_ms / 1000;
    double planned, paced;

    *eta_s = -1;
    if (!r->active)
        return 0;
    if (m->state == MACHINE_RUNNING)
        ran += (double)(m->now - m->since) / 1000;
    lines = lines > 1 ? 1 : lines;
    planned = r->order.time_s * (1 - lines);
    paced = lines > 0 ? ran / lines * (1 - lines) : planned;
    if (r->left_s >= 0 && r->percent >= 0) {
        double left = r->left_s - (double)(m->now - r->left_at) / 1000;

        planned = left > 0 ? left : 0;
        lines = r->percent / 100 > lines ? r->percent / 100 : lines;
    }
    if (r->order.time_s > 0 || lines > 0)
        *eta_s = (1 - lines) * planned + lines * paced;
    return lines > 1 ? 1 : lines;
}

/* A printer that pauses itself asks something at its panel, filament mostly; a laser stands behind
 * its door. */
static enum waiting_for waiting_held(const struct machine *m)
{
    switch (m->hold.why) {
    case HOLD_PROGRAM:
    case HOLD_WAITS:
        return WAITING_MATERIAL;
    case HOLD_MACHINE:
        return m->own->profile.kind == KIND_PRINTER ? WAITING_MATERIAL : WAITING_RESUME;
    case HOLD_NONE:
    case HOLD_PERSON:
    case HOLD_FAULT:
    case HOLD_NOISE:
        break;
    }
    return WAITING_RESUME;
}

static enum waiting_for waiting(const struct machine *m)
{
    if (m->locked || m->stop.home)
        return WAITING_UNLOCK;
    if (m->state == MACHINE_HELD)
        return waiting_held(m);
    if (m->run.active || m->out || m->bed == BED_CLEAR)
        return WAITING_NOTHING;
    return WAITING_CLEAR;
}

void machine_view(struct machine *m, struct machine_view *v)
{
    memset(v, 0, sizeof *v);
    snprintf(v->id, sizeof v->id, "%s", m->own->id);
    snprintf(v->site, sizeof v->site, "%s", m->own->site);
    v->state = m->state;
    v->bed = m->bed;
    v->flags = (m->quarantined ? FLAG_QUARANTINED : 0u) | (m->out ? FLAG_OUT_OF_SERVICE : 0u) |
               (m->not_ready[0] != '\0' || m->stop.home ? FLAG_NOT_READY : 0u);
    v->waiting_for = waiting(m);
    v->run = m->run.active || m->run.waits ? m->run.order.run : 0;
    v->last_run = m->last_run;
    v->last_outcome = m->last_outcome;
    v->line = m->run.active ? m->stream.acked : 0;
    v->lines = m->run.active ? m->run.order.lines : 0;
    v->progress = view_progress(m, &v->eta_s);
    v->nozzle = m->nozzle;
    v->nozzle_target = m->nozzle_target;
    v->bed_temp = m->bed_temp;
    v->bed_target = m->bed_target;
    tools_view(m, v);
    memcpy(v->position, m->position, sizeof v->position);
    v->has_position = m->has_position;
    v->since_ms = m->host->ops->wall(m->host, m->since);
    v->heard_ms = m->heard_at == 0 ? 0 : m->host->ops->wall(m->host, m->heard_at);
    v->sent_lines = m->sent_lines;
    v->resends = m->resends;
    v->swept = m->swept;
    snprintf(v->message, sizeof v->message, "%s",
             m->message[0] != '\0' ? m->message : m->not_ready);
    snprintf(v->firmware, sizeof v->firmware, "%s", m->firmware);
    m->dirty = m->news = false;
}
