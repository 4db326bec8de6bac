/* SPDX-License-Identifier: Apache-2.0 */
/* What of a batch of work by hand can still be taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>

#include "production/batches.h"

static struct batch_row batch(const char *lot, int64_t quantity, int64_t scrap)
{
    struct batch_row row = {.site = "caen",
                            .item = "serre-tete",
                            .step = "lavage",
                            .quantity = quantity,
                            .scrap = scrap};

    snprintf(row.lot, sizeof row.lot, "%s", lot);
    return row;
}

static void what_was_taken_back_is_of_the_last_batch_before(void **state)
{
    struct batch_row rows[] = {batch("L1", 5, 0), batch("L1", -4, -1), batch("L2", 7, 0),
                               batch("L1", 3, 2), batch("L1", 6, 0),   batch("L3", -2, 0)};

    (void)state;
    batches_match(rows, 6);
    assert_int_equal(rows[0].left, 5); /* counted after it */
    assert_int_equal(rows[1].left, 0);
    assert_int_equal(rows[2].left, 7); /* another lot */
    assert_int_equal(rows[3].left, 0);
    assert_int_equal(rows[3].left_scrap, 1);
    assert_int_equal(rows[4].left, 5);
    assert_int_equal(rows[5].left + rows[5].left_scrap, 0);
}

static void what_was_taken_back_twice_is_gone_twice(void **state)
{
    struct batch_row rows[] = {batch("L1", -2, 0), batch("L1", -3, 0), batch("L1", 5, 0),
                               batch("L1", -9, 0), batch("L1", 9, 0)};

    (void)state;
    batches_match(rows, 5);
    assert_int_equal(rows[2].left, 0);
    assert_int_equal(rows[4].left, 0);
}

static void another_step_site_or_part_is_other_work(void **state)
{
    struct batch_row rows[] = {batch("L1", -2, 0), batch("L1", 5, 0), batch("L1", 5, 0),
                               batch("L1", 5, 0)};

    (void)state;
    snprintf(rows[1].step, sizeof rows[1].step, "ebavurage");
    snprintf(rows[2].site, sizeof rows[2].site, "rouen");
    snprintf(rows[3].item, sizeof rows[3].item, "ecran");
    batches_match(rows, 4);
    for (int i = 1; i < 4; i++)
        assert_int_equal(rows[i].left, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_back_is_of_the_last_batch_before),
        cmocka_unit_test(what_was_taken_back_twice_is_gone_twice),
        cmocka_unit_test(another_step_site_or_part_is_other_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
