/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fleet_parts.h"
#include "listeners.h"
#include "machine.h"
#include "model.h"

struct fleet {
    uv_loop_t *loop;          /* borrowed */
    struct machine *machines; /* owned */
    size_t count, started;
    double speed;
    uint64_t begun_ns;
    struct listeners *listeners; /* owned; NULL: not known who listens, so somebody always does */
};

uv_loop_t *fleet_loop(const struct fleet *fleet)
{
    return fleet->loop;
}

struct listeners *fleet_listeners(const struct fleet *fleet)
{
    return fleet->listeners;
}

int64_t fleet_now_us(const struct fleet *fleet)
{
    return (int64_t)((double)(uv_hrtime() - fleet->begun_ns) * 1e-3 * fleet->speed);
}

/* The book of what a machine executes, if one is asked for. */
static enum err open_book(struct machine *m, const char *id, const char *dir)
{
    char path[512];

    if (dir == NULL)
        return ERR_OK;
    if (snprintf(path, sizeof path, "%s/%s.lines", dir, id) >= (int)sizeof path)
        return ERR_TOO_LARGE;
    m->board->tally.book = fopen(path, "we");
    return m->board->tally.book == NULL ? ERR_DISK : ERR_OK;
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
    err = open_book(m, config->id, options->executed);
    if (err == ERR_OK && options->faults != NULL)
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
    f->listeners = listeners_create(loop);
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
    listeners_stop(f->listeners);
}

void fleet_destroy(struct fleet *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->count && f->machines != NULL; i++)
        model_destroy(f->machines[i].board);
    listeners_destroy(f->listeners);
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
