/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/slab.h"

enum { SIZE = 21000, BLOCKS = 300 }; /* several pieces */

static int is_zero(const unsigned char *block)
{
    for (size_t i = 0; i < SIZE; i++)
        if (block[i] != 0)
            return 0;
    return 1;
}

static void blocks_are_zeroed_and_do_not_overlap(void **state)
{
    static unsigned char *blocks[BLOCKS];
    struct slab slab = {0};

    (void)state;
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = slab_take(&slab, SIZE);
        assert_non_null(blocks[i]);
        assert_true(is_zero(blocks[i]));
        memset(blocks[i], i % 255 + 1, SIZE);
    }
    for (int i = 0; i < BLOCKS; i++) {
        for (size_t k = 0; k < SIZE; k++)
            assert_int_equal(blocks[i][k], i % 255 + 1);
        slab_give(&slab, blocks[i]);
    }
    slab_finish(&slab);
}

static void what_was_given_back_is_taken_again_and_zero_again(void **state)
{
    struct slab slab = {0};

    (void)state;
    for (int i = 0; i < 10000; i++) { /* 200 MB if nothing came back */
        unsigned char *a = slab_take(&slab, SIZE), *b = slab_take(&slab, SIZE);

        assert_non_null(a);
        assert_non_null(b);
        assert_ptr_not_equal(a, b);
        assert_true(a[0] == 0 && a[7] == 0 && a[SIZE - 1] == 0);
        memset(a, 0xff, 8);
        a[SIZE - 1] = b[0] = 0xff;
        slab_give(&slab, b);
        slab_give(&slab, a);
    }
    slab_finish(&slab);
}

static void an_empty_slab_ends_without_harm(void **state)
{
    struct slab slab = {0};

    (void)state;
    slab_give(&slab, NULL);
    slab_finish(&slab);
    assert_null(slab.pieces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_and_do_not_overlap),
        cmocka_unit_test(what_was_given_back_is_taken_again_and_zero_again),
        cmocka_unit_test(an_empty_slab_ends_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
