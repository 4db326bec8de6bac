/* SPDX-License-Identifier: Apache-2.0 */
/* Watches on pipes: what a set of links promises its links and its loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "drivers/link_set.h"

enum { PEERS = 3 * LINK_SET_TURN };

struct rig;

struct peer {
    struct link_watch watch; /* first */
    struct rig *rig;
    int other; /* end of the socket pair that is not watched */
    unsigned soon, told;
    uint32_t events;
    struct peer *victim; /* removed when this one is told */
};

struct rig {
    uv_loop_t loop;
    uv_idle_t idle; /* keeps a loop from sleeping, and counts its turns */
    unsigned turns;
    struct link_set *set;
    size_t count, told; /* peers; calls of on_ready */
    size_t order[2 * PEERS];
    struct peer peers[PEERS];
};

static void on_ready(struct link_watch *watch, uint32_t events)
{
    struct peer *peer = (struct peer *)(void *)watch;

    assert_true(watch->on);
    peer->told++;
    assert_int_equal(peer->soon, peer->told * LINK_SET_SOON);
    peer->events = events;
    peer->rig->order[peer->rig->told++] = (size_t)(peer - peer->rig->peers);
    if (peer->victim != NULL)
        link_set_remove(peer->rig->set, &peer->victim->watch);
}

static void on_soon(const struct link_watch *watch, unsigned turns)
{
    struct peer *peer = (struct peer *)(uintptr_t)watch;

    assert_int_equal(peer->soon % LINK_SET_SOON, LINK_SET_SOON - turns);
    peer->soon++;
}

static void on_idle(uv_idle_t *idle)
{
    ((struct rig *)idle->data)->turns++;
}

static void begin(struct rig *rig, size_t count)
{
    static const struct link_watch_ops ops = {.on_ready = on_ready, .on_soon = on_soon};

    memset(rig, 0, sizeof *rig);
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    uv_idle_init(&rig->loop, &rig->idle);
    rig->idle.data = rig;
    uv_idle_start(&rig->idle, on_idle);
    assert_int_equal(link_set_create(&rig->set, &rig->loop), ERR_OK);
    assert_ptr_equal(link_set_loop(rig->set), &rig->loop);
    for (rig->count = 0; rig->count < count; rig->count++) {
        struct peer *peer = &rig->peers[rig->count];
        int ends[2];

        assert_int_equal(uv_socketpair(SOCK_STREAM, 0, ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE),
                         0);
        peer->rig = rig;
        peer->other = ends[1];
        peer->watch.ops = &ops;
        peer->watch.fd = ends[0];
        assert_int_equal(link_set_add(rig->set, &peer->watch), 0);
    }
}

static void end(struct rig *rig)
{
    for (size_t i = 0; i < rig->count; i++) {
        link_set_remove(rig->set, &rig->peers[i].watch);
        link_set_remove(rig->set, &rig->peers[i].watch); /* twice is harmless */
        close(rig->peers[i].watch.fd);
        close(rig->peers[i].other);
    }
    link_set_close(rig->set);
    uv_close((uv_handle_t *)&rig->idle, NULL);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
}

static void speak(struct rig *rig, size_t i)
{
    assert_int_equal(write(rig->peers[i].other, "ok\n", 3), 3);
}

static void turn(struct rig *rig)
{
    uv_run(&rig->loop, UV_RUN_NOWAIT);
}

static void watches_are_told_once_in_the_order_in_which_bytes_came(void **state)
{
    static const size_t order[] = {5, 0, 7, 3, 1, 2};
    struct rig rig;

    (void)state;
    begin(&rig, 8);
    for (size_t i = 0; i < 6; i++)
        speak(&rig, order[i]);
    turn(&rig);
    assert_int_equal(rig.told, 6);
    assert_memory_equal(rig.order, order, sizeof order);
    assert_int_equal(rig.peers[5].events, EPOLLIN);
    turn(&rig); /* nobody has read, and nothing came */
    assert_int_equal(rig.told, 6);
    speak(&rig, 3);
    turn(&rig);
    assert_int_equal(rig.told, 7);
    end(&rig);
}

