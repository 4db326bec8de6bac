/* SPDX-License-Identifier: Apache-2.0 */
/* Promise: a byte queue gives back exactly what was put in, or refuses it whole. */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void bytes_come_out_in_order_however_they_are_cut(void **state)
{
    char memory[16];
    unsigned char in = 0, out = 0; /* the bytes count up, modulo 256 */
    struct buf buf;
    size_t n;

    (void)state;
    buf_init(&buf, memory, sizeof memory);
    for (size_t round = 0; round < 1000; round++) {
        char piece[7];
        size_t size = 1 + round % sizeof piece;

        for (size_t i = 0; i < size; i++)
            piece[i] = (char)(in + i);
        if (buf_append(&buf, piece, size))
            in = (unsigned char)(in + size);
        for (buf_peek(&buf, &n); n > round % 5; n--) {
            assert_int_equal((unsigned char)*buf_peek(&buf, &size), out++);
            buf_drop(&buf, 1);
        }
    }
    assert_true(out != 0 || in != 0);
}

static void what_does_not_fit_is_refused_whole(void **state)
{
    char memory[8];
    struct buf buf;
    size_t n;

    (void)state;
    buf_init(&buf, memory, sizeof memory);
    assert_true(buf_append(&buf, "12345", 5));
    assert_false(buf_append(&buf, "6789", 4));
    buf_drop(&buf, 4);
    assert_true(buf_append(&buf, "6789abc", 7)); /* moved to the front to fit */
    assert_memory_equal(buf_peek(&buf, &n), "56789abc", 8);
    assert_int_equal(n, 8);
    assert_false(buf_append(&buf, "x", 1));
    buf_drop(&buf, 8);
    assert_true(buf_append(&buf, "12345678", 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_out_in_order_however_they_are_cut),
        cmocka_unit_test(what_does_not_fit_is_refused_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
