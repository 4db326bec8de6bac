/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "drivers/link_fd.h"
#include "drivers/link_kinds.h"
#include "link_rig.h"

struct wire {
    struct rig rig;
    int listener, peer; /* peer -1: not accepted */
    char port[64];
};

static void listen_on(struct wire *wire)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof address;

    wire->peer = -1;
    wire->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(wire->listener >= 0);
    assert_int_equal(bind(wire->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(wire->listener, 4), 0);
    assert_int_equal(getsockname(wire->listener, (struct sockaddr *)&address, &n), 0);
    snprintf(wire->port, sizeof wire->port, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
}

static void open_wire(struct wire *wire)
{
    rig_init(&wire->rig);
    listen_on(wire);
    assert_int_equal(rig_open(&wire->rig, wire->port), ERR_OK);
}

static struct fd_link *fd_link(struct wire *wire)
{
    return (struct fd_link *)(void *)wire->rig.link;
}

static void accept_peer(struct wire *wire)
{
    for (int i = 0; i < 500 && fd_link(wire)->watch.fd < 0; i++) {
        uv_run(&wire->rig.loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
    assert_true(fd_link(wire)->watch.fd >= 0);
    wire->peer = accept(wire->listener, NULL, NULL);
    assert_true(wire->peer >= 0);
}

static void close_wire(struct wire *wire)
{
    rig_finish(&wire->rig);
    if (wire->peer >= 0)
        close(wire->peer);
    if (wire->listener >= 0)
        close(wire->listener);
}

static void bytes_pass_both_ways(void **state)
{
    struct wire wire;
    char back[16];

    (void)state;
    open_wire(&wire);
    accept_peer(&wire);
    assert_int_equal(rig_write(&wire.rig, "M105\n", 5), ERR_OK);
    assert_int_equal(recv(wire.peer, back, sizeof back, 0), 5);
    assert_int_equal(send(wire.peer, "ok\n\0\xff", 5, 0), 5);
    rig_wait(&wire.rig, 5);
    assert_memory_equal(wire.rig.got, "ok\n\0\xff", 5);
    close_wire(&wire);
    assert_int_equal(wire.rig.why, ERR_OK);
}

static void what_is_written_before_the_connection_stands_goes_out_then(void **state)
{
    struct wire wire;
    char back[32];

    (void)state;
    open_wire(&wire);
    assert_int_equal(rig_write(&wire.rig, "\n", 1), ERR_OK);
    assert_int_equal(rig_write(&wire.rig, "M115\n", 5), ERR_OK);
    assert_int_equal(link_write_urgent(wire.rig.link, "!", 1), ERR_OK);
    accept_peer(&wire);
    rig_turn(&wire.rig);
    assert_int_equal(recv(wire.peer, back, 7, MSG_WAITALL), 7);
    assert_memory_equal(back, "!\nM115\n", 7);
    close_wire(&wire);
}

static void the_socket_is_set_up_for_short_lines_and_lost_peers(void **state)
{
    struct wire wire;
    int on = 0;
    socklen_t n = sizeof on;

    (void)state;
    open_wire(&wire);
    accept_peer(&wire);
    assert_int_equal(getsockopt(fd_link(&wire)->watch.fd, IPPROTO_TCP, TCP_NODELAY, &on, &n), 0);
    assert_true(on);
    assert_int_equal(getsockopt(fd_link(&wire)->watch.fd, SOL_SOCKET, SO_KEEPALIVE, &on, &n), 0);
    assert_true(on);
    assert_true(fcntl(fd_link(&wire)->watch.fd, F_GETFD) & FD_CLOEXEC);
    close_wire(&wire);
}

static void the_other_side_closing_is_told_after_its_last_bytes(void **state)
{
    struct wire wire;

    (void)state;
    open_wire(&wire);
    accept_peer(&wire);
    assert_int_equal(send(wire.peer, "ok\n", 3, 0), 3);
    close(wire.peer);
    wire.peer = -1;
    rig_wait(&wire.rig, -1);
    assert_int_equal(wire.rig.got_n, 3);
    assert_int_equal(wire.rig.why, ERR_LINK);
    assert_non_null(strstr(wire.rig.why_text, "hung up"));
    close_wire(&wire);
}

static void a_refused_connection_comes_by_on_closed(void **state)
{
    struct wire wire;

    (void)state;
    rig_init(&wire.rig);
    listen_on(&wire);
    close(wire.listener);
    wire.listener = -1;
    assert_int_equal(rig_open(&wire.rig, wire.port), ERR_OK);
    rig_wait(&wire.rig, -1);
    assert_int_equal(wire.rig.why, ERR_LINK);
    assert_non_null(strstr(wire.rig.why_text, "refused"));
    close_wire(&wire);
}

static void an_unknown_name_comes_by_on_closed(void **state)
{
    struct rig rig;

    (void)state;
    rig_init(&rig);
    assert_int_equal(rig_open(&rig, "tcp://nobody.invalid:23"), ERR_OK);
    rig_wait(&rig, -1);
    assert_int_equal(rig.why, ERR_LINK);
    assert_non_null(strstr(rig.why_text, "address"));
    rig_finish(&rig);
}

static void closing_while_the_name_is_looked_up_is_clean(void **state)
{
    struct wire wire;

    (void)state;
    open_wire(&wire);
    close_wire(&wire);
    assert_int_equal(wire.rig.closed, 1);
    assert_int_equal(wire.rig.why, ERR_OK);
}

static void closing_while_it_connects_is_clean(void **state)
{
    struct rig rig;

    (void)state;
    rig_init(&rig);
    assert_int_equal(rig_open(&rig, "tcp://192.0.2.1:23"), ERR_OK); /* TEST-NET-1: nobody answers */
    for (int i = 0; i < 50 && rig.closed == 0; i++) {
        uv_run(&rig.loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
    rig_finish(&rig);
    assert_int_equal(rig.closed, 1);
}

static void a_peer_that_takes_nothing_stalls(void **state)
{
    static char block[LINK_QUEUE_SIZE];
    struct wire wire;

    (void)state;
    open_wire(&wire);
    accept_peer(&wire);
    fd_link(&wire)->stall_ms = 80;
    while (rig_write(&wire.rig, block, sizeof block) == ERR_OK)
        ;
    rig_wait(&wire.rig, -1);
    assert_non_null(strstr(wire.rig.why_text, "stalled"));
    close_wire(&wire);
}

static void bad_addresses_are_refused_in_words(void **state)
{
    static const char *const bad[] = {
        "tcp://",          "tcp://host",       "tcp://host:",    "tcp://:23",
        "tcp://host:0",    "tcp://host:65536", "tcp://host:23x", "tcp://host/path:23",
        "tcp://fe80::1:3", "tcp://[]:23",      "tcp://host:-1",  "tcp://[::1:23",
    };
    struct rig rig;

    (void)state;
    rig_init(&rig);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(rig_open(&rig, bad[i]), ERR_INVALID);
        assert_non_null(strstr(rig.text, "tcp://HOST:PORT"));
    }
    rig_finish(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_pass_both_ways),
        cmocka_unit_test(what_is_written_before_the_connection_stands_goes_out_then),
        cmocka_unit_test(the_socket_is_set_up_for_short_lines_and_lost_peers),
        cmocka_unit_test(the_other_side_closing_is_told_after_its_last_bytes),
        cmocka_unit_test(a_refused_connection_comes_by_on_closed),
        cmocka_unit_test(an_unknown_name_comes_by_on_closed),
        cmocka_unit_test(closing_while_the_name_is_looked_up_is_clean),
        cmocka_unit_test(closing_while_it_connects_is_clean),
        cmocka_unit_test(a_peer_that_takes_nothing_stalls),
        cmocka_unit_test(bad_addresses_are_refused_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
