/* SPDX-License-Identifier: Apache-2.0 */
/* Connect, write, read to the end, call back, close. HTTP/1.0, so the end of the body is the end of
 * the connection. What fails on the way is status 0. */
#include "http.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REQUEST_MAX = 1024, ANSWER_MAX = 16 * 1024 * 1024, ANSWER_STEP = 65536 };

struct http {
    uv_pipe_t pipe;
    uv_connect_t connect;
    uv_write_t write;
    char request[REQUEST_MAX];
    size_t request_size;
    char *answer; /* owned */
    size_t used, size;
    int status;
    void (*on_done)(void *owner, int status, const char *body);
    void *owner; /* borrowed */
};

static void on_closed(uv_handle_t *handle)
{
    struct http *http = handle->data;

    free(http->answer);
    free(http);
}

static void finish(struct http *http, bool complete)
{
    char *body = http->used > 0 ? strstr(http->answer, "\r\n\r\n") : NULL;
    int status = 0;

    if (uv_is_closing((uv_handle_t *)&http->pipe))
        return;
    if (complete && body != NULL && sscanf(http->answer, "HTTP/1.%*d %d", &status) == 1)
        body += 4;
    else
        status = 0;
    if (http->on_done != NULL)
        http->on_done(http->owner, status, status != 0 ? body : "");
    uv_close((uv_handle_t *)&http->pipe, on_closed);
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    struct http *http = handle->data;

    (void)suggested;
    if (http->size - http->used < ANSWER_STEP && http->size < ANSWER_MAX) {
        size_t size = http->size * 2 + 2 * ANSWER_STEP;
        char *more = realloc(http->answer, size);

        if (more != NULL) {
            http->answer = more;
            http->size = size;
        }
    }
    *buf = uv_buf_init(http->answer == NULL ? NULL : http->answer + http->used,
                       http->size - http->used > 1 ? (unsigned)(http->size - http->used - 1) : 0);
}

static void on_bytes(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    struct http *http = stream->data;

    (void)buf;
    if (n < 0) {
        finish(http, n == UV_EOF);
        return;
    }
    http->used += (size_t)n;
    http->answer[http->used] = '\0';
}

static void on_written(uv_write_t *write, int status)
{
    if (status < 0)
        finish(write->data, false);
}

static void on_connected(uv_connect_t *connect, int status)
{
    struct http *http = connect->data;
    uv_buf_t buf = uv_buf_init(http->request, (unsigned)http->request_size);

    if (status < 0 || uv_is_closing((uv_handle_t *)&http->pipe) ||
        uv_write(&http->write, (uv_stream_t *)&http->pipe, &buf, 1, on_written) != 0 ||
        uv_read_start((uv_stream_t *)&http->pipe, on_room, on_bytes) != 0)
        finish(http, false);
}

enum err http_send(uv_loop_t *loop, const struct http_call *call, struct http **result)
{
    const char *body = call->body != NULL ? call->body : "";
    struct http *http = calloc(1, sizeof *http);
    int n;

    if (http == NULL)
        return ERR_NO_MEMORY;
    n = snprintf(http->request, sizeof http->request,
                 "%s %s HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                 "Content-Length: %zu\r\n\r\n%s",
                 call->method, call->path, strlen(body), body);
    if (n >= (int)sizeof http->request) {
        free(http);
        return ERR_TOO_LARGE;
    }
    http->request_size = (size_t)n;
    http->on_done = call->on_done;
    http->owner = call->owner;
    uv_pipe_init(loop, &http->pipe, 0);
    http->pipe.data = http->connect.data = http->write.data = http;
    uv_pipe_connect(&http->connect, &http->pipe, call->socket, on_connected);
    *result = http;
    return ERR_OK;
}

void http_cancel(struct http *http)
{
    http->on_done = NULL;
    finish(http, false);
}
