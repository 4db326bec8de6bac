/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "fleet_parts.h"
#include "machine.h"
#include "model.h"

struct fleet {
    uv_loop_t *loop;          /* borrowed */
    struct machine *machines; /* owned */
    size_t count, started;
    double speed;
    uint64_t begun_ns;
    int inotify; /* who opens and closes the slaves; -1: not known, then somebody always does */
    uv_poll_t watcher;
    struct machine **watches; /* owned: by inotify's number */
    size_t watch_count;
};

uv_loop_t *fleet_loop(const struct fleet *fleet)
{
    return fleet->loop;
}

int64_t fleet_now_us(const struct fleet *fleet)
{
    return (int64_t)((double)(uv_hrtime() - fleet->begun_ns) * 1e-3 * fleet->speed);
}

double fleet_elapsed_s(const struct fleet *fleet)
{
    return (double)(uv_hrtime() - fleet->begun_ns) * 1e-9;
}

static bool remember(struct fleet *f, size_t number, struct machine *m)
{
    if (number >= f->watch_count) {
        size_t count = number + 256;
        struct machine **more = realloc(f->watches, count * sizeof(*more));

        if (more == NULL)
            return false;
        memset(more + f->watch_count, 0, (count - f->watch_count) * sizeof(*more));
        f->watches = more;
        f->watch_count = count;
    }
    f->watches[number] = m;
    return true;
}

void fleet_watch(struct fleet *f, struct machine *m)
{
    m->watch = -1;
    m->listeners = 0;
    if (f->inotify >= 0)
        m->watch = inotify_add_watch(f->inotify, m->port.device, IN_OPEN | IN_CLOSE);
    if (m->watch < 0 || !remember(f, (size_t)m->watch, m))
        m->listeners = 1; /* not to be known: speak always */
}

void fleet_forget(struct fleet *f, struct machine *m)
{
    if (m->watch < 0)
        return;
    inotify_rm_watch(f->inotify, m->watch);
    f->watches[m->watch] = NULL;
    m->watch = -1;
}

static void on_inotify(uv_poll_t *poll, int status, int events)
{
    struct fleet *f = poll->data;
    char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t n = status < 0 ? 0 : read(f->inotify, bytes, sizeof bytes);

    (void)events;
    for (ssize_t at = 0; at + (ssize_t)sizeof(struct inotify_event) <= n;) {
        const struct inotify_event *e = (const void *)(bytes + at);
        struct machine *m = e->wd >= 0 && (size_t)e->wd < f->watch_count ? f->watches[e->wd] : NULL;

        if (m != NULL && (e->mask & (IN_OPEN | IN_CLOSE)) != 0)
            machine_listeners(m, (e->mask & IN_OPEN) != 0 ? 1 : -1);
        at += (ssize_t)(sizeof *e + e->len);
    }
}

static void begin_watching(struct fleet *f)
{
    f->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (f->inotify < 0)
        return;
    if (uv_poll_init(f->loop, &f->watcher, f->inotify) != 0) {
        close(f->inotify);
        f->inotify = -1;
        return;
    }
    f->watcher.data = f;
    uv_poll_start(&f->watcher, UV_READABLE, on_inotify);
}

static enum err start_one(struct fleet *f, size_t i, const struct config_machine *config,
                          const struct fleet_options *options)
{
    struct machine *m = &f->machines[i];
    char link[512];
    struct rng rng;
    enum err err;

    m->fleet = f;
    m->laser = config->profile.kind == KIND_LASER;
    err = model_board(&m->board, config, i, options);
    if (err != ERR_OK)
        return err;
    rng_init(&rng, options->seed, i);
    m->board->trouble.rng = rng;
    if (options->faults != NULL)
        err = machine_take_faults(m, options->faults, &rng);
    if (err == ERR_OK &&
        snprintf(link, sizeof link, "%s/%s", options->dir, config->id) >= (int)sizeof link)
        err = ERR_TOO_LARGE;
    if (err == ERR_OK)
        err = machine_start(m, link);
    return err;
}

enum err fleet_create(struct fleet **fleet, uv_loop_t *loop, const struct config *config,
                      const struct fleet_options *options, char text[256])
{
    struct fleet *f = calloc(1, sizeof *f);
    enum err err = ERR_OK;

    if (f == NULL)
        return ERR_NO_MEMORY;
    f->loop = loop;
    f->speed = options->speed;
    f->begun_ns = uv_hrtime();
    f->machines = calloc(config->machine_count + 1, sizeof *f->machines);
    f->count = config->machine_count;
    *fleet = f;
    if (f->machines == NULL)
        return ERR_NO_MEMORY;
    begin_watching(f);
    while (err == ERR_OK && f->started < f->count) {
        err = start_one(f, f->started, &config->machines[f->started], options);
        if (err == ERR_OK)
            f->started++;
    }
    if (err != ERR_OK)
        snprintf(text, 256, "machine %s: %s", config->machines[f->started].id, err_words(err));
    return err;
}

void fleet_stop(struct fleet *f)
{
    for (size_t i = 0; i < f->started; i++)
        machine_stop(&f->machines[i]);
    if (f->inotify >= 0)
        uv_close((uv_handle_t *)&f->watcher, NULL);
}

void fleet_destroy(struct fleet *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->count && f->machines != NULL; i++)
        model_destroy(f->machines[i].board);
    if (f->inotify >= 0)
        close(f->inotify);
    free(f->watches);
    free(f->machines);
    free(f);
}

size_t fleet_count(const struct fleet *f)
{
    return f->started;
}

struct machine *fleet_machine(struct fleet *f, size_t i)
{
    return &f->machines[i];
}
