/* SPDX-License-Identifier: Apache-2.0 */
#include "rig.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct rig *rig_of(struct host *host)
{
    return (struct rig *)host;
}

/* ---- the link ---- */

static struct rig *of_link(struct link *link)
{
    return link->owner;
}

static enum err link_take(struct link *link, const char *bytes, size_t n)
{
    struct rig *rig = of_link(link);

    assert(rig->out_used + n < RIG_OUT);
    memcpy(rig->out + rig->out_used, bytes, n);
    rig->out_used += n;
    rig->overtook = false;
    return ERR_OK;
}

static enum err link_take_urgent(struct link *link, const char *bytes, size_t n)
{
    enum err err = link_take(link, bytes, n);

    of_link(link)->overtook = true;
    return err;
}

static void link_end(struct link *link)
{
    of_link(link)->close_asked = true;
}

static const struct link_ops link_ops = {
    .write = link_take, .write_urgent = link_take_urgent, .close = link_end};

/* ---- the host ---- */

static enum err on_open(struct host *host, struct machine *m, char *text, size_t size)
{
    struct rig *rig = rig_of(host);

    if (!rig->plugged) {
        snprintf(text, size, "%s is not plugged in", m->own->port);
        return ERR_NOT_FOUND;
    }
    rig->link = (struct link){.ops = &link_ops, .owner = rig};
    rig->close_asked = false;
    m->link = &rig->link;
    return ERR_OK;
}

static void on_pool(struct host *host, struct pool_job *job)
{
    struct rig *rig = rig_of(host);

    assert(rig->job_count < RIG_JOBS);
    rig->jobs[rig->job_count++] = job;
}

static void on_changed(struct host *host, struct machine *m, bool at_once)
{
    (void)host;
    m->dirty = true;
    m->news = m->news || at_once;
}

static void on_event(struct host *host, struct event *event)
{
    struct rig *rig = rig_of(host);

    assert(rig->event_count < RIG_EVENTS);
    rig->events[rig->event_count++] = event;
}

static int64_t on_wall(struct host *host, int64_t now)
{
    const struct rig *rig = rig_of(host);

    return rig->wall + now + (rig->pace > 1 ? (rig->pace - 1) * (now - rig->paced_at) : 0);
}

int64_t rig_wall(struct rig *rig)
{
    return on_wall(&rig->host, rig->now);
}

static const struct host_ops host_ops = {
    .open = on_open,
    .pool = on_pool,
    .changed = on_changed,
    .event = on_event,
    .wall = on_wall,
};

void rig_begin(struct rig *rig, const struct profile *profile)
{
    memset(rig, 0, sizeof *rig);
    rig->host.ops = &host_ops;
    rig->now = 1000000;
    rig->wall = 1586262728250 - rig->now;
    rig->next_consent = rig->next_run = 1;
    snprintf(rig->site.id, sizeof rig->site.id, "s1");
    snprintf(rig->own.id, sizeof rig->own.id, "m1");
    snprintf(rig->own.site, sizeof rig->own.site, "s1");
    snprintf(rig->own.port, sizeof rig->own.port, "/dev/m1");
    rig->own.baud = profile->baud;
    rig->own.profile = *profile;
    rig->config.machines = &rig->own;
    rig->config.machine_count = 1;
    rig->config.references = 1000; /* never freed: it is part of the rig */
    machine_init(&rig->machine, &rig->host, &rig->site, &rig->config, &rig->own);
    rig->machine.now = rig->machine.since = rig->now;
}

static void run_jobs(struct rig *rig)
{
    unsigned n = rig->job_count;
    struct pool_job *jobs[RIG_JOBS];

    if (rig->stall > 0)
        return;
    memcpy(jobs, rig->jobs, sizeof jobs);
    rig->job_count = 0;
    rig->machine.now = rig->now;
    for (unsigned i = 0; i < n; i++) {
        jobs[i]->run(jobs[i]->data);
        jobs[i]->done(jobs[i]->data);
    }
}

static void close_link(struct rig *rig)
{
    if (!rig->close_asked || rig->machine.link == NULL)
        return;
    rig->close_asked = false;
    machine_on_closed(&rig->machine, "closed", rig->now);
}

void rig_pass(struct rig *rig, int64_t ms)
{
    int64_t until = rig->now + ms;

    for (;;) {
        for (int i = 0; i < 4 && rig->job_count > 0; i++)
            run_jobs(rig);
        close_link(rig);
        if (rig->now >= until)
            return;
        rig->now += until - rig->now < 50 ? until - rig->now : 50;
        machine_tick(&rig->machine, rig->now);
    }
}

void rig_say(struct rig *rig, const char *bytes, size_t n)
{
    if (rig->machine.link != NULL)
        machine_on_bytes(&rig->machine, bytes, n, rig->now);
    rig_pass(rig, 0);
}

void rig_unplug(struct rig *rig)
{
    rig->plugged = false;
    rig->close_asked = false;
    if (rig->machine.link != NULL)
        machine_on_closed(&rig->machine, "the cable was pulled", rig->now);
}

static void drop(struct rig *rig, size_t n)
{
    memmove(rig->out, rig->out + n, rig->out_used - n);
    rig->out_used -= n;
}

const char *rig_heard(struct rig *rig)
{
    char *line = rig->line;
    size_t n = 0;

    while (rig->out_used > 0 && (rig->out[0] == '?' || rig->out[0] == '\n'))
        drop(rig, 1);
    if (rig->out_used == 0)
        return NULL;
    if (strchr("!~\x18", rig->out[0]) != NULL) {
        snprintf(line, sizeof rig->line, rig->out[0] == 0x18 ? "^X" : "%c", rig->out[0]);
        drop(rig, 1);
        return line;
    }
    while (n < rig->out_used && rig->out[n] != '\n')
        n++;
    snprintf(line, sizeof rig->line, "%.*s", (int)n, rig->out);
    drop(rig, n < rig->out_used ? n + 1 : n);
    return line;
}

static void free_event(struct event *event)
{
    free(event->text);
    free(event->views);
    free(event);
}

void rig_end(struct rig *rig)
{
    rig->stall = 0;
    machine_finish(&rig->machine);
    for (int i = 0; i < 8 && rig->job_count > 0; i++)
        run_jobs(rig);
    for (unsigned i = 0; i < rig->event_count; i++)
        free_event(rig->events[i]);
    if (rig->program[0] != '\0')
        unlink(rig->program);
}
