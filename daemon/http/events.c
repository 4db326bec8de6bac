/* SPDX-License-Identifier: Apache-2.0 */
/* News are made once, as a frame, and shared by all clients. Each client has a short queue of
 * frames; when it is full, it is emptied and the client gets a snapshot as soon as it has read what
 * it was reading. A client with nothing to read is suspended. */
#include "events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/access.h"
#include "commands/noun_json.h"
#include "commands/office.h"
#include "reply.h"
#include "server.h"
#include "special.h"

enum {
    TICK_MS = 500,
    PING_MS = 15000,
    CHECK_MS = 10000,
    FRAMES_MAX = 16,
    CLIENTS_MAX = 500,
    BLOCK = 32768
};

struct frame {
    size_t users;
    char *text; /* owned */
    size_t size;
};

struct client {
    struct list node;
    struct events *events;             /* borrowed */
    struct listener *listener;         /* borrowed */
    struct MHD_Connection *connection; /* MHD's */
    struct frame *frames[FRAMES_MAX];  /* one use each */
    size_t first, count;
    size_t sent;          /* of the first frame */
    struct caller caller; /* whose stream it is */
    bool suspended;
    bool behind; /* gets a snapshot next */
    bool ended;  /* once it has read what it has */
};

/* Writes one event; data is deleted. NULL data: a comment that keeps the connection alive. */
static void write_event(FILE *out, const char *name, cJSON *data)
{
    char *json = cJSON_PrintUnformatted(data);

    if (json != NULL)
        fprintf(out, "event: %s\ndata: %s\n\n", name, json);
    else if (data == NULL)
        fputs(": ping\n\n", out);
    cJSON_free(json);
    cJSON_Delete(data);
}

/* Takes text; NULL when memory is short. */
static struct frame *frame_of(char *text, size_t size)
{
    struct frame *frame = text != NULL && size > 0 ? malloc(sizeof *frame) : NULL;

    if (frame == NULL) {
        free(text);
        return NULL;
    }
    *frame = (struct frame){.users = 1, .size = size, .text = text};
    return frame;
}

static struct frame *frame_create(const char *name, cJSON *data)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL) {
        cJSON_Delete(data);
        return NULL;
    }
    write_event(out, name, data);
    fclose(out);
    return frame_of(text, size);
}

/* All rows of the log not yet told, as one frame, since they come in bursts. */
static struct frame *frame_create_log(struct news *news)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    cJSON *row;

    if (out == NULL)
        return NULL;
    while ((row = news_log(news)) != NULL)
        write_event(out, "log", row);
    fclose(out);
    return frame_of(text, size);
}

static void frame_release(struct frame *frame)
{
    if (frame == NULL || --frame->users > 0)
        return;
    free(frame->text);
    free(frame);
}

static void drop_first(struct client *client)
{
    frame_release(client->frames[client->first]);
    client->first = (client->first + 1) % FRAMES_MAX;
    client->count--;
    client->sent = 0;
}

static void wake(struct client *client)
{
    if (!client->suspended)
        return;
    client->suspended = false;
    MHD_resume_connection(client->connection);
    listener_kick(client->listener);
}

static void push(struct client *client, struct frame *frame)
{
    if (frame == NULL || client->behind || client->ended)
        return;
    if (client->count == FRAMES_MAX) { /* all but the one being read */
        while (client->count > 1) {
            client->count--;
            frame_release(client->frames[(client->first + client->count) % FRAMES_MAX]);
        }
        client->behind = true;
        return;
    }
    frame->users++;
    client->frames[(client->first + client->count) % FRAMES_MAX] = frame;
    client->count++;
    wake(client);
}

/* To all; takes the caller's use of the frame. */
static void tell(struct events *events, struct frame *frame)
{
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next)
        push(list_entry(n, struct client, node), frame);
    frame_release(frame);
}

