/* SPDX-License-Identifier: Apache-2.0 */
/* Opening: state folder and lock, floor, queue (which configures the floor), HTTP. Closing, on
 * SIGTERM or SIGINT: no more requests; the floor makes its machines safe and says EVENT_STOPPED;
 * the queue writes down what is left; HTTP ends its connections; the loop runs dry. A second signal
 * does not hurry it: a run must never be left half told. */
#include "usine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "commands/notable.h"
#include "first_admin.h"
#include "priority.h"
#include "state_dir.h"
#include "training.h"

static bool order_floor(void *floor, struct order *order)
{
    return floor_order(floor, order);
}

/* ---- closing, step by step ---- */

static void on_http_closed(void *context)
{
    struct usine *usine = context;

    usine->http = NULL;
    uv_close((uv_handle_t *)&usine->hup, NULL);
    uv_close((uv_handle_t *)&usine->term, NULL);
    uv_close((uv_handle_t *)&usine->interrupt, NULL);
    mailbox_close(&usine->mailbox);
}

static void on_queue_closed(void *context)
{
    struct usine *usine = context;

    usine->office.queue = NULL;
    if (usine->http != NULL)
        http_close(usine->http, on_http_closed, usine);
    else
        on_http_closed(usine);
}

static void on_floor_stopped(struct usine *usine)
{
    floor_join(usine->floor);
    usine->floor = NULL;
    log_info("usined: the machines are let go; writing down what is left");
    office_close(&usine->office);
    notices_close(usine->office.notices);
    people_close(usine->office.people);
    if (usine->office.queue != NULL)
        queue_close(usine->office.queue, on_queue_closed, usine);
    else
        on_queue_closed(usine);
}

static void stop(struct usine *usine)
{
    struct order *order;

    if (usine->stopping)
        return;
    order = calloc(1, sizeof *order);
    if (order == NULL)
        return; /* the next signal tries again */
    log_info("usined: stopping");
    usine->stopping = true;
    reload_close(&usine->reload);
    if (usine->http != NULL)
        http_quiet(usine->http);
    order->kind = ORDER_STOP;
    if (!floor_order(usine->floor, order))
        free(order);
}

/* ---- what is heard ---- */

static void on_message(void *owner, struct message *message)
{
    struct usine *usine = owner;
    struct event *event = (struct event *)message;
    bool stopped = event->kind == EVENT_STOPPED;

    if (usine->office.queue != NULL)
        office_on_event(&usine->office, event);
    event_free(event);
    if (stopped)
        on_floor_stopped(usine);
}

static void on_stop_signal(uv_signal_t *signal, int number)
{
    (void)number;
    stop(signal->data);
}

static void on_hup(uv_signal_t *signal, int number)
{
    struct usine *usine = signal->data;

    (void)number;
    reload_ask(&usine->reload);
    if (usine->http != NULL)
        http_renew(usine->http);
}

static void listen_signal(struct usine *usine, uv_signal_t *handle, int number,
                          uv_signal_cb on_signal)
{
    uv_signal_init(&usine->loop, handle);
    handle->data = usine;
    uv_signal_start(handle, on_signal, number);
}

/* ---- opening ---- */

/* Who reads from the database while it is nobody else's. */
static enum err load(void *context, struct db *db)
{
    struct office *office = context;
    enum err err = people_load(office->people, db);

    if (err == ERR_OK)
        err = remember_load(&office->remember, db, clock_wall(office->clock));
    return err != ERR_OK ? err : notices_load(office->notices, db);
}

static enum err open_queue(struct usine *usine, char *text, size_t size)
{
    const struct queue_setup setup = {
        .loop = &usine->loop,
        .clock = usine->office.clock,
        .config = usine->office.config,
        .order = order_floor,
        .floor = usine->floor,
        .load = load,
        .loader = &usine->office,
    };
    enum err err = queue_open(&usine->office.queue, &setup, text, size);

    if (err == ERR_OK)
        people_open(usine->office.people, queue_store(usine->office.queue));
    return err;
}

static void tell_addresses(void *context)
{
    struct usine *usine = context;

    state_dir_tell(usine->office.config->state, usine->office.addresses);
}

static enum err open_http(struct usine *usine, char *text, size_t size)
{
    const struct config *config = usine->office.config;
    const struct http_setup setup = {
        .office = &usine->office,
        .socket = config->socket,
        .listen = config->listen,
        .listen_count = config->listen_count,
        .certificate = config->tls.certificate,
        .key = config->tls.key,
        .upload_dir = usine->upload_dir,
        .on_opened = tell_addresses,
        .context = usine,
    };
    enum err err;

