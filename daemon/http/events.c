/* SPDX-License-Identifier: Apache-2.0 */
/* News are made once, as a frame, and shared by all clients. Each client has a short queue of
 * frames; when it is full, it is emptied and the client gets a snapshot as soon as it has read what
 * it was reading. A client with nothing to read is suspended. The last frames are kept, and made
 * for a while after the last client has gone: who comes back and says what was heard last
 * (Last-Event-ID) gets what was missed, and no snapshot. */
#include "events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "commands/access.h"
#include "commands/office.h"
#include "commands/status_text.h"
#include "frame.h"
#include "reply.h"
#include "server.h"
#include "special.h"

enum {
    TICK_MS = 200,
    COUNTERS_MS = 2000, /* lines, temperatures: often enough for a person's eye */
    PING_MS = 15000,
    CHECK_MS = 10000,
    LINGER_MS = 60000, /* news are made for so long after the last client has gone */
    FRAMES_MAX = EVENTS_KEPT,
    CLIENTS_MAX = 2000,
    BLOCK = 8192, /* read at once: smaller ones save little and cost calls to the kernel */
    UNUSED = 64,  /* MHD's buffer for bodies that are not chunked */
    ID_TEXT = 48
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
    bool lean;   /* has given back what it does not use */
};

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

/* Names a frame; a later start of usined counts anew. */
static void write_id(const struct events *events, uint64_t seq, char id[ID_TEXT])
{
    snprintf(id, ID_TEXT, "%lld-%llu", (long long)events->office->started_ms,
             (unsigned long long)seq);
}

static void next_id(const struct events *events, char id[ID_TEXT])
{
    write_id(events, events->seq + 1, id);
}

/* Takes the caller's use of the frame, which was made with next_id; it becomes the newest. */
static void keep(struct events *events, struct frame *frame)
{
    struct frame **kept = &events->kept[++events->seq % EVENTS_KEPT];

    frame_release(*kept);
    *kept = frame;
}

/* The same, and all hear it. */
static void tell(struct events *events, struct frame *frame)
{
    if (frame == NULL)
        return;
    keep(events, frame);
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next)
        push(list_entry(n, struct client, node), frame);
}

/* All who missed what cannot be told in pieces get a snapshot, also those who come back later. */
static void begin_anew(struct events *events)
{
    keep(events, NULL);
    events->first_seq = events->seq;
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next)
        list_entry(n, struct client, node)->behind = true;
}

/* What a client that comes back has missed; false: it needs a snapshot. */
static bool resume(struct events *events, struct client *client, const char *last)
{
    long long started;
    unsigned long long seq;
    int end = 0;

    if (last == NULL || sscanf(last, "%20lld-%20llu%n", &started, &seq, &end) != 2 ||
        last[end] != '\0' || started != events->office->started_ms || seq > events->seq ||
        seq < events->first_seq || events->seq - seq >= EVENTS_KEPT)
        return false;
    while (seq++ < events->seq)
        push(client, events->kept[seq % EVENTS_KEPT]);
    return true;
}

static void forget_snapshot(struct events *events)
{
    frame_release(events->snapshot);
    events->snapshot = NULL;
    shared_text_release(events->snapshot_of);
    events->snapshot_of = NULL;
}

/* One frame for all who come while the status is the same: a thousand pages come back at once when
 * usined was restarted. Borrowed; NULL: no memory. */
static struct frame *snapshot(struct events *events)
{
    struct shared_text *status = status_text(events->office);
    char id[ID_TEXT];

    if (status == NULL || (status == events->snapshot_of && events->snapshot_seq == events->seq))
        return events->snapshot;
    forget_snapshot(events);
    write_id(events, events->seq, id);
    events->snapshot = frame_create_text("snapshot", status->text, id);
    events->snapshot_of = shared_text_use(status);
    events->snapshot_seq = events->seq;
    return events->snapshot;
}

