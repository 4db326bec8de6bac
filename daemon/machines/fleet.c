/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"
#include "config/diff.h"
#include "drivers/link_set.h"
#include "estop.h"
#include "incident.h"
#include "start.h"
#include "state.h"
#include "wire.h"

enum { SHARES = 2, OPENS_PER_TICK = 20 };

void fleet_init(struct fleet *fleet, struct link_set *links, struct host *host)
{
    memset(fleet, 0, sizeof *fleet);
    fleet->loop = link_set_loop(links);
    fleet->links = links;
    fleet->host = host;
}

static struct machine *find(struct fleet *fleet, const char *id)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->machines[i]->own->id, id) == 0)
            return fleet->machines[i];
    return NULL;
}

static struct site *site_of(struct fleet *fleet, const struct config *config, const char *id)
{
    const struct config_site *row = config_site(config, id);
    struct site **grown;
    struct site *site = NULL;

    for (size_t i = 0; i < fleet->site_count && site == NULL; i++)
        if (strcmp(fleet->sites[i]->id, id) == 0)
            site = fleet->sites[i];
    if (site == NULL) {
        grown = realloc(fleet->sites, (fleet->site_count + 1) * sizeof *grown);
        if (grown == NULL)
            return NULL;
        fleet->sites = grown;
        site = calloc(1, sizeof *site);
        if (site == NULL)
            return NULL;
        snprintf(site->id, sizeof site->id, "%s", id);
        fleet->sites[fleet->site_count++] = site;
    }
    site->max_heating = row == NULL ? 0 : row->max_heating;
    return site;
}

/* ---- links ---- */

static void on_soon(const void *owner, unsigned turns)
{
    machine_prefetch(owner, turns);
}

static void on_bytes(void *owner, const char *bytes, size_t n)
{
    struct machine *m = owner;

    machine_on_bytes(m, bytes, n, (int64_t)uv_now(m->loop));
}

static void on_closed(void *owner, enum err why, const char *text)
{
    struct machine *m = owner;
    int64_t now = (int64_t)uv_now(m->loop);

    machine_on_closed(m, text, now);
    if (why != ERR_OK)
        incident_lost(m->fleet, m, now);
}

static const struct link_events link_events = {
    .on_soon = on_soon, .on_bytes = on_bytes, .on_closed = on_closed};

enum err fleet_open(struct fleet *fleet, struct machine *m, char *text, size_t size)
{
    struct link_spec spec = {
        .port = m->own->port, .baud = m->own->baud, .events = &link_events, .owner = m};
    enum err err;

    if (fleet->closing || fleet->opens == 0 || !incident_may_open(m))
        return ERR_TIMEOUT; /* not in this turn */
    fleet->opens--;
    err = link_open(fleet->links, &spec, &m->link, text, size);
    if (err == ERR_OK)
        incident_opened(m, (int64_t)uv_now(fleet->loop));
    return err;
}

/* ---- the config ---- */

static enum err add(struct fleet *fleet, struct config *config, const struct config_machine *own)
{
    struct site *site = site_of(fleet, config, own->site);
    struct machine **grown = array_grow(fleet->machines, fleet->count, &fleet->room, sizeof *grown);
    struct machine *m;

    if (grown == NULL)
        return ERR_NO_MEMORY;
    fleet->machines = grown;
    m = site == NULL ? NULL : slab_take(&fleet->slab, sizeof *m);
    if (m == NULL)
        return ERR_NO_MEMORY;
    machine_init(m, fleet->host, site, config, own);
    m->fleet = fleet;
    m->loop = fleet->loop;
    fleet->machines[fleet->count++] = m;
    m->now = (int64_t)uv_now(fleet->loop);
    m->since = m->now;
    fleet->host->ops->changed(fleet->host, m, true);
    return ERR_OK;
}

/* The reference and row of a machine that stays as it is, or takes its changed row. */
static void adopt_row(struct machine *m, struct config *config)
{
    struct config *old = m->config;

    m->own = config_machine(config, m->own->id);
    m->config = config_ref(config);
    config_unref(old);
}

/* Takes what a reload has changed; the machine has neither link nor run. */
static void change(struct fleet *fleet, struct machine *m)
{
    struct config *next = m->next_config;
    struct site *site;
    const struct config_machine *own = config_machine(next, m->own->id);
    enum bed_state bed;
    bool out = m->out, quarantined = m->quarantined, locked = m->locked;
    bool cool = m->cool, home = m->stop.home;

    m->next_config = NULL;
    site = own == NULL ? NULL : site_of(fleet, next, own->site);
    if (site == NULL) {
        config_unref(next);
        return;
    }
    machine_disturbed(m);
    bed = m->bed;
    machine_finish(m);
    machine_init(m, fleet->host, site, next, own);
    config_unref(next);
    m->fleet = fleet;
    m->loop = fleet->loop;
    m->now = m->since = (int64_t)uv_now(fleet->loop);
    m->bed = bed;
    m->disturbed_at = m->now;
    m->out = out;
    m->quarantined = quarantined;
    m->locked = locked;
    m->cool = cool;
    m->stop.home = home;
    m->state = locked ? MACHINE_LOCKED : MACHINE_OFFLINE;
    fleet->host->ops->changed(fleet->host, m, true);
}

/* The word on its bed was for the machine as it was: no start may use it any more. */
static void forget_word(struct machine *m)
{
    m->now = (int64_t)uv_now(m->loop);
    start_withdraw(m, "its config has changed: confirm its bed when it is back");
    machine_disturbed(m);
}

enum err fleet_configure(struct fleet *fleet, struct config *config)
{
    struct config *old = fleet->config;
    enum err err = ERR_OK;

