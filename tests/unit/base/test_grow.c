/* SPDX-License-Identifier: Apache-2.0 */
/* An array that grows keeps what it holds; what cannot be had leaves it as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/grow.h"

static void what_it_holds_stays(void **state)
{
    int *items = NULL;
    size_t count = 0, room = 0, moved = 0;

    (void)state;
    while (count < 10000) {
        size_t before = room;
        int *grown = array_grow(items, count, &room, sizeof *grown);

        assert_non_null(grown);
        items = grown;
        moved += room != before;
        items[count] = (int)count;
        count++;
        assert_true(count <= room);
    }
    assert_true(moved < 20);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i], i);
    free(items);
}

static void what_is_too_large_leaves_it_as_it_was(void **state)
{
    size_t room = 0;
    int *items = array_grow(NULL, 0, &room, sizeof *items);
    const size_t had = room;

    (void)state;
    assert_non_null(items);
    items[0] = 7;
    assert_null(array_grow(items, had, &room, SIZE_MAX / 8));
    assert_int_equal(room, had);
    assert_int_equal(items[0], 7);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_holds_stays),
        cmocka_unit_test(what_is_too_large_leaves_it_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
