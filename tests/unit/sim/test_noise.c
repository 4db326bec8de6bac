/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/noise.h"
#include "sim/ring.h"

static uint64_t spoil_all(uint64_t seed, uint64_t stream, double rate, uint64_t *sum)
{
    struct noise noise;
    struct rng rng;
    char bytes[1000];

    rng_init(&rng, seed, stream);
    noise_init(&noise, &rng, rate);
    *sum = 0;
    for (int i = 0; i < 1000; i++) {
        size_t n;

        memset(bytes, 'a', sizeof bytes);
        n = noise_spoil(&noise, bytes, sizeof bytes);
        for (size_t k = 0; k < n; k++)
            *sum = *sum * 31 + (unsigned char)bytes[k];
    }
    return noise.errors;
}

static void a_perfect_cable_changes_nothing(void **state)
{
    uint64_t sum, clean;

    (void)state;
    assert_int_equal(spoil_all(1, 1, 0, &clean), 0);
    assert_int_equal(spoil_all(2, 5, 0, &sum), 0);
    assert_true(sum == clean);
}

static void the_same_seed_spoils_the_same_bytes(void **state)
{
    uint64_t a, b, c, d;

    (void)state;
    spoil_all(7, 3, 1e-3, &a);
    spoil_all(7, 3, 1e-3, &b);
    spoil_all(7, 4, 1e-3, &c);
    spoil_all(8, 3, 1e-3, &d);
    assert_true(a == b);
    assert_true(a != c && a != d);
}

static void errors_come_as_often_as_asked(void **state)
{
    uint64_t sum;

    (void)state;
    assert_in_range(spoil_all(1, 0, 1e-3, &sum), 850, 1150); /* of a million bytes: 1000 */
    assert_in_range(spoil_all(1, 1, 1e-5, &sum), 2, 25);
    assert_true(spoil_all(1, 2, 1, &sum) >= 1000000);
}

/* Bytes split over many calls are spoiled like bytes in one. */
static void the_chunks_do_not_matter(void **state)
{
    struct noise one, many;
    struct rng rng;
    char a[5000], b[5000];
    size_t n, m = 0;

    (void)state;
    rng_init(&rng, 3, 3);
    noise_init(&one, &rng, 0.01);
    noise_init(&many, &rng, 0.01);
    for (size_t i = 0; i < sizeof a; i++)
        a[i] = b[i] = (char)('a' + i % 26);
    n = noise_spoil(&one, a, sizeof a);
    for (size_t i = 0; i < sizeof b; i += 10) {
        char chunk[10];
        size_t left;

        memcpy(chunk, b + i, 10);
        left = noise_spoil(&many, chunk, 10);
        memcpy(b + m, chunk, left);
        m += left;
    }
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
}

static void a_full_ring_drops_and_counts(void **state)
{
    struct ring ring = {.used = 0};
    char c;

    (void)state;
    for (int i = 0; i < 200; i++)
        ring_push(&ring, (char)i);
    assert_int_equal(ring.lost, 72);
    assert_true(ring_pop(&ring, &c));
    assert_int_equal(c, 0);
    assert_true(ring_push(&ring, 'x'));
    for (int i = 1; i < 128; i++)
        assert_true(ring_pop(&ring, &c) && c == (char)i);
    assert_true(ring_pop(&ring, &c) && c == 'x');
    assert_false(ring_pop(&ring, &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_perfect_cable_changes_nothing),
        cmocka_unit_test(the_same_seed_spoils_the_same_bytes),
        cmocka_unit_test(errors_come_as_often_as_asked),
        cmocka_unit_test(the_chunks_do_not_matter),
        cmocka_unit_test(a_full_ring_drops_and_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
