/* SPDX-License-Identifier: Apache-2.0 */
/* A queue on a desk: a real database in a temporary folder, a clock the test turns, and a floor
 * that only writes down what it is told. */
#ifndef USINE_TESTS_QUEUE_DESK_H
#define USINE_TESTS_QUEUE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "queue/bed.h"
#include "queue/job.h"
#include "queue/program.h"
#include "queue/queue.h"
#include "queue/roster.h"
#include "queue/run.h"
#include "store/store.h"

#define DESK_NOON 1586260800000 /* 2020-04-07 12:00 UTC, 14:00 in Paris, a Tuesday */

struct desk {
    uv_loop_t loop;
    struct clock clock;
    int64_t now_ms;   /* both clocks */
    int64_t ahead_ms; /* the wall clock was set forward by this */
    struct config *config;
    struct queue *queue;
    char folder[64];
    struct order *orders; /* copies of what the floor was told */
    size_t order_count;
    bool answered; /* by the last request */
    enum err err;
    char text[400];
    int64_t id;
    bool closed;
};

static int64_t desk_now(void *context)
{
    return ((struct desk *)context)->now_ms;
}

static int64_t desk_wall(void *context)
{
    return ((struct desk *)context)->now_ms + ((struct desk *)context)->ahead_ms;
}

static bool desk_order(void *floor, struct order *order)
{
    struct desk *desk = floor;

    desk->orders = realloc(desk->orders, (desk->order_count + 1) * sizeof *desk->orders);
    assert_non_null(desk->orders);
    desk->orders[desk->order_count++] = *order;
    if (order->kind == ORDER_CONFIGURE)
        config_unref(order->config);
    free(order);
    return true;
}

static void desk_done(void *context, enum err err, const char *text, int64_t id)
{
    struct desk *desk = context;

    desk->answered = true;
    desk->err = err;
    desk->id = id;
    snprintf(desk->text, sizeof desk->text, "%s", text);
}

static inline void desk_program_done(void *context, enum err err, const char *text,
                                     const cJSON *report)
{
    (void)report;
    desk_done(context, err, text, 0);
}

/* Turns the loop until the last request is answered. */
static inline enum err desk_wait(struct desk *desk)
{
    while (!desk->answered)
        uv_run(&desk->loop, UV_RUN_ONCE);
    desk->answered = false;
    return desk->err;
}

/* Turns the loop until the store has written what it was given, and the dispatcher has looked. */
static inline void desk_settle(struct desk *desk)
{
    for (int i = 0; i < 3; i++) {
        struct clear_request nobody = {.machine = "nobody", .by = "test"};

        uv_run(&desk->loop, UV_RUN_NOWAIT);
        queue_clear(desk->queue, &nobody, desk_done, desk);
        assert_int_equal(desk_wait(desk), ERR_NOT_FOUND);
    }
}

static inline void desk_open(struct desk *desk)
{
    struct queue_setup setup = {.loop = &desk->loop,
                                .clock = &desk->clock,
                                .config = desk->config,
                                .order = desk_order,
                                .floor = desk};
    char text[400];
    enum err err = queue_open(&desk->queue, &setup, text, sizeof text);

    if (err != ERR_OK)
        fail_msg("queue_open: %s", text);
}

static void desk_on_closed(void *context)
{
    ((struct desk *)context)->closed = true;
}

static inline void desk_close(struct desk *desk)
{
    desk->closed = false;
    queue_close(desk->queue, desk_on_closed, desk);
    uv_run(&desk->loop, UV_RUN_DEFAULT);
    assert_true(desk->closed);
    desk->queue = NULL;
}