/* A snapshot for each client that is behind and has read what it had. */
static void catch_up(struct events *events)
{
    for (struct list *n = events->clients.next; n != &events->clients; n = n->next) {
        struct client *client = list_entry(n, struct client, node);
        struct frame *frame;

        if (!client->behind || client->count > 0 || client->ended)
            continue;
        frame = snapshot(events);
        client->behind = frame == NULL;
        push(client, frame);
    }
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

/* Takes data; NULL: nothing to tell. */
static void tell_json(struct events *events, const char *name, cJSON *data)
{
    char id[ID_TEXT];

    if (data == NULL)
        return;
    next_id(events, id);
    tell(events, frame_create(name, data, id));
}

static void tell_news(struct events *events, int64_t now_ms)
{
    char id[ID_TEXT];
    bool other;

    tell_json(events, "machines", news_machines(&events->news, &other));
    if (other)
        begin_anew(events);
    if (now_ms - events->counters_ms >= COUNTERS_MS) {
        events->counters_ms = now_ms;
        tell_json(events, "progress", news_progress(&events->news));
    }
    tell_json(events, "today", news_today(&events->news));
    next_id(events, id);
    tell(events, frame_create_log(&events->news, id));
}

static void ping(struct events *events, int64_t now_ms)
{
    struct frame *frame = frame_create_ping();

    for (struct list *n = events->clients.next; n != &events->clients; n = n->next)
        push(list_entry(n, struct client, node), frame);
    frame_release(frame);
    events->ping_ms = now_ms;
}

static void forget_kept(struct events *events)
{
    for (size_t i = 0; i < EVENTS_KEPT; i++) {
        frame_release(events->kept[i]);
        events->kept[i] = NULL;
    }
    events->first_seq = events->seq + 1; /* what happens from now on nobody can be told later */
}

static void on_tick(uv_timer_t *timer)
{
    struct events *events = timer->data;
    int64_t now = clock_mono(events->office->clock);

    if (events->client_count == 0 && now - events->left_ms >= LINGER_MS) {
        uv_timer_stop(timer);
        forget_kept(events);
        return;
    }
    check_access(events, now);
    tell_news(events, now);
    catch_up(events);
    forget_snapshot(events);
    if (now - events->ping_ms >= PING_MS)
        ping(events, now);
}

void events_init(struct events *events, struct office *office, uv_loop_t *loop)
{
    events->office = office;
    list_init(&events->clients);
    uv_timer_init(loop, &events->tick);
    events->tick.data = events;
}

/* MHD offers all that is left of the connection's memory, of which a stream uses one block: the
 * kernel gets the pages behind it back, also what an earlier request on the connection touched. */
static void give_back(struct client *client, char *out, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)out + BLOCK + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)out + size) / page * page;

    if (!client->lean && from < end)
        madvise((void *)from, end - from, MADV_DONTNEED); /* refused: it stays as it was */
    client->lean = true;
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
    n = n < BLOCK ? n : BLOCK;
    give_back(client, out, size);
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
        events->left_ms = clock_mono(events->office->clock);
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
    response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, UNUSED, on_read, client, on_gone);
    if (response == NULL) {
        free(client);
        return MHD_NO;
    }
    list_add(&events->clients, &client->node);
    events->client_count++;
    if (!uv_is_active((uv_handle_t *)&events->tick)) {
        news_begin(&events->news, events->office);
        events->first_seq = ++events->seq;
        events->ping_ms = events->counters_ms = clock_mono(events->office->clock);
        uv_timer_start(&events->tick, on_tick, TICK_MS, TICK_MS);
    }
    client->behind = !resume(events, client,
                             MHD_lookup_connection_value(place->connection, MHD_HEADER_KIND,
                                                         MHD_HTTP_HEADER_LAST_EVENT_ID));
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
    forget_snapshot(events);
    forget_kept(events);
    news_finish(&events->news);
}
