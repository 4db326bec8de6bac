/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/ports.h"

static void on_change(void *owner)
{
    ++*(int *)owner;
}

static void on_limit(uv_timer_t *timer)
{
    *(bool *)timer->data = true;
}

/* A file in /dev stands for a plugged device: it changes the folder the scan looks at. */
static bool touch_dev(void)
{
    char path[] = "/dev/usine-test-XXXXXX";
    int fd = mkstemp(path);

    if (fd < 0)
        return false;
    close(fd);
    unlink(path);
    return true;
}

static void a_change_is_told_when_things_are_quiet(void **state)
{
    struct ports_watch *watch;
    uv_loop_t loop;
    uv_timer_t limit;
    bool late = false;
    int changes = 0;

    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(ports_watch_start(&watch, &loop, on_change, &changes), ERR_OK);
    if (!touch_dev()) {
        ports_watch_stop(watch);
        uv_run(&loop, UV_RUN_DEFAULT);
        assert_int_equal(uv_loop_close(&loop), 0);
        skip(); /* /dev is not ours to write */
    }
    uv_timer_init(&loop, &limit);
    limit.data = &late;
    uv_timer_start(&limit, on_limit, 9000, 0);
    while (!late && changes == 0)
        uv_run(&loop, UV_RUN_ONCE);
    assert_true(changes >= 1);
    uv_close((uv_handle_t *)&limit, NULL);
    ports_watch_stop(watch);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void stopping_at_once_leaves_nothing_behind(void **state)
{
    struct ports_watch *watch;
    uv_loop_t loop;
    int changes = 0;

    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(ports_watch_start(&watch, &loop, on_change, &changes), ERR_OK);
    ports_watch_stop(watch);
    ports_watch_stop(NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    assert_int_equal(changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_told_when_things_are_quiet),
        cmocka_unit_test(stopping_at_once_leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