static inline struct config *desk_config(const char *state, const char *machines)
{
    struct config_faults faults;
    struct config *config = NULL;
    char text[8000];

    snprintf(
        text, sizeof text,
        "{\"role\": \"standalone\", \"state\": \"%s\", \"timezone\": \"Europe/Paris\","
        "\"sites\": [{\"id\": \"caen\", \"name\": \"Caen\", \"hours\": \"08:00-20:00\","
        "            \"quiet\": \"12:00-16:00\"},"
        "            {\"id\": \"rouen\", \"name\": \"Rouen\", \"hours\": \"24/7\"}],"
        "\"machines\": [%s],"
        "\"parts\": [{\"id\": \"serre-tete\", \"name\": \"Serre-tete\", \"process\": \"print\"},"
        "            {\"id\": \"renfort\", \"name\": \"Renfort\", \"process\": \"print\"},"
        "            {\"id\": \"ecran\", \"name\": \"Ecran\", \"process\": \"laser\"},"
        "            {\"id\": \"petg\", \"name\": \"PETG\", \"process\": \"buy\","
        "             \"material\": \"PETG\", \"unit\": \"gram\"}],"
        "\"products\": [{\"id\": \"visiere\", \"name\": \"Visiere\","
        "                \"parts\": {\"serre-tete\": 1, \"ecran\": 1, \"renfort\": 1}}],"
        "\"target_per_day\": 500}",
        state, machines);
    if (config_parse("desk.json", text, strlen(text), &config, &faults) != ERR_OK)
        fail_msg("config: %s", faults.count > 0 ? faults.items[0].text : "?");
    config_faults_finish(&faults);
    return config;
}

static const char desk_machines[] =
    "{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"prusa-mk3\", \"port\": \"/dev/p1\","
    " \"material\": \"PETG\"},"
    "{\"id\": \"p2\", \"site\": \"rouen\", \"model\": \"prusa-mk3\", \"port\": \"/dev/p2\","
    " \"material\": \"PETG\"},"
    "{\"id\": \"e1\", \"site\": \"rouen\", \"model\": \"ender-3\", \"port\": \"/dev/e1\","
    " \"material\": \"PLA\"},"
    "{\"id\": \"l1\", \"site\": \"rouen\", \"model\": \"grbl-600x400\", \"port\": \"/dev/l1\"}";

static inline int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    snprintf(desk->folder, sizeof desk->folder, "/tmp/usine-queue-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    assert_int_equal(uv_loop_init(&desk->loop), 0);
    desk->now_ms = DESK_NOON;
    desk->clock = (struct clock){.mono_ms = desk_now, .wall_ms = desk_wall, .context = desk};
    desk->config = desk_config(desk->folder, desk_machines);
    desk_open(desk);
    *state = desk;
    return 0;
}

static inline int desk_teardown(void **state)
{
    struct desk *desk = *state;
    char command[100];

    if (desk->queue != NULL)
        desk_close(desk);
    assert_int_equal(uv_loop_close(&desk->loop), 0);
    config_unref(desk->config);
    snprintf(command, sizeof command, "rm -rf %s", desk->folder);
    assert_int_equal(system(command), 0);
    free(desk->orders);
    free(desk);
    return 0;
}

/* The daemon dies: what was not committed is lost, what was is found again. */
static inline void desk_restart(struct desk *desk)
{
    desk_close(desk);
    desk->order_count = 0;
    desk_open(desk);
}

/* ---- what people do ---- */

static const char desk_gcode[] = "G21\nG90\nM82\nM104 S200\nG28\nM109 S200\nG92 E0\n"
                                 "G1 X10 Y10 Z0.2 F3000\nG1 X60 Y10 E3 F1500\n"
                                 "G1 X60 Y60 E6\nM104 S0\nM84\n";
static const char desk_laser[] = "G21\nG90\nM4 S0\nG0 X10 Y10\nG1 X50 S500 F1200\nG1 Y50\nM5\n";

/* Uploads text; the request's path is set here. */
static inline enum err desk_upload(struct desk *desk, struct program_request *ask,
                                   const char *gcode)
{
    char path[120];
    FILE *file;

    snprintf(path, sizeof path, "%s/upload.gcode", desk->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "; %s\n%s", ask->name, gcode);
    fclose(file);
    ask->path = path;
    queue_program_add(desk->queue, ask, desk_program_done, desk);
    return desk_wait(desk);
}

static inline enum err desk_program(struct desk *desk, const char *name, const char *model,
                                    const char *part, int64_t pieces)
{
    struct program_request ask = {.model_count = 1, .yield_count = 1, .by = "test"};

    snprintf(ask.name, sizeof ask.name, "%s", name);
    snprintf(ask.models[0], sizeof ask.models[0], "%s", model);
    snprintf(ask.yields[0].part, sizeof ask.yields[0].part, "%s", part);
    ask.yields[0].pieces = pieces;
    return desk_upload(desk, &ask, strncmp(model, "grbl", 4) == 0 ? desk_laser : desk_gcode);
}

