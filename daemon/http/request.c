/* SPDX-License-Identifier: Apache-2.0 */
/* Happy path: the header finds the row; the body is collected (JSON) or streamed to disk (uploads,
 * the connection suspended while a piece is written); then the command is asked, the connection
 * suspended until it answers, and the answer goes out.
 *
 * What can go wrong: a fault found in the header is answered after a small body was read and thrown
 * away, else the client would see a broken pipe; a large announced body is refused at once. A
 * client that goes while the command works leaves an orphan, which ends when the answer or the disk
 * comes. */
#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asker.h"
#include "base/log.h"
#include "commands/access.h"
#include "connection.h"
#include "fields.h"
#include "reply.h"
#include "route.h"
#include "server.h"
#include "special.h"
#include "upload.h"

enum { BODY_MAX = 64 * 1024, DISCARD_MAX = 1024 * 1024 };

enum phase { PHASE_BODY, PHASE_CLOSING, PHASE_ASKED };

struct request {
    struct answer answer; /* first: on_done finds the request by it */
    struct list node;     /* in http->requests */
    struct http *http;    /* borrowed */
    struct listener *listener;
    struct MHD_Connection *connection; /* MHD's; NULL: the client has gone */
    struct route route;
    const struct special *special; /* constant; NULL: a command */
    enum phase phase;
    bool suspended;
    bool write; /* not GET or HEAD */
    bool has_upload;
    struct upload upload;
    uint64_t seen; /* body bytes */
    char *body;    /* owned */
    size_t body_size;
    struct asker asker;
};

static void request_free(struct request *request)
{
    struct http *http = request->http;

    if (request->has_upload)
        upload_finish(&request->upload);
    answer_finish(&request->answer);
    if (request->body != NULL)
        explicit_bzero(request->body, request->body_size); /* passwords */
    free(request->body);
    list_remove(&request->node);
    free(request);
    http_request_gone(http);
}

/* Goes on with the connection, or lets an orphan end when nobody needs it any more. */
static void wake(struct request *request)
{
    if (request->connection == NULL) {
        if (!request->upload.busy && (request->phase != PHASE_ASKED || request->answer.done))
            request_free(request);
        return;
    }
    if (!request->suspended)
        return;
    request->suspended = false;
    MHD_resume_connection(request->connection);
    listener_kick(request->listener);
}

static void suspend(struct request *request)
{
    request->suspended = true;
    MHD_suspend_connection(request->connection);
}

static void on_done(struct answer *answer)
{
    wake((struct request *)answer);
}

