/* SPDX-License-Identifier: Apache-2.0 */
/* What orders still need, down kits in kits. */
#include "queue/order_plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

enum { BAND, CARTON, BOX, SHIELD, ITEMS }; /* of the config below */

static const char text[] =
    "{\"products\": [{\"id\": \"box\", \"parts\": {\"shield\": 10, \"carton\": 1}},"
    "{\"id\": \"shield\", \"parts\": {\"band\": 1}}],"
    "\"parts\": [{\"id\": \"band\"}, {\"id\": \"carton\"}]}";

static struct config *make_config(void)
{
    struct config_faults faults;
    struct config *config = NULL;

    if (config_parse("plan.json", text, strlen(text), &config, &faults) != ERR_OK)
        fail_msg("%s", faults.count > 0 ? faults.items[0].text : "?");
    config_faults_finish(&faults);
    assert_int_equal(kits_items(config), ITEMS);
    return config;
}

static void check(const struct order_need *need, int64_t have, int64_t in_flight, int64_t owed)
{
    assert_int_equal(need->have, have);
    assert_int_equal(need->in_flight, in_flight);
    assert_int_equal(need->owed, owed);
    assert_int_equal(need->need, have + in_flight + owed);
}

static void each_takes_by_turn_what_there_is_and_what_comes(void **state)
{
    struct config *config = make_config();
    struct product_order boxes = {.id = 1, .product = "box", .quantity = 3, .done = 1};
    struct product_order shields = {.id = 2, .product = "shield", .quantity = 7};
    const struct product_order *turns[] = {&boxes, &shields};
    int64_t stock[ITEMS] = {[BAND] = 5, [CARTON] = 9, [SHIELD] = 4}, in_flight[ITEMS] = {12};
    int64_t supply[ITEMS];
    struct kits_use use[ITEMS];
    struct order_plan plan = {config, turns, 2, stock, in_flight, supply, use};
    struct order_need needs[2 * ITEMS];

    (void)state;
    order_plan_fill(&plan, needs);
    check(&needs[BOX], 0, 0, 2);
    check(&needs[CARTON], 2, 0, 0);
    check(&needs[SHIELD], 4, 0, 16);
    check(&needs[BAND], 5, 11, 0); /* for the 16 shields to be put together */
    check(&needs[ITEMS + SHIELD], 0, 0, 7);
    check(&needs[ITEMS + BAND], 0, 1, 6);
    assert_int_equal(stock[CARTON], 7);
    config_unref(config);
}

static void what_is_over_needs_nothing(void **state)
{
    struct config *config = make_config();
    struct product_order rows[] = {
        {.id = 1, .product = "shield", .quantity = 3, .done = 3, .state = PRODUCT_ORDER_DONE},
        {.id = 2, .product = "shield", .quantity = 3, .state = PRODUCT_ORDER_CANCELLED},
        {.id = 3, .product = "gone", .quantity = 3},
        {.id = 4, .product = "shield", .quantity = 3}};
    const struct product_order *turns[] = {&rows[0], &rows[1], &rows[2], &rows[3]};
    int64_t stock[ITEMS] = {[BAND] = -2}, in_flight[ITEMS] = {1}, supply[ITEMS];
    struct kits_use use[ITEMS];
    struct order_plan plan = {config, turns, 4, stock, in_flight, supply, use};
    struct order_need needs[4 * ITEMS];

    (void)state;
    order_plan_fill(&plan, needs);
    for (size_t i = 0; i < 3 * ITEMS; i++)
        assert_int_equal(needs[i].need, 0);
    check(&needs[3 * ITEMS + BAND], 0, 1, 2);
    config_unref(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_takes_by_turn_what_there_is_and_what_comes),
        cmocka_unit_test(what_is_over_needs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
