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
#include "body.h"
#include "commands/access.h"
#include "connection.h"
#include "fields.h"
#include "head.h"
#include "reply.h"
#include "route.h"
#include "server.h"
#include "special.h"

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
    struct body body;
    struct asker asker;
};

static void request_free(struct request *request)
{
    struct http *http = request->http;

    body_finish(&request->body);
    answer_finish(&request->answer);
    list_remove(&request->node);
    free(request);
    http_request_gone(http);
}

/* Goes on with the connection, or lets an orphan end when nobody needs it any more. */
static void wake(struct request *request)
{
    if (request->connection == NULL) {
        if (!request->body.upload.busy && (request->phase != PHASE_ASKED || request->answer.done))
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
    request->answer.plain = err == ERR_OK && request->route.command->slicer;
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

static void on_upload_ready(void *owner);

static void begin_upload(struct request *request)
{
    struct http *http = request->http;
    struct upload *upload = &request->body.upload;
    char path[512];

    snprintf(path, sizeof path, "%s/upload-%llu", http->upload_dir,
             (unsigned long long)++http->upload_serial);
    upload_init(upload, http->office->loop, path, content_length(request));
    upload->owner = request;
    upload->on_ready = on_upload_ready;
    body_begin_file(&request->body, request->route.command, request->connection, &request->answer);
}

/* The header is complete. True: the answer goes out now, whatever body was announced. */
static bool begin(struct request *request, const char *method, const char *path)
{
    uint64_t length = content_length(request), most;

    request->write = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
    if (asker_find(&request->asker, request->listener, request->connection, request->write,
                   &request->answer))
        find_route(request, method, path);
    admit(request);
    most = body_max(request->route.command);
    if (!request->answer.done && length > most)
        answer_fail(&request->answer, ERR_TOO_LARGE, "the body may have at most %llu bytes",
                    (unsigned long long)most);
    if (!request->answer.done && request->route.command != NULL && request->route.command->upload)
        begin_upload(request);
    return request->answer.done && length > BODY_DISCARD_MAX;
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
    size_t before = *size;
    enum MHD_Result result = body_take(&request->body, bytes, size, &request->answer);

    connection_bytes(connection_of(request->connection), before - *size);
    if (request->body.upload.busy)
        suspend(request);
    return result;
}

/* The fields of the request: the body's, or the query's for reads and uploads. NULL: answered. */
static cJSON *read_fields(struct request *request)
{
    const struct command *command = request->route.command;
    struct body *body = &request->body;
    char text[200] = "out of memory";
    cJSON *fields = NULL;
    enum err err;

    if (request->write && !body->is_file && strncmp(command->route, "DELETE", 6) != 0) {
        err = fields_read_body(body->text, body->text_size, &fields, text, sizeof text);
    } else {
        fields = cJSON_CreateObject();
        snprintf(text, sizeof text, "the query is not UTF-8, or too long");
        err = fields != NULL ? body_add_fields(body, command, request->connection, fields)
                             : ERR_NO_MEMORY;
    }
    if (err == ERR_OK) {
        if (command->slicer)
            fields_keep_known(fields, command);
        return fields;
    }
    cJSON_Delete(fields);
    answer_fail(&request->answer, err, "%s", text);
    return NULL;
}

static void ask(struct request *request)
{
    struct asking asking = {
        .caller = &request->asker.caller,
        .id = request->route.id,
        .path = request->route.path,
        .upload = request->body.is_file ? request->body.upload.path : NULL,
    };
    cJSON *fields;

    request->phase = PHASE_ASKED;
    if (request->answer.done)
        return;
    if (request->http->quiet) {
        answer_fail(&request->answer, ERR_BUSY, "usined is stopping");
        return;
    }
    if (request->body.is_file && request->body.upload.err != ERR_OK) {
        answer_fail(&request->answer, request->body.upload.err, "%s", request->body.upload.text);
        return;
    }
    fields = read_fields(request);
    if (fields == NULL)
        return;
    asking.fields = fields;
    asking.key = header(request, "Idempotency-Key");
    asking.match = request->write ? header(request, "If-Match") : NULL;
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

/* The request ends here: a stream of events, which may last for days, keeps nothing of it. */
static enum MHD_Result send_special(struct request *request, const char *path, void **context)
{
    enum MHD_Result result = special_reply(
        request->special,
        (struct special_place){request->listener, request->connection, path, &request->asker},
        &request->answer);

    *context = NULL;
    request_free(request);
    return result;
}

/* The body is complete, or the answer has come. */
static enum MHD_Result go_on(struct request *request, const char *path, void **context)
{
    if (request->phase == PHASE_BODY) {
        connection_body_done(connection_of(request->connection));
        if (!request->answer.done && request->http->quiet)
            answer_fail(&request->answer, ERR_BUSY, "usined is stopping");
        if (!request->answer.done && request->special != NULL &&
            !special_ask(request->special, request->http->office, &request->answer))
            return send_special(request, path, context);
        request->phase = PHASE_CLOSING;
        if (request->answer.done || request->special != NULL)
            request->phase = PHASE_ASKED;
        else if (!body_end(&request->body, &request->answer))
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
    if (request == NULL || (void *)request == cls) {
        enum MHD_Result result;

        *context = NULL;
        if (head_refused(connection, request != NULL, &result))
            return result;
        request = create(listener, connection);
        if (request == NULL)
            return MHD_NO;
        *context = request;
        connection_header(connection_of(connection), now, true);
        if (begin(request, method, url))
            return reply_send(connection, &request->answer, &request->asker, request->route.allow);
        return MHD_YES;
    }
    if (request->suspended)
        return MHD_YES; /* MHD hands on further chunks that it has: it shall keep them */
    if (*size > 0)
        return take_body(request, bytes, size);
    return go_on(request, url, context);
}

void request_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode code)
{
    struct listener *listener = cls;
    struct request *request = *context;

    (void)code;
    *context = NULL;
    connection_answered(connection_of(connection), clock_mono(listener->http->office->clock));
    if (request == NULL || (void *)request == cls)
        return;
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
