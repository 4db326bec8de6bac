/* SPDX-License-Identifier: Apache-2.0 */
/* One thread, one loop: a mailbox of orders, a timer for deadlines, the links of the fleet.
 * Counters are told to the office every half second, changes of state in the same turn, in one
 * message. The end: links are closed without a word to the boards, so that runs can be adopted by
 * the next daemon; when the last link is gone the handles close and the loop runs dry. */
#include "floor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "drivers/link_set.h"
#include "drivers/ports.h"
#include "fleet.h"
#include "verified.h"

enum { TICK_MS = 50, VIEWS_MS = 500, NEWS_MS = 20, WALL_SLACK_MS = 100 };

struct floor {
    struct host host;          /* first */
    const struct clock *clock; /* borrowed */
    struct mailbox *office;    /* borrowed */
    uv_loop_t loop;
    uv_thread_t thread;
    uv_timer_t timer;
    uv_prepare_t prepare;
    struct mailbox mailbox;
    struct ports_watch *ports; /* NULL: not available */
    struct link_set *links;    /* owned */
    struct fleet fleet;
    double pace;               /* of the wall clock */
    int64_t wall_offset;       /* wall clock minus loop time at its pace */
    int64_t views_at, news_at; /* last sent */
    bool news;
    bool stopping, closed;
};

static void post(struct floor *floor, struct event *event)
{
    if (!mailbox_post(floor->office, &event->message))
        event_free(event);
}

static int64_t now_of(const struct floor *floor)
{
    return (int64_t)uv_now(&floor->loop);
}

/* Wall time of a moment of the loop. */
static int64_t wall_of(const struct floor *floor, int64_t now)
{
    return (int64_t)((double)now * floor->pace) + floor->wall_offset;
}

/* ---- what machines ask of their host ---- */

static struct floor *floor_of(struct host *host)
{
    return (struct floor *)host;
}

static enum err on_open(struct host *host, struct machine *m, char *text, size_t size)
{
    return fleet_open(&floor_of(host)->fleet, m, text, size);
}

static void pool_run(uv_work_t *work)
{
    struct pool_job *job = work->data;

    job->run(job->data);
}

static void pool_done(uv_work_t *work, int status)
{
    struct pool_job *job = work->data;

    (void)status; /* jobs are never cancelled */
    job->done(job->data);
}

static void on_pool(struct host *host, struct pool_job *job)
{
    job->work.data = job;
    uv_queue_work(&floor_of(host)->loop, &job->work, pool_run, pool_done);
}

static void on_changed(struct host *host, struct machine *m, bool at_once)
{
    m->dirty = true;
    if (at_once) {
        m->news = true;
        floor_of(host)->news = true;
    }
}

static void on_event(struct host *host, struct event *event)
{
    post(floor_of(host), event);
}

static int64_t on_wall(struct host *host, int64_t now)
{
    return wall_of(floor_of(host), now);
}

static const struct host_ops host_ops = {
    .open = on_open,
    .pool = on_pool,
    .changed = on_changed,
    .event = on_event,
    .wall = on_wall,
};

/* ---- views ---- */

/* Sends the views of machines with news, or of all that changed. */
static void send_views(struct floor *floor, bool all)
{
    struct event *event;
    size_t count = 0;

    for (size_t i = 0; i < floor->fleet.count; i++)
        count += floor->fleet.machines[i]->news || (all && floor->fleet.machines[i]->dirty);
    floor->news = false;
    if (count == 0)
        return;
    event = calloc(1, sizeof *event);
    if (event != NULL)
        event->views = malloc(count * sizeof *event->views);
    if (event == NULL || event->views == NULL) {
        free(event);
        return; /* the machines stay marked: next time */
    }
    event->kind = EVENT_VIEWS;
    event->at_ms = wall_of(floor, now_of(floor));
    for (size_t i = 0; i < floor->fleet.count; i++) {
        struct machine *m = floor->fleet.machines[i];

        if (m->news || (all && m->dirty))
            machine_view(m, &event->views[event->view_count++]);
    }
    post(floor, event);
}

/* Before the loop sleeps. */
static void on_prepare(uv_prepare_t *prepare)
{
    struct floor *floor = prepare->data;

    if (!floor->news || now_of(floor) - floor->news_at < NEWS_MS)
        return;
    floor->news_at = now_of(floor);
    send_views(floor, false);
}

/* ---- the end ---- */

static void close_handles(struct floor *floor)
{
    floor->closed = true;
    send_views(floor, true);
    fleet_finish(&floor->fleet);
    link_set_close(floor->links);
    uv_close((uv_handle_t *)&floor->timer, NULL);
    uv_close((uv_handle_t *)&floor->prepare, NULL);
    if (floor->ports != NULL)
        ports_watch_stop(floor->ports);
    mailbox_close(&floor->mailbox);
}