static const char *header(const struct request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static uint64_t content_length(const struct request *request)
{
    const char *text = header(request, "Content-Length");

    return text != NULL ? strtoull(text, NULL, 10) : 0;
}

static void find_route(struct request *request, const char *method, const char *path)
{
    enum err err;

    request->special = request->write ? NULL : special_find(path);
    if (request->special != NULL)
        return;
    err = route_find(command_table, method, path, &request->route);
    if (err == ERR_METHOD)
        answer_fail(&request->answer, err, "%.60s takes %s", path, request->route.allow);
    else if (err != ERR_OK)
        answer_fail(&request->answer, err, "nothing is at %.100s; see /api/v1/openapi.json", path);
}

/* Refuses before the body is read what would be refused after it. */
static void admit(struct request *request)
{
    struct office *office = request->http->office;
    const struct caller *caller = &request->asker.caller;
    const struct asking asking = {.caller = caller, .id = request->route.id};

    if (request->answer.done)
        return;
    if (request->special != NULL)
        access_special(office, caller, special_role(request->special), &request->answer);
    else
        command_admit(office, request->route.command, &asking, &request->answer);
}

static void begin_upload(struct request *request)
{
    struct http *http = request->http;
    char path[512];

    snprintf(path, sizeof path, "%s/upload-%llu", http->upload_dir,
             (unsigned long long)++http->upload_serial);
    upload_init(&request->upload, http->office->loop, path, content_length(request));
    request->has_upload = true;
}

static void on_upload_ready(void *owner);

/* The header is complete. True: the answer goes out now, whatever body was announced. */
static bool begin(struct request *request, const char *method, const char *path)
{
    uint64_t length = content_length(request);
    bool upload;

    request->write = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
    if (asker_find(&request->asker, request->listener, request->connection, request->write,
                   &request->answer))
        find_route(request, method, path);
    admit(request);
    upload = request->route.command != NULL && request->route.command->upload;
    if (!request->answer.done && length > (upload ? UPLOAD_MAX : BODY_MAX))
        answer_fail(&request->answer, ERR_TOO_LARGE, "the body may have at most %llu bytes",
                    (unsigned long long)(upload ? UPLOAD_MAX : BODY_MAX));
    if (request->answer.done)
        return length > DISCARD_MAX;
    if (upload) {
        begin_upload(request);
        request->upload.owner = request;
        request->upload.on_ready = on_upload_ready;
    }
    return false;
}

static struct request *create(struct listener *listener, struct MHD_Connection *connection)
{
    struct request *request = calloc(1, sizeof *request);

    if (request == NULL)
        return NULL;
    request->answer.on_done = on_done;
    request->http = listener->http;
    request->listener = listener;
    request->connection = connection;
    list_add(&listener->http->requests, &request->node);
    return request;
}

/* Takes some of the body; *size says how much is left for the next call. */
static enum MHD_Result take_body(struct request *request, const char *bytes, size_t *size)
{
    size_t n = *size;

    if (request->has_upload && !request->answer.done) {
        n = upload_write(&request->upload, bytes, n);
        if (request->upload.busy)
            suspend(request);
    } else if (!request->answer.done && request->body_size + n > BODY_MAX) {
        answer_fail(&request->answer, ERR_TOO_LARGE, "the body may have at most %d bytes",
                    (int)BODY_MAX);
    } else if (!request->answer.done) {
        if (request->body == NULL)
            request->body = malloc(BODY_MAX);
        if (request->body == NULL)
            return MHD_NO;
        memcpy(request->body + request->body_size, bytes, n);
        request->body_size += n;
    }
    request->seen += n;
    *size -= n;
    connection_bytes(connection_of(request->connection), n);
    if (request->seen > (request->has_upload ? UPLOAD_MAX : 0) + DISCARD_MAX)
        return MHD_NO;
    return MHD_YES;
}

struct query {
    cJSON *object;
    const struct command *command;
    enum err err;
};

static enum MHD_Result on_query(void *cls, enum MHD_ValueKind kind, const char *name,
                                size_t name_size, const char *value, size_t value_size)
{
    struct query *query = cls;

    (void)kind;
    if (strlen(name) != name_size || (value != NULL && strlen(value) != value_size))
        query->err = ERR_BAD_REQUEST; /* a NUL in it */
    else
        query->err = fields_add_query(query->object, query->command, name, value);
    return query->err == ERR_OK ? MHD_YES : MHD_NO;
}

/* The fields of the request: the body's, or the query's for reads and uploads. NULL: answered. */
static cJSON *read_fields(struct request *request)
{
    struct query query = {NULL, request->route.command, ERR_OK};
    char text[200] = "out of memory";
    bool body =
        request->write && !request->has_upload && strncmp(query.command->route, "DELETE", 6) != 0;

    if (body) {
        query.err =
            fields_read_body(request->body, request->body_size, &query.object, text, sizeof text);
    } else {
        query.object = cJSON_CreateObject();
        snprintf(text, sizeof text, "the query is not UTF-8, or too long");
        MHD_get_connection_values_n(request->connection, MHD_GET_ARGUMENT_KIND, on_query, &query);
    }
    if (query.object != NULL && query.err == ERR_OK)
        return query.object;
    cJSON_Delete(body ? NULL : query.object);
    answer_fail(&request->answer, query.err != ERR_OK ? query.err : ERR_NO_MEMORY, "%s", text);
    return NULL;
}

static void ask(struct request *request)
{
    struct asking asking = {
        .caller = &request->asker.caller,
        .id = request->route.id,
        .upload = request->has_upload ? request->upload.path : NULL,
    };
    cJSON *fields;

    request->phase = PHASE_ASKED;
    if (request->http->quiet) {
        answer_fail(&request->answer, ERR_BUSY, "usined is stopping");
        return;
    }
    if (request->has_upload && request->upload.err != ERR_OK) {
        answer_fail(&request->answer, request->upload.err, "%s", request->upload.text);
        return;
    }
    fields = read_fields(request);
    if (fields == NULL)
        return;
    asking.fields = fields;
    asking.key = header(request, "Idempotency-Key");
    command_ask(request->http->office, request->route.command, &asking, &request->answer);
    cJSON_Delete(fields);
}

static void on_upload_ready(void *owner)
{
    struct request *request = owner;

    if (request->phase == PHASE_CLOSING && request->connection != NULL)
        ask(request);
    else
        wake(request);
}

/* The body is complete, or the answer has come. */
static enum MHD_Result go_on(struct request *request, const char *path)
{
    if (request->phase == PHASE_BODY) {
        connection_body_done(connection_of(request->connection));
        if (!request->answer.done && request->http->quiet)
            answer_fail(&request->answer, ERR_BUSY, "usined is stopping");
        if (!request->answer.done && request->special != NULL &&
            !special_ask(request->special, request->http->office, &request->answer))
            return special_reply(request->special,
                                 (struct special_place){request->listener, request->connection,
                                                        path, &request->asker},
                                 &request->answer);
        request->phase = PHASE_CLOSING;
        if (request->answer.done || request->special != NULL)
            request->phase = PHASE_ASKED;
        else if (request->has_upload)
            upload_end(&request->upload);
        else
            ask(request);
    }
    if (request->answer.done)
        return reply_send(request->connection, &request->answer, &request->asker,
                          request->route.allow);
    suspend(request);
    return MHD_YES;
}

enum MHD_Result request_handle(void *cls, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *bytes,
                               size_t *size, void **context)
{
    struct listener *listener = cls;
    struct request *request = *context;
    int64_t now = clock_mono(listener->http->office->clock);

    (void)version;
    if (request == NULL) {
        request = create(listener, connection);
        if (request == NULL)
            return MHD_NO;
        *context = request;
        connection_header(connection_of(connection), now, true);
        if (begin(request, method, url))
            return reply_send(connection, &request->answer, &request->asker, request->route.allow);
        return MHD_YES;
    }
    if (*size > 0)
        return take_body(request, bytes, size);
    return go_on(request, url);
}

void request_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode code)
{
    struct request *request = *context;

    (void)cls;
    (void)code;
    if (request == NULL)
        return;
    *context = NULL;
    connection_answered(connection_of(connection), clock_mono(request->http->office->clock));
    request->connection = NULL;
    request->suspended = false;
    wake(request);
}

void requests_resume(struct list *requests)
{
    for (struct list *n = requests->next; n != requests; n = n->next) {
        struct request *request = list_entry(n, struct request, node);

        if (request->connection != NULL && request->suspended) {
            request->suspended = false;
            MHD_resume_connection(request->connection);
        }
    }
}