static inline int64_t desk_job(struct desk *desk, const char *part, int64_t target)
{
    struct job job = {.target = target, .priority = 5};

    snprintf(job.part, sizeof job.part, "%s", part);
    queue_job_add(desk->queue, &job, desk_done, desk);
    if (desk_wait(desk) != ERR_OK)
        fail_msg("job: %s", desk->text);
    return desk->id;
}

static inline enum err desk_clear(struct desk *desk, const char *machine)
{
    struct clear_request ask = {.by = "anne"};

    snprintf(ask.machine, sizeof ask.machine, "%s", machine);
    queue_clear(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static inline enum err desk_count(struct desk *desk, const char *machine, int64_t good,
                                  int64_t scrap, const char *reason)
{
    struct clear_part part = {.good = good, .scrap = scrap};
    struct clear_request ask = {.by = "anne", .parts = &part, .part_count = 1};

    snprintf(ask.machine, sizeof ask.machine, "%s", machine);
    snprintf(part.reason, sizeof part.reason, "%s", reason);
    queue_clear(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

/* ---- what the floor says ---- */

static inline void desk_view(struct desk *desk, const char *machine, enum machine_state state,
                             enum bed_state bed)
{
    struct machine_view view = *queue_view(desk->queue, machine);
    struct event event = {.kind = EVENT_VIEWS, .views = &view, .view_count = 1};

    view.state = state;
    view.bed = bed;
    view.heard_ms = desk->now_ms;
    queue_on_event(desk->queue, &event);
}

static inline void desk_started(struct desk *desk, const char *machine, int64_t run)
{
    struct event bed = {.kind = EVENT_BED, .bed = BED_OCCUPIED, .at_ms = desk->now_ms};
    struct event event = {.kind = EVENT_RUN_STARTED, .run = run, .at_ms = desk->now_ms};

    snprintf(event.machine, sizeof event.machine, "%s", machine);
    snprintf(bed.machine, sizeof bed.machine, "%s", machine);
    queue_on_event(desk->queue, &bed);
    queue_on_event(desk->queue, &event);
    desk_view(desk, machine, MACHINE_RUNNING, BED_OCCUPIED);
}

static inline void desk_ended(struct desk *desk, const char *machine, int64_t run,
                              enum run_outcome outcome, const char *reason)
{
    struct event event = {
        .kind = EVENT_RUN_ENDED, .run = run, .outcome = outcome, .at_ms = desk->now_ms};

    snprintf(event.machine, sizeof event.machine, "%s", machine);
    snprintf(event.reason, sizeof event.reason, "%s", reason);
    queue_on_event(desk->queue, &event);
    desk_view(desk, machine, MACHINE_IDLE, outcome == RUN_REFUSED ? BED_CLEAR : BED_OCCUPIED);
}

/* The last order of this kind to this machine; NULL: none. */
static inline const struct order *desk_told(const struct desk *desk, enum order_kind kind,
                                            const char *machine)
{
    for (size_t i = desk->order_count; i-- > 0;)
        if (desk->orders[i].kind == kind && strcmp(desk->orders[i].machine, machine) == 0)
            return &desk->orders[i];
    return NULL;
}

static inline size_t desk_count_told(const struct desk *desk, enum order_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < desk->order_count; i++)
        n += desk->orders[i].kind == kind;
    return n;
}

/* Idle, cleared and started: the run's number. */
static inline int64_t desk_start(struct desk *desk, const char *machine)
{
    const struct order *order;

    desk_view(desk, machine, MACHINE_IDLE, BED_UNCERTAIN);
    if (desk_clear(desk, machine) != ERR_OK)
        fail_msg("clear: %s", desk->text);
    desk_view(desk, machine, MACHINE_IDLE, BED_CLEAR);
    desk_settle(desk);
    order = desk_told(desk, ORDER_START, machine);
    if (order == NULL)
        fail_msg("%s is not started", machine);
    desk_started(desk, machine, order->run.run);
    return order->run.run;
}

#endif