    snprintf(usine->upload_dir, sizeof usine->upload_dir, "%s/tmp", config->state);
    err = http_open(&usine->http, &setup, text, size);
    if (err == ERR_OK) {
        usine->office.addresses = http_addresses(usine->http);
        tell_addresses(usine);
        for (const char *const *a = usine->office.addresses; *a != NULL; a++)
            log_info("usined: listening on %s", *a);
        first_admin_tell(&usine->office);
    }
    return err;
}

static enum err open_notices(struct usine *usine, char *text, size_t size)
{
    struct office *office = &usine->office;
    enum err err = notices_open(office->notices, queue_store(office->queue), office->config);

    if (err != ERR_OK)
        snprintf(text, size, "out of memory, threads or file descriptors");
    return err;
}

static void init(struct usine *usine, const struct usine_setup *setup)
{
    struct office *office = &usine->office;

    memset(usine, 0, sizeof *usine);
    usine->lock_fd = -1;
    snprintf(usine->config_path, sizeof usine->config_path, "%s", setup->config_path);
    office->config = setup->config;
    office->config_path = usine->config_path;
    office->loop = &usine->loop;
    office->clock = setup->clock;
    office->started_ms = office->reload.at_ms = clock_wall(setup->clock);
    office->reload.accepted = true;
    snprintf(office->reload.words, sizeof office->reload.words, "read at the start");
}

static struct notices *make_notices(struct usine *usine)
{
    const struct notices_setup setup = {
        .loop = &usine->loop,
        .clock = usine->office.clock,
        .people = usine->office.people,
        .gather = notable_gather,
        .context = &usine->office,
    };

    return notices_create(&setup);
}

static enum err open_state(struct usine *usine, char *text, size_t size)
{
    const struct office *office = &usine->office;
    enum err err;

    if (!training_suits(office->clock, office->config, text, size))
        return ERR_REFUSED;
    err = state_dir_open(office->config->state, &usine->lock_fd, text, size);
    if (err == ERR_OK)
        err = training_mark(office->clock, office->config->state, text, size);
    if (err != ERR_OK && usine->lock_fd >= 0)
        close(usine->lock_fd);
    return err;
}

/* What must be there before anything else can fail in a way that has to be closed in order. */
static enum err open_loop(struct usine *usine)
{
    enum err err;

    if (uv_loop_init(&usine->loop) != 0)
        return ERR_NO_MEMORY;
    usine->office.people = people_create(&usine->loop, usine->office.clock);
    usine->office.notices = make_notices(usine);
    if (usine->office.people == NULL || usine->office.notices == NULL)
        return ERR_NO_MEMORY;
    priority_lower_pool(&usine->loop);
    if (mailbox_init(&usine->mailbox, &usine->loop, on_message, usine) != 0)
        return ERR_NO_MEMORY;
    priority_short_turns(true);
    err = floor_start(&usine->floor, usine->office.clock,
                      &usine->mailbox); /* before our nice falls */
    priority_short_turns(false);
    return err;
}

static void finish(struct usine *usine)
{
    uv_run(&usine->loop, UV_RUN_DEFAULT);
    mailbox_finish(&usine->mailbox);
    office_finish(&usine->office);
    notices_destroy(usine->office.notices);
    people_destroy(usine->office.people);
    config_unref(usine->office.config);
    if (uv_loop_close(&usine->loop) != 0)
        log_error("usined: something was left open");
    close(usine->lock_fd);
}

enum err usine_open(struct usine *usine, const struct usine_setup *setup, char *text, size_t size)
{
    enum err err;

    init(usine, setup);
    err = open_state(usine, text, size);
    if (err != ERR_OK) {
        config_unref(setup->config);
        return err;
    }
    err = open_loop(usine);
    if (err != ERR_OK) {
        snprintf(text, size, "out of memory, threads or file descriptors");
        return err;
    }
    office_init(&usine->office);
    reload_init(&usine->reload, &usine->office, &usine->loop, usine->config_path);
    listen_signal(usine, &usine->hup, SIGHUP, on_hup);
    listen_signal(usine, &usine->term, SIGTERM, on_stop_signal);
    listen_signal(usine, &usine->interrupt, SIGINT, on_stop_signal);
    usine->office.order = order_floor;
    usine->office.floor = usine->floor;
    err = open_queue(usine, text, size);
    if (err == ERR_OK)
        err = open_http(usine, text, size);
    priority_lower_office(); /* and whom it starts from now on */
    if (err == ERR_OK)
        err = open_notices(usine, text, size);
    if (err != ERR_OK) {
        stop(usine);
        finish(usine);
        return err;
    }
    return ERR_OK;
}

void usine_run(struct usine *usine)
{
    chronicle_add(&usine->office.chronicle, "", "", "usined %s started", USINE_VERSION);
    finish(usine);
    log_info("usined: stopped");
}