    for (size_t i = 0; i < fleet->count; i++) {
        struct machine *m = fleet->machines[i];
        enum config_change how = config_diff_machine(m->config, config, m->own->id);

        config_unref(m->next_config);
        m->next_config = NULL;
        m->removed = how == CONFIG_REMOVED;
        if (how != CONFIG_SAME)
            forget_word(m);
        if (how == CONFIG_CHANGED)
            m->next_config = config_ref(config);
        else if (how == CONFIG_SAME)
            adopt_row(m, config);
    }
    for (size_t i = 0; i < config->site_count; i++)
        site_of(fleet, config, config->sites[i].id);
    for (size_t i = 0; i < config->machine_count && err == ERR_OK; i++)
        if (find(fleet, config->machines[i].id) == NULL)
            err = add(fleet, config, &config->machines[i]);
    fleet->config = config;
    config_unref(old);
    return err;
}

/* ---- orders, ticks ---- */

static void answer_none(struct fleet *fleet, const struct order *order)
{
    struct event *event = order->token == 0 ? NULL : calloc(1, sizeof *event);

    if (event == NULL)
        return;
    event->kind = EVENT_ANSWER;
    event->token = order->token;
    event->err = ERR_NOT_FOUND;
    snprintf(event->machine, sizeof event->machine, "%s", order->machine);
    snprintf(event->reason, sizeof event->reason, "no such machine here");
    event->text = strdup(event->reason);
    fleet->host->ops->event(fleet->host, event);
}

/* Emergency stop of a site or of all: one answer for all of them. */
static void stop_many(struct fleet *fleet, const struct order *order)
{
    struct order one = *order;
    struct machine *last = NULL;
    char text[160];
    unsigned reached = 0, missed = 0;

    for (size_t i = 0; i < fleet->count; i++) {
        struct machine *m = fleet->machines[i];

        if (order->site[0] != '\0' && strcmp(m->own->site, order->site) != 0)
            continue;
        m->now = (int64_t)uv_now(fleet->loop);
        if (machine_estop(m, one.by, text, sizeof text) == ERR_OK)
            reached++;
        else
            missed++;
        last = m;
    }
    if (last == NULL) {
        answer_none(fleet, order);
        return;
    }
    snprintf(text, sizeof text, "emergency stop sent to %u machines; %u could not be reached",
             reached, missed);
    machine_answer(last, order->token, missed > 0 ? ERR_LINK : ERR_OK, text);
}

static void refuse_unknown(struct fleet *fleet, const struct order *order)
{
    struct event *event;

    answer_none(fleet, order);
    if (order->kind != ORDER_START && order->kind != ORDER_ADOPT)
        return;
    event = calloc(1, sizeof *event);
    if (event == NULL)
        return;
    event->kind = EVENT_RUN_ENDED;
    event->run = order->run.run;
    event->outcome = order->kind == ORDER_START ? RUN_REFUSED : RUN_FAILED;
    event->at_ms = fleet->host->ops->wall(fleet->host, (int64_t)uv_now(fleet->loop));
    snprintf(event->machine, sizeof event->machine, "%s", order->machine);
    snprintf(event->reason, sizeof event->reason, "no such machine here");
    fleet->host->ops->event(fleet->host, event);
}

void fleet_order(struct fleet *fleet, const struct order *order)
{
    struct machine *m;

    if (order->kind == ORDER_ESTOP && order->machine[0] == '\0') {
        stop_many(fleet, order);
        return;
    }
    m = find(fleet, order->machine);
    if (m == NULL)
        refuse_unknown(fleet, order);
    else
        machine_order(m, order, (int64_t)uv_now(fleet->loop));
}

static bool is_free(const struct machine *m)
{
    return !m->run.active && !m->run.waits && m->state != MACHINE_STOPPING && !m->stop.active;
}

/* A machine the reload changed or took away, once its run is over. True if it is gone. */
static bool settle(struct fleet *fleet, size_t i)
{
    struct machine *m = fleet->machines[i];

    if ((!m->removed && m->next_config == NULL) || !is_free(m))
        return false;
    if (m->link != NULL) {
        wire_close(m);
        return false;
    }
    if (!m->removed) {
        change(fleet, m);
        return false;
    }
    machine_finish(m);
    slab_give(&fleet->slab, m);
    fleet->machines[i] = fleet->machines[--fleet->count];
    return true;
}

void fleet_tick(struct fleet *fleet)
{
    int64_t now = (int64_t)uv_now(fleet->loop);
    size_t i = fleet->turn++ % SHARES;

    fleet->opens = OPENS_PER_TICK;
    incident_tick(fleet, now);
    while (i < fleet->count) {
        if (settle(fleet, i))
            continue; /* another one has taken its place */
        machine_tick(fleet->machines[i], now);
        i += SHARES;
    }
}

void fleet_ports_changed(struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (fleet->machines[i]->link == NULL)
            fleet->machines[i]->retry_at = 0;
}

bool fleet_close(struct fleet *fleet)
{
    bool open = false;

    fleet->closing = true;
    for (size_t i = 0; i < fleet->count; i++) {
        machine_release(fleet->machines[i]);
        open = open || fleet->machines[i]->link != NULL;
    }
    return !open;
}

void fleet_finish(struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++) {
        machine_finish(fleet->machines[i]);
        slab_give(&fleet->slab, fleet->machines[i]);
    }
    for (size_t i = 0; i < fleet->site_count; i++)
        free(fleet->sites[i]);
    slab_finish(&fleet->slab);
    free(fleet->machines);
    free(fleet->sites);
    config_unref(fleet->config);
    memset(fleet, 0, sizeof *fleet);
}
