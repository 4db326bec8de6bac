/* SPDX-License-Identifier: Apache-2.0 */
/* Emulated people in front of a daemon of the test's own: one Unix socket, answered on the same
 * loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/operators.h"

struct client {
    uv_pipe_t pipe;
    uv_write_t write;
    char request[4096];
    size_t used;
    struct daemon *daemon;
    char answer[4096];
};

struct daemon {
    uv_loop_t loop;
    uv_pipe_t pipe;
    struct operators *operators;
    char path[64];
    const char *status; /* the body of GET /api/v1/status */
    int post_status;    /* what POST is answered */
    char pressed[64];   /* the machine whose button was pressed */
    char posts[4096];   /* path and body of each, a line each */
    int gets;
};

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    uv_close((uv_handle_t *)write->handle, on_closed);
}

static void reply(struct client *c, int status, const char *body)
{
    uv_buf_t buf;
    int n = snprintf(c->answer, sizeof c->answer,
                     "HTTP/1.1 %d X\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status,
                     strlen(body), body);

    buf = uv_buf_init(c->answer, (unsigned)n);
    uv_write(&c->write, (uv_stream_t *)&c->pipe, &buf, 1, on_written);
}

static void serve(struct client *c, const char *body)
{
    struct daemon *d = c->daemon;
    char path[200];

    if (strncmp(c->request, "GET /api/v1/status HTTP/1.0\r\n", 29) == 0) {
        d->gets++;
        reply(c, 200, d->status);
        return;
    }
    assert_int_equal(sscanf(c->request, "POST %199s", path), 1);
    snprintf(d->posts + strlen(d->posts), sizeof d->posts - strlen(d->posts), "%s %s\n", path,
             body);
    reply(c, d->post_status, "{}");
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    struct client *c = handle->data;

    (void)suggested;
    *buf = uv_buf_init(c->request + c->used, (unsigned)(sizeof c->request - 1 - c->used));
}

static void on_bytes(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    struct client *c = stream->data;
    const char *body, *length;

    (void)buf;
    if (n < 0) {
        uv_close((uv_handle_t *)stream, on_closed);
        return;
    }
    c->used += (size_t)n;
    c->request[c->used] = '\0';
    body = strstr(c->request, "\r\n\r\n");
    length = strstr(c->request, "Content-Length: ");
    if (body == NULL || length == NULL || strlen(body + 4) < (size_t)atoi(length + 16))
        return;
    uv_read_stop(stream);
    serve(c, body + 4);
}

static void on_connection(uv_stream_t *server, int status)
{
    struct client *c = calloc(1, sizeof *c);

    assert_int_equal(status, 0);
    c->daemon = server->data;
    uv_pipe_init(server->loop, &c->pipe, 0);
    c->pipe.data = c;
    assert_int_equal(uv_accept(server, (uv_stream_t *)&c->pipe), 0);
    uv_read_start((uv_stream_t *)&c->pipe, on_room, on_bytes);
}

static void on_press(void *context, const char *machine)
{
    struct daemon *d = context;

    snprintf(d->pressed, sizeof d->pressed, "%s", machine);
}

static void begin(struct daemon *d, const char *status, double delay, double scrap)
{
    struct operators_options options = {
        .socket = d->path, .delay_s = delay, .scrap = scrap, .press = on_press, .context = d};

    memset(d, 0, sizeof *d);
    snprintf(d->path, sizeof d->path, "/tmp/usine-test-%d.sock", (int)getpid());
    unlink(d->path);
    d->status = status;
    d->post_status = 200;
    uv_loop_init(&d->loop);
    uv_pipe_init(&d->loop, &d->pipe, 0);
    d->pipe.data = d;
    assert_int_equal(uv_pipe_bind(&d->pipe, d->path), 0);
    uv_listen((uv_stream_t *)&d->pipe, 16, on_connection);
    assert_int_equal(operators_start(&d->operators, &d->loop, &options), ERR_OK);
}

