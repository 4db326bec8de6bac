/* SPDX-License-Identifier: Apache-2.0 */
/* Load the config and the script, start a board behind each port, write the config that points
 * there, say so, and serve until told to stop; then the report. */
#include "sim.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "config/load.h"
#include "config/rewrite.h"
#include "faults.h"
#include "fleet.h"
#include "machine.h"
#include "operators.h"
#include "report.h"

struct sim {
    const struct options *options; /* borrowed */
    uv_loop_t loop;
    uv_signal_t term, interrupt, usr1;
    struct config *config;       /* owned */
    struct faults faults;        /* owned */
    struct fleet *fleet;         /* owned */
    struct operators *operators; /* owned; NULL: none */
    char dir[PATH_MAX];          /* absolute */
    char socket[PATH_MAX + 512], state[PATH_MAX + 512], port[PATH_MAX + 512];
};

static void stop(struct sim *sim)
{
    uv_close((uv_handle_t *)&sim->term, NULL);
    uv_close((uv_handle_t *)&sim->interrupt, NULL);
    uv_close((uv_handle_t *)&sim->usr1, NULL);
    operators_stop(sim->operators);
    fleet_stop(sim->fleet);
}

static bool write_report(struct sim *sim)
{
    enum err err;

    if (sim->options->report == NULL)
        return true;
    err = report_write(sim->fleet, sim->options->report);
    if (err != ERR_OK)
        fprintf(stderr, "usine-sim: %s: %s\n", sim->options->report, err_words(err));
    return err == ERR_OK;
}

static void on_signal(uv_signal_t *signal, int number)
{
    struct sim *sim = signal->data;

    if (number == SIGUSR1)
        write_report(sim);
    else
        stop(sim);
}

static void listen_to(struct sim *sim, uv_signal_t *signal, int number)
{
    uv_signal_init(&sim->loop, signal);
    signal->data = sim;
    uv_signal_start(signal, on_signal, number);
}

static bool load_config(struct sim *sim)
{
    struct config_faults faults;
    enum err err = config_load(sim->options->config, &sim->config, &faults);

    for (size_t i = 0; i < faults.count; i++)
        fprintf(stderr, "%s:%d:%d: %s\n", faults.file, faults.items[i].line, faults.items[i].column,
                faults.items[i].text);
    config_faults_finish(&faults);
    return err == ERR_OK;
}

static bool load_faults(struct sim *sim)
{
    char text[300];

    if (sim->options->faults == NULL)
        return true;
    if (faults_load(&sim->faults, sim->options->faults, text, sizeof text) == ERR_OK)
        return true;
    fprintf(stderr, "usine-sim: %s\n", text);
    return false;
}

static const char *port_of(void *context, const char *machine)
{
    struct sim *sim = context;

    snprintf(sim->port, sizeof sim->port, "%s/%s", sim->dir, machine);
    return sim->port;
}

static bool write_config(struct sim *sim)
{
    const struct options *o = sim->options;
    char target[600], text[300];
    struct config_rewrite changes = {.port = port_of,
                                     .context = sim,
                                     .listen = o->listen != NULL ? o->listen : "",
                                     .socket = sim->socket,
                                     .state = sim->state};

    snprintf(target, sizeof target, "%s/config.json", o->dir);
    if (config_rewrite(o->config, target, &changes, text, sizeof text) == ERR_OK)
        return true;
    fprintf(stderr, "usine-sim: %s\n", text);
    return false;
}

/* Each machine needs two descriptors. */
static void raise_limits(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* path as it is if it is absolute, else where it stands below here; preset when it is NULL. */
static void place(const char *path, const char *dir, const char *preset, char *out, size_t size)
{
    char here[PATH_MAX] = "";

    if (path == NULL)
        snprintf(out, size, "%s/%s", dir, preset);
    else if (*path == '/' || getcwd(here, sizeof here) == NULL)
        snprintf(out, size, "%s", path);
    else
        snprintf(out, size, "%s/%s", here, path);
}

/* The config's paths are read by another program, from another folder: they are absolute. */
static bool open_dir(struct sim *sim)
{
    const struct options *o = sim->options;

    if ((mkdir(o->dir, 0777) != 0 && errno != EEXIST) || realpath(o->dir, sim->dir) == NULL) {
        fprintf(stderr, "usine-sim: %s: %s\n", o->dir, strerror(errno));
        return false;
    }
    place(o->socket, sim->dir, "usine.sock", sim->socket, sizeof sim->socket);
    place(o->state, sim->dir, "state", sim->state, sizeof sim->state);
    return true;
}

static bool start_fleet(struct sim *sim)
{
    const struct options *o = sim->options;
    struct fleet_options options = {.dir = o->dir,
                                    .speed = o->speed,
                                    .seed = o->seed,
                                    .build = o->build,
                                    .executed = o->executed,
                                    .faults = &sim->faults};
    char text[256] = "out of memory";

    raise_limits();
    if (fleet_create(&sim->fleet, &sim->loop, sim->config, &options, text) == ERR_OK)
        return true;
    fprintf(stderr, "usine-sim: %s\n", text);
    return false;
}

static void on_press(void *context, const char *id)
{
    struct sim *sim = context;

    for (size_t i = 0; i < fleet_count(sim->fleet); i++)
        if (strcmp(fleet_machine(sim->fleet, i)->board->name, id) == 0)
            machine_press(fleet_machine(sim->fleet, i));
}

static void start_operators(struct sim *sim)
{
    const struct options *o = sim->options;
    struct operators_options options = {.socket = sim->socket,
                                        .seed = o->seed,
                                        .delay_s = o->clear_delay_s / o->speed,
                                        .scrap = o->scrap,
                                        .press = on_press,
                                        .context = sim};

    if (o->operators && operators_start(&sim->operators, &sim->loop, &options) != ERR_OK)
        fprintf(stderr, "usine-sim: no memory for operators\n");
}

static void serve(struct sim *sim)
{
    start_operators(sim);
    listen_to(sim, &sim->term, SIGTERM);
    listen_to(sim, &sim->interrupt, SIGINT);
    listen_to(sim, &sim->usr1, SIGUSR1);
    if (!sim->options->quiet) {
        printf("ready: %zu machines in %s/config.json\n", fleet_count(sim->fleet),
               sim->options->dir);
        fflush(stdout);
    }
    uv_run(&sim->loop, UV_RUN_DEFAULT);
}

int sim_run(const struct options *options)
{
    struct sim sim = {.options = options};
    int status = 1;

    if (uv_loop_init(&sim.loop) != 0)
        return 1;
    if (load_config(&sim) && load_faults(&sim) && open_dir(&sim)) {
        if (start_fleet(&sim) && write_config(&sim)) {
            serve(&sim);
            status = write_report(&sim) ? 0 : 1;
        } else if (sim.fleet != NULL) {
            fleet_stop(sim.fleet);
            uv_run(&sim.loop, UV_RUN_DEFAULT);
        }
    }
    fleet_destroy(sim.fleet);
    faults_finish(&sim.faults);
    config_unref(sim.config);
    uv_loop_close(&sim.loop);
    return status;
}
