/* SPDX-License-Identifier: Apache-2.0 */
/* Kits down a bill of several levels, against trying every way there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "production/kits.h"

enum { ITEMS = 6, S = 3, T = 4, U = 5 }; /* parts a b c, then products */

static const char text[] = "{\"products\": [{\"id\": \"s\", \"parts\": {\"a\": 2, \"b\": 1}},"
                           "{\"id\": \"t\", \"parts\": {\"s\": 1, \"b\": 1, \"c\": 1}},"
                           "{\"id\": \"u\", \"parts\": {\"t\": 1, \"s\": 1, \"c\": 2}}]}";

static struct config *make_config(void)
{
    struct config_faults faults;
    struct config *config = NULL;

    if (config_parse("kits.json", text, strlen(text), &config, &faults) != ERR_OK)
        fail_msg("%s", faults.count > 0 ? faults.items[0].text : "?");
    config_faults_finish(&faults);
    assert_int_equal(kits_items(config), ITEMS);
    return config;
}

/* True when everything needed can be had: each thing from stock or, a product, put together. */
static bool try_all(const struct config *config, int64_t *need, int64_t *have)
{
    size_t item = 0;
    bool can = false;

    while (item < ITEMS && need[item] == 0)
        item++;
    if (item == ITEMS)
        return true;
    need[item]--;
    if (have[item] > 0) {
        have[item]--;
        can = try_all(config, need, have);
        have[item]++;
    }
    if (!can && item >= S) {
        const struct config_product *kit = &config->products[item - S];

        for (size_t i = 0; i < kit->bom_count; i++)
            need[kit->bom[i].part != CONFIG_NONE ? kit->bom[i].part : S + kit->bom[i].product] +=
                kit->bom[i].quantity;
        can = try_all(config, need, have);
        for (size_t i = 0; i < kit->bom_count; i++)
            need[kit->bom[i].part != CONFIG_NONE ? kit->bom[i].part : S + kit->bom[i].product] -=
                kit->bom[i].quantity;
    }
    need[item]++;
    return can;
}

static int64_t most_by_trying(const struct config *config, size_t product, int64_t *have)
{
    const struct config_product *kit = &config->products[product];

    for (int64_t n = 1;; n++) {
        int64_t need[ITEMS] = {0};

        for (size_t i = 0; i < kit->bom_count; i++)
            need[kit->bom[i].part != CONFIG_NONE ? kit->bom[i].part : S + kit->bom[i].product] +=
                n * kit->bom[i].quantity;
        if (!try_all(config, need, have))
            return n - 1;
    }
}

static uint32_t dice(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void as_many_kits_as_any_way_of_building_gives(void **state)
{
    struct config *config = make_config();
    uint32_t seed = 7;
    int64_t sum = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        int64_t have[ITEMS];
        size_t product = dice(&seed, 3), limiting;
        int64_t kits;

        for (size_t i = 0; i < ITEMS; i++)
            have[i] = dice(&seed, i < S ? 9 : 3);
        kits = kits_possible(config, product, have, &limiting);
        assert_int_equal(kits, most_by_trying(config, product, have));
        assert_true(limiting < S);
        for (size_t i = 0; i < S; i++) /* however many there are of all other parts */
            have[i] += i != limiting ? 100 : 0;
        assert_int_equal(kits_possible(config, product, have, &limiting), kits);
        sum += kits;
    }
    assert_true(sum > 400);
    config_unref(config);
}

static void the_limiting_part_is_the_scarcest(void **state)
{
    struct config *config = make_config();
    int64_t have[ITEMS] = {[0] = 20, [1] = 5, [2] = 9};
    size_t limiting;

    (void)state;
    assert_int_equal(kits_possible(config, 0, have, &limiting), 5);
    assert_string_equal(kits_item_id(config, limiting), "b");
    have[0] = 3;
    assert_int_equal(kits_possible(config, 0, have, &limiting), 1);
    assert_string_equal(kits_item_id(config, limiting), "a");
    config_unref(config);
}

static void a_kit_in_stock_is_used_before_another_is_built(void **state)
{
    struct config *config = make_config();
    int64_t have[ITEMS] = {[0] = 2, [1] = 10, [2] = 10, [S] = 1, [T] = 1};
    struct kits_use use[ITEMS];

    (void)state;
    kits_explode(config, U - S, 2, have, use); /* two t and two s: one each is there */
    assert_int_equal(use[T].taken, 1);
    assert_int_equal(use[T].rest, 1);
    assert_int_equal(use[S].need, 3); /* two, and one for the t that is built */
    assert_int_equal(use[S].taken, 1);
    assert_int_equal(use[0].need, 4);
    assert_int_equal(use[0].rest, 2);
    assert_int_equal(use[1].need, 3);
    assert_int_equal(use[2].need, 5);
    assert_int_equal(have[0], 0);
    assert_int_equal(have[1], 7);
    config_unref(config);
}

static void what_has_gone_below_nothing_counts_as_nothing(void **state)
{
    struct config *config = make_config();
    int64_t have[ITEMS] = {[0] = -4, [1] = 10, [S] = -1};
    size_t limiting;

    (void)state;
    assert_int_equal(kits_possible(config, 0, have, &limiting), 0);
    assert_string_equal(kits_item_id(config, limiting), "a");
    config_unref(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_kits_as_any_way_of_building_gives),
        cmocka_unit_test(the_limiting_part_is_the_scarcest),
        cmocka_unit_test(a_kit_in_stock_is_used_before_another_is_built),
        cmocka_unit_test(what_has_gone_below_nothing_counts_as_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