static void turn(struct daemon *d, int ms)
{
    for (int i = 0; i < ms; i++) {
        uv_run(&d->loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
}

static void end(struct daemon *d)
{
    operators_stop(d->operators);
    uv_close((uv_handle_t *)&d->pipe, NULL);
    uv_run(&d->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&d->loop), 0);
}

#define MACHINE(id, state, bed, waits, last)                                                       \
    "{\"id\": \"" id "\", \"state\": \"" state "\", \"bed\": \"" bed "\", \"waiting_for\": " waits \
    ", \"last_run\": " last "}"

static void they_clear_what_waits_and_leave_the_rest_alone(void **state)
{
    struct daemon d;

    (void)state;
    begin(
        &d,
        "{\"machines\": [" MACHINE("a", "idle", "occupied", "\"clear\"", "null") "," MACHINE(
            "b", "running", "occupied", "null",
            "null") "," MACHINE("c", "idle", "clear", "null",
                                "null") "," MACHINE("d", "idle", "uncertain", "null",
                                                    "null") "," MACHINE("e", "held", "occupied",
                                                                        "\"material\"",
                                                                        "null") "," MACHINE("f",
                                                                                            "lock"
                                                                                            "ed",
                                                                                            "unce"
                                                                                            "rtai"
                                                                                            "n",
                                                                                            "\"un"
                                                                                            "lock"
                                                                                            "\"",
                                                                                            "nul"
                                                                                            "l") "]"
                                                                                                 "}",
        0, 0);
    turn(&d, 300);
    assert_non_null(strstr(d.posts, "/api/v1/machines/a/clear {}\n"));
    assert_non_null(strstr(d.posts, "/api/v1/machines/d/clear {}\n"));
    assert_non_null(strstr(d.posts, "/api/v1/machines/e/resume {}\n"));
    assert_null(strstr(d.posts, "/b/"));
    assert_null(strstr(d.posts, "/c/"));
    assert_null(strstr(d.posts, "/f/"));
    end(&d);
}

static void a_finished_run_may_have_a_bad_piece(void **state)
{
    struct daemon d;

    (void)state;
    begin(&d,
          "{\"machines\": [" MACHINE(
              "a", "idle", "occupied", "\"clear\"",
              "{\"id\": 7, \"outcome\": \"finished\"}") "," MACHINE("b", "idle", "uncertain",
                                                                    "\"clear\"",
                                                                    "{\"id\": 8, \"outcome\": "
                                                                    "\"failed\"}") "]}",
          0, 1);
    turn(&d, 300);
    assert_non_null(strstr(d.posts, "/a/clear {\"scrap\": 1, \"reason\": \"warped\"}\n"));
    assert_non_null(strstr(d.posts, "/b/clear {}\n"));
    end(&d);
}

static void they_take_their_time(void **state)
{
    struct daemon d;

    (void)state;
    begin(&d, "{\"machines\": [" MACHINE("a", "idle", "occupied", "\"clear\"", "null") "]}", 1.2,
          0);
    turn(&d, 600);
    assert_string_equal(d.posts, "");
    turn(&d, 1800);
    assert_non_null(strstr(d.posts, "/a/clear {}\n"));
    end(&d);
}

/* Counts that the daemon refuses are left out the next time. */
static void a_refused_word_is_said_again_more_simply(void **state)
{
    struct daemon d;

    (void)state;
    begin(&d,
          "{\"machines\": [" MACHINE("a", "idle", "occupied", "\"clear\"",
                                     "{\"id\": 7, \"outcome\": \"finished\"}") "]}",
          0, 1);
    d.post_status = 409;
    turn(&d, 300);
    assert_string_equal(d.posts,
                        "/api/v1/machines/a/clear {\"scrap\": 1, \"reason\": \"warped\"}\n");
    d.post_status = 200;
    turn(&d, 2700);
    assert_non_null(strstr(d.posts, "/api/v1/machines/a/clear {}\n"));
    end(&d);
}

static void what_only_the_panel_helps_they_do_at_the_panel(void **state)
{
    struct daemon d;

    (void)state;
    begin(&d, "{\"machines\": [" MACHINE("e", "held", "occupied", "\"material\"", "null") "]}", 0,
          0);
    d.post_status = 409;
    turn(&d, 300);
    assert_string_equal(d.posts, "/api/v1/machines/e/resume {}\n");
    assert_string_equal(d.pressed, "e");
    end(&d);
}

static void nonsense_and_absence_are_borne(void **state)
{
    struct daemon d;

    (void)state;
    begin(&d, "{\"machines\": [1, {\"id\": 5}, {\"id\": \"\"}, {\"waiting_for\": \"clear\"}]", 0,
          0);
    turn(&d, 1200);
    assert_true(d.gets >= 2);
    assert_string_equal(d.posts, "");
    unlink(d.path); /* nobody there any more */
    turn(&d, 1200);
    end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_clear_what_waits_and_leave_the_rest_alone),
        cmocka_unit_test(a_finished_run_may_have_a_bad_piece),
        cmocka_unit_test(they_take_their_time),
        cmocka_unit_test(a_refused_word_is_said_again_more_simply),
        cmocka_unit_test(what_only_the_panel_helps_they_do_at_the_panel),
        cmocka_unit_test(nonsense_and_absence_are_borne),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
