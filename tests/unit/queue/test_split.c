/* SPDX-License-Identifier: Apache-2.0 */
/* One job over several sites. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "queue/split.h"

enum { SITES = 6, CASES = 500 };
static const struct dispatch_site always = {.open = true, .closes_s = (double)INFINITY};

static uint64_t next_random(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random >> 11;
}

struct shop {
    int machines;
    int64_t pieces; /* of a run */
    double run_s;
};

/* When a site has made its share, run by run. */
static double finished(const struct shop *shop, int64_t share)
{
    int64_t runs = (share + shop->pieces - 1) / shop->pieces;

    return (double)((runs + shop->machines - 1) / shop->machines) * shop->run_s;
}

/* And the time of one piece, as pieces are whole. */
static void all_sites_finish_within_one_run_of_each_other(void **state)
{
    uint64_t random = 20200327;

    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct split_site sites[SITES] = {0};
        struct shop shops[SITES];
        int64_t pieces = 500 + (int64_t)(next_random(&random) % 5000), sum = 0;
        double first = INFINITY, last = 0, longest = 0, piece = 0;

        for (int k = 0; k < SITES; k++) {
            shops[k] = (struct shop){1 + (int)(next_random(&random) % 9),
                                     1 + (int64_t)(next_random(&random) % 4),
                                     3600 + (double)(next_random(&random) % 20000)};
            sites[k].hours = &always;
            sites[k].pieces_s = shops[k].machines * (double)shops[k].pieces / shops[k].run_s;
            sites[k].at_once = shops[k].machines * shops[k].pieces;
            longest = fmax(longest, shops[k].run_s);
            piece = fmax(piece, 1 / sites[k].pieces_s);
        }
        assert_true(isfinite(split_job(sites, SITES, pieces, INFINITY)));
        for (int k = 0; k < SITES; k++) {
            sum += sites[k].share;
            first = fmin(first, finished(&shops[k], sites[k].share));
            last = fmax(last, finished(&shops[k], sites[k].share));
        }
        assert_int_equal(sum, pieces);
        assert_true(last - first <= longest + piece + 1);
    }
}

static void a_site_gets_by_what_it_can_make_while_it_is_open(void **state)
{
    struct dispatch_site half = {.open = true, .closes_s = 43200, .span_count = 3};
    struct split_site sites[] = {{.pieces_s = 0.01, .hours = &half},
                                 {.pieces_s = 0.01, .hours = &half, .alone = true}};

    (void)state;
    for (int i = 0; i < 3; i++)
        half.spans[i] = (struct dispatch_span){i * 86400.0, i * 86400.0 + 43200};
    /* two days: 864 s of the first's time are 432 pieces, the second's 1728 */
    split_job(sites, 2, 2592, INFINITY);
    assert_int_equal(sites[0].share, 864);
    assert_int_equal(sites[1].share, 1728);
}

static void parts_do_not_travel_while_time_allows(void **state)
{
    struct split_site sites[] = {{.pieces_s = 0.01, .far_km = 80, .hours = &always},
                                 {.pieces_s = 0.01, .far_km = 0, .hours = &always},
                                 {.pieces_s = 0.01, .far_km = 20, .hours = &always}};

    (void)state;
    assert_float_equal(split_job(sites, 3, 300, 40000), 30000, 1);
    assert_int_equal(sites[1].share, 300);
    assert_float_equal(split_job(sites, 3, 300, 20000), 15000, 1);
    assert_int_equal(sites[1].share, 150);
    assert_int_equal(sites[2].share, 150);
    assert_float_equal(split_job(sites, 3, 300, 1), 10000, 1); /* too late anyway: all */
    assert_int_equal(sites[0].share, 100);
}

static void without_machines_nothing_is_shared(void **state)
{
    struct split_site sites[] = {{.hours = &always}, {.hours = &always}};

    (void)state;
    assert_true(isinf(split_job(sites, 2, 300, INFINITY)));
    assert_int_equal(sites[0].share + sites[1].share, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_sites_finish_within_one_run_of_each_other),
        cmocka_unit_test(a_site_gets_by_what_it_can_make_while_it_is_open),
        cmocka_unit_test(parts_do_not_travel_while_time_allows),
        cmocka_unit_test(without_machines_nothing_is_shared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