/* Follows the wall clock when it was set; a millisecond more or less would make times people see
 * jitter. */
static void keep_wall(struct floor *floor)
{
    int64_t late = clock_wall(floor->clock) - wall_of(floor, now_of(floor));

    if ((double)llabs(late) > WALL_SLACK_MS * floor->pace)
        floor->wall_offset += late;
}

static void on_timer(uv_timer_t *timer)
{
    struct floor *floor = timer->data;
    int64_t now = now_of(floor);

    keep_wall(floor);
    if (floor->stopping) {
        if (!floor->closed && fleet_close(&floor->fleet))
            close_handles(floor);
        return;
    }
    fleet_tick(&floor->fleet);
    if (now - floor->views_at < VIEWS_MS)
        return;
    floor->views_at = now;
    send_views(floor, true);
}

/* ---- orders ---- */

static void answer(struct floor *floor, const struct order *order, enum err err)
{
    struct event *event = order->token == 0 ? NULL : calloc(1, sizeof *event);

    if (event == NULL)
        return;
    event->kind = EVENT_ANSWER;
    event->token = order->token;
    event->err = err;
    post(floor, event);
}

static void on_order(void *owner, struct message *message)
{
    struct floor *floor = owner;
    struct order *order = (struct order *)message;
    enum err err;

    if (order->kind == ORDER_STOP) {
        floor->stopping = true;
        fleet_close(&floor->fleet);
    } else if (order->kind == ORDER_CONFIGURE && !floor->closed) {
        err = fleet_configure(&floor->fleet, order->config);
        order->config = NULL;
        if (err != ERR_OK)
            log_error("floor: out of memory, some machines of the config are missing");
        answer(floor, order, err);
    } else if (order->kind != ORDER_CONFIGURE) {
        fleet_order(&floor->fleet, order);
    }
    config_unref(order->config);
    free(order);
}

static void on_ports(void *owner)
{
    struct floor *floor = owner;

    fleet_ports_changed(&floor->fleet);
}

static void run(void *data)
{
    struct floor *floor = data;
    struct event *event = calloc(1, sizeof *event);

    uv_run(&floor->loop, UV_RUN_DEFAULT);
    mailbox_finish(&floor->mailbox);
    if (event == NULL)
        abort(); /* sixteen hundred bytes at start-up: there was no memory to run on at all */
    event->kind = EVENT_STOPPED;
    post(floor, event);
}

static enum err start(struct floor *floor)
{
    floor->host.ops = &host_ops;
    floor->host.verified = verified_create();
    if (floor->host.verified == NULL || uv_loop_init(&floor->loop) != 0)
        return ERR_NO_MEMORY;
    if (link_set_create(&floor->links, &floor->loop) != ERR_OK)
        return ERR_NO_MEMORY;
    if (mailbox_init(&floor->mailbox, &floor->loop, on_order, floor) != 0)
        return ERR_NO_MEMORY;
    uv_timer_init(&floor->loop, &floor->timer);
    floor->timer.data = floor;
    uv_timer_start(&floor->timer, on_timer, TICK_MS, TICK_MS);
    uv_prepare_init(&floor->loop, &floor->prepare);
    floor->prepare.data = floor;
    uv_prepare_start(&floor->prepare, on_prepare);
    fleet_init(&floor->fleet, floor->links, &floor->host);
    floor->pace = clock_pace(floor->clock);
    floor->wall_offset = clock_wall(floor->clock) - wall_of(floor, now_of(floor));
    if (ports_watch_start(&floor->ports, &floor->loop, on_ports, floor) != ERR_OK)
        floor->ports = NULL; /* machines are found by trying again */
    return uv_thread_create(&floor->thread, run, floor) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err floor_start(struct floor **floor, const struct clock *clock, struct mailbox *office)
{
    struct floor *f = calloc(1, sizeof *f);
    enum err err;

    if (f == NULL)
        return ERR_NO_MEMORY;
    f->clock = clock;
    f->office = office;
    err = start(f);
    if (err != ERR_OK) {
        verified_destroy(f->host.verified);
        free(f);
        return err;
    }
    *floor = f;
    return ERR_OK;
}

bool floor_order(struct floor *floor, struct order *order)
{
    return mailbox_post(&floor->mailbox, &order->message);
}

void floor_join(struct floor *floor)
{
    if (floor == NULL)
        return;
    uv_thread_join(&floor->thread);
    if (uv_loop_close(&floor->loop) != 0)
        log_error("floor: a handle was left open");
    slab_finish(&floor->host.supplies);
    verified_destroy(floor->host.verified);
    free(floor);
}

void event_free(struct event *event)
{
    if (event == NULL)
        return;
    free(event->text);
    free(event->views);
    free(event);
}