static void a_turn_has_an_end_however_many_are_ready(void **state)
{
    struct rig rig;

    (void)state;
    begin(&rig, PEERS);
    for (size_t i = 0; i < PEERS; i++)
        speak(&rig, i);
    for (unsigned n = 1; n <= PEERS / LINK_SET_TURN; n++) {
        turn(&rig);
        assert_int_equal(rig.told, n * LINK_SET_TURN);
        assert_int_equal(rig.turns, n);
    }
    for (size_t i = 0; i < PEERS; i++)
        assert_int_equal(rig.peers[i].told, 1);
    end(&rig);
}

static void what_asks_is_told_again_behind_the_others(void **state)
{
    struct rig rig;

    (void)state;
    begin(&rig, 2);
    speak(&rig, 0);
    turn(&rig);
    speak(&rig, 1);
    assert_int_equal(link_set_ask(rig.set, &rig.peers[0].watch, false), 0);
    turn(&rig);
    assert_int_equal(rig.told, 3);
    assert_int_equal(rig.order[1], 1);
    assert_int_equal(rig.order[2], 0);
    end(&rig);
}

static void room_for_writing_is_told_only_to_who_asks(void **state)
{
    struct rig rig;

    (void)state;
    begin(&rig, 1);
    turn(&rig);
    assert_int_equal(rig.told, 0);
    assert_int_equal(link_set_ask(rig.set, &rig.peers[0].watch, true), 0);
    turn(&rig);
    assert_int_equal(rig.peers[0].events, EPOLLOUT);
    assert_int_equal(link_set_ask(rig.set, &rig.peers[0].watch, false), 0);
    speak(&rig, 0);
    turn(&rig);
    assert_int_equal(rig.peers[0].events, EPOLLIN);
    end(&rig);
}

static void the_removed_hear_nothing_even_in_the_same_turn(void **state)
{
    struct rig rig;

    (void)state;
    begin(&rig, 3);
    rig.peers[0].victim = &rig.peers[2];
    for (size_t i = 0; i < 3; i++)
        speak(&rig, i);
    turn(&rig);
    assert_int_equal(rig.told, 2);
    assert_int_equal(rig.peers[2].told, 0);
    assert_int_equal(link_set_ask(rig.set, &rig.peers[2].watch, false), 0); /* harmless */
    turn(&rig);
    assert_int_equal(rig.told, 2);
    end(&rig);
}

static void a_hang_up_is_told(void **state)
{
    struct rig rig;

    (void)state;
    begin(&rig, 1);
    speak(&rig, 0);
    close(rig.peers[0].other);
    rig.peers[0].other = dup(rig.peers[0].watch.fd);
    turn(&rig);
    assert_true(rig.peers[0].events & EPOLLRDHUP);
    assert_true(rig.peers[0].events & EPOLLIN);
    end(&rig);
}

static void what_cannot_be_watched_is_refused(void **state)
{
    struct rig rig;
    struct link_watch bad = {.fd = -1};

    (void)state;
    begin(&rig, 0);
    assert_int_equal(link_set_add(rig.set, &bad), EBADF);
    assert_false(bad.on);
    link_set_remove(rig.set, &bad);
    link_set_close(NULL);
    end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(watches_are_told_once_in_the_order_in_which_bytes_came),
        cmocka_unit_test(a_turn_has_an_end_however_many_are_ready),
        cmocka_unit_test(what_asks_is_told_again_behind_the_others),
        cmocka_unit_test(room_for_writing_is_told_only_to_who_asks),
        cmocka_unit_test(the_removed_hear_nothing_even_in_the_same_turn),
        cmocka_unit_test(a_hang_up_is_told),
        cmocka_unit_test(what_cannot_be_watched_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