/* A snapshot for each client that is behind and has read what it had. */
static void catch_up(struct events *events)
{
    struct frame *frame = NULL;

    for (struct list *n = events->clients.next; n != &events->clients; n = n->next) {
        struct client *client = list_entry(n, struct client, node);

        if (!client->behind || client->count > 0 || client->ended)
            continue;
        if (frame == NULL)
            frame = frame_create("snapshot", status_to_json(events->office));
        client->behind = frame == NULL;
        push(client, frame);
    }
    frame_release(frame);
}

/* Ends the streams of those who may see no more: at once when something was taken from somebody,
 * within CHECK_MS when their time is up. */
static void check_access(struct events *events, int64_t now_ms)
{
    uint64_t version = people_version(events->office->people);

    if (version == events->access && now_ms - events->check_ms < CHECK_MS)
        return;
    events->access = version;
    events->check_ms = now_ms;
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next) {
        struct client *client = list_entry(n, struct client, node);

        if (client->ended || access_holds(events->office, &client->caller))
            continue;
        client->ended = true;
        wake(client);
    }
}

static void on_tick(uv_timer_t *timer)
{
    struct events *events = timer->data;
    int64_t now = clock_mono(events->office->clock);
    bool other;
    cJSON *data = news_machines(&events->news, &other);

    check_access(events, now);
    for (struct list *n = events->clients.next; other && n != &events->clients; n = n->next)
        list_entry(n, struct client, node)->behind = true;
    if (data != NULL)
        tell(events, frame_create("machines", data));
    data = news_today(&events->news);
    if (data != NULL)
        tell(events, frame_create("today", data));
    tell(events, frame_create_log(&events->news));
    catch_up(events);
    if (now - events->ping_ms >= PING_MS) {
        tell(events, frame_create("", NULL));
        events->ping_ms = now;
    }
}

void events_init(struct events *events, struct office *office, uv_loop_t *loop)
{
    events->office = office;
    list_init(&events->clients);
    uv_timer_init(loop, &events->tick);
    events->tick.data = events;
}

static ssize_t on_read(void *cls, uint64_t position, char *out, size_t size)
{
    struct client *client = cls;
    struct frame *frame;
    size_t n;

    (void)position;
    if (client->count == 0) {
        if (client->events->ending || client->ended)
            return MHD_CONTENT_READER_END_OF_STREAM;
        client->suspended = true;
        MHD_suspend_connection(client->connection);
        return 0;
    }
    frame = client->frames[client->first];
    n = frame->size - client->sent < size ? frame->size - client->sent : size;
    memcpy(out, frame->text + client->sent, n);
    client->sent += n;
    if (client->sent == frame->size)
        drop_first(client);
    return (ssize_t)n;
}

static void on_gone(void *cls)
{
    struct client *client = cls;
    struct events *events = client->events;

    while (client->count > 0)
        drop_first(client);
    list_remove(&client->node);
    free(client);
    if (--events->client_count == 0)
        uv_timer_stop(&events->tick);
}

enum MHD_Result events_reply(struct events *events, const struct special_place *place)
{
    struct client *client =
        events->client_count < CLIENTS_MAX && !events->ending ? calloc(1, sizeof *client) : NULL;
    struct MHD_Response *response;
    enum MHD_Result result;

    if (client == NULL)
        return MHD_NO;
    client->events = events;
    client->listener = place->listener;
    client->connection = place->connection;
    client->caller = place->asker->caller;
    client->behind = true;
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, client, on_gone);
    if (response == NULL) {
        free(client);
        return MHD_NO;
    }
    list_add(&events->clients, &client->node);
    if (events->client_count++ == 0) {
        news_begin(&events->news, events->office);
        events->ping_ms = clock_mono(events->office->clock);
        uv_timer_start(&events->tick, on_tick, TICK_MS, TICK_MS);
    }
    catch_up(events);
    reply_headers(response, "text/event-stream", place->asker);
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    result = MHD_queue_response(place->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

void events_end(struct events *events)
{
    events->ending = true;
    uv_timer_stop(&events->tick);
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next)
        wake(list_entry(n, struct client, node));
}

void events_finish(struct events *events)
{
    news_finish(&events->news);
}
