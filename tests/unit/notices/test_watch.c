/* SPDX-License-Identifier: Apache-2.0 */
/* From what is so now to the messages that are made of it: delay, bundling, pace, flapping, quiet
 * hours, roles, restarts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "shop.h"

static void so(struct shop *shop, enum notice_kind kind, const char *subject, int64_t mark)
{
    struct notice_condition *one = &shop->now_so[shop->count++];

    memset(one, 0, sizeof *one);
    one->kind = kind;
    one->mark = mark;
    one->item.what = kind == NOTICE_NEEDS  ? WHAT_CLEAR
                     : kind == NOTICE_DOWN ? WHAT_LOCKED
                                           : WHAT_DONE;
    snprintf(one->item.subject, sizeof one->item.subject, "%s", subject);
    snprintf(one->item.site, sizeof one->item.site, "caen");
}

/* Looks every two seconds for that long; nothing is sent, but what is due counts as if it were. */
static void pass(struct shop *shop, int64_t ms)
{
    for (int64_t end = shop->now + ms; shop->now < end; shop->now += 2 * SECOND) {
        watch_look(shop->notices);
        write_changes(shop->notices);
        while (shop->notices->writing != NULL)
            uv_run(&shop->loop, UV_RUN_ONCE);
        for (struct list *n = shop->notices->parcels.next; n != &shop->notices->parcels;
             n = n->next) { /* as if it had been handed to the post in time */
            struct parcel *parcel = list_entry(n, struct parcel, node);

            parcel->sending = parcel->due_ms <= shop->now;
        }
    }
}

static size_t messages(const struct shop *shop)
{
    return shop->notices->parcel_count;
}

static const struct parcel *newest(const struct shop *shop)
{
    return list_entry(shop->notices->parcels.prev, struct parcel, node);
}

static void nothing_is_said_before_the_delay_has_passed(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "olive", NOTICE_NEEDS, "");
    so(shop, NOTICE_NEEDS, "caen-p01", 1);
    pass(shop, 9 * MINUTE);
    assert_int_equal(messages(shop), 0);
    pass(shop, 2 * MINUTE);
    assert_int_equal(messages(shop), 1);
    pass(shop, 60 * MINUTE); /* and once only, however long it lasts */
    assert_int_equal(messages(shop), 1);
}

static void seven_machines_of_a_site_give_one_message(void **state)
{
    struct shop *shop = *state;
    char name[24];

    shop_add_rule(shop, "olive", NOTICE_NEEDS, "");
    for (int i = 0; i < 7; i++) { /* one every eight seconds */
        snprintf(name, sizeof name, "caen-p%02d", i);
        so(shop, NOTICE_NEEDS, name, 1);
        pass(shop, 8 * SECOND);
    }
    pass(shop, 30 * MINUTE);
    assert_int_equal(messages(shop), 1);
    assert_int_equal(newest(shop)->text.count, 7);
}

/* The default pace: one message in five minutes, whatever happens. */
static void a_bad_day_gives_few_messages(void **state)
{
    struct shop *shop = *state;
    char name[24];

    shop_add_rule(shop, "olive", NOTICE_DOWN, "");
    for (int i = 0; i < 15; i++) {
        snprintf(name, sizeof name, "caen-p%02d", i);
        so(shop, NOTICE_DOWN, name, 0);
        pass(shop, 2 * MINUTE);
    }
    assert_in_range(messages(shop), 2, 30 / 5 + 1);
}

static void a_machine_that_flaps_gives_one_message(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "olive", NOTICE_DOWN, "");
    for (int i = 0; i < 20; i++) {
        so(shop, NOTICE_DOWN, "caen-p01", 0);
        pass(shop, MINUTE);
        shop->count = 0;
        pass(shop, 2 * MINUTE);
    }
    assert_int_equal(messages(shop), 1);
}

static void what_comes_back_after_a_while_is_told_again(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "olive", NOTICE_DOWN, "");
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, MINUTE);
    shop->count = 0;
    pass(shop, 20 * MINUTE);
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 2);
}

/* A short program is over before the last wait is forgotten; the next plate is another one. */
static void the_wait_after_the_next_run_is_another(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "olive", NOTICE_NEEDS, "");
    so(shop, NOTICE_NEEDS, "caen-p01", 1);
    pass(shop, 12 * MINUTE);
    shop->count = 0;
    so(shop, NOTICE_NEEDS, "caen-p01", 2);
    pass(shop, 12 * MINUTE);
    assert_int_equal(messages(shop), 2);
}

static void in_quiet_hours_nothing_is_said_until_they_end(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "olive", NOTICE_DOWN, "10:00-12:00");
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, 30 * MINUTE);
    assert_int_equal(messages(shop), 0);
    pass(shop, 31 * MINUTE);
    assert_int_equal(messages(shop), 1);
}

static void a_job_done_in_quiet_hours_is_told_when_they_end(void **state)
{
    struct shop *shop = *state;

    pass(shop, 2 * SECOND);
    shop_add_rule(shop, "vera", NOTICE_DONE, "10:00-12:00");
    so(shop, NOTICE_DONE, "1", 0);
    pass(shop, 2 * MINUTE);
    assert_int_equal(messages(shop), 1);
    assert_int_equal(newest(shop)->due_ms, INT64_C(1586250000000) + 60 * MINUTE);
}

static void only_who_may_watch_is_told(void **state)
{
    struct shop *shop = *state;

    assert_int_equal(shop_add_rule(shop, "vera", NOTICE_NEEDS, ""), ERR_INVALID);
    assert_non_null(strstr(shop->text, "sites"));
    assert_int_equal(shop_add_rule(shop, "vera", NOTICE_DOWN, ""), ERR_OK);
    so(shop, NOTICE_DOWN, "rouen-p01", 0);
    memcpy(shop->now_so[0].item.site, "rouen", 6);
    pass(shop, 30 * MINUTE);
    assert_int_equal(messages(shop), 0);
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 1);
    assert_string_equal(newest(shop)->text.items[0].subject, "caen-p01");
}

static void who_is_disabled_or_gone_is_told_nothing(void **state)
{
    struct shop *shop = *state;
    struct person changed = *person_find(shop->people, "vera");

    shop_add_rule(shop, "vera", NOTICE_DOWN, "");
    changed.disabled = true;
    shop->busy = true;
    person_set(shop->people, &changed, shop_on_person, shop);
    shop_wait(shop);
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 0);
    shop->busy = true;
    person_remove(shop->people, "vera", shop_on_person, shop);
    shop_wait(shop);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 0);
    shop_close(shop);
    shop_open(shop);
    assert_true(list_empty(&shop->notices->rules)); /* with the person go the rules */
}

static void a_restart_forgets_no_message_and_repeats_none(void **state)
{
    struct shop *shop = *state;
    char key[OUTBOX_KEY_SIZE];

    shop_add_rule(shop, "olive", NOTICE_DOWN, "");
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, 4 * SECOND);
    assert_int_equal(messages(shop), 1);
    memcpy(key, newest(shop)->key, sizeof key);
    shop_close(shop);
    shop_open(shop);
    assert_int_equal(messages(shop), 1);
    assert_string_equal(newest(shop)->key, key);
    assert_string_equal(newest(shop)->text.items[0].subject, "caen-p01");
    pass(shop, 30 * MINUTE);
    assert_int_equal(messages(shop), 1);
}

static void jobs_done_before_anybody_looked_are_no_news(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "vera", NOTICE_DONE, "");
    so(shop, NOTICE_DONE, "1", 0);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 0);
    so(shop, NOTICE_DONE, "2", 0);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 1);
    assert_string_equal(newest(shop)->text.items[0].subject, "2");
}

/* The job was done while usined was not there, or just before it was killed. */
static void a_job_done_between_two_starts_is_told(void **state)
{
    struct shop *shop = *state;

    shop_add_rule(shop, "vera", NOTICE_DONE, "");
    pass(shop, 4 * SECOND);
    shop_close(shop);
    shop_open(shop);
    so(shop, NOTICE_DONE, "1", 0);
    pass(shop, 4 * SECOND);
    assert_int_equal(messages(shop), 1);
    shop_close(shop);
    shop_open(shop);
    pass(shop, MINUTE);
    assert_int_equal(messages(shop), 1);
}

static void a_job_for_two_sites_is_told_to_who_may_see_one(void **state)
{
    static const char *const both[] = {"rouen", "caen", NULL}, *const other[] = {"rouen", NULL};
    struct shop *shop = *state;

    shop_add_rule(shop, "vera", NOTICE_DONE, "");
    pass(shop, 2 * SECOND);
    so(shop, NOTICE_DONE, "1", 0);
    shop->now_so[0].sites = other;
    pass(shop, 2 * SECOND);
    assert_int_equal(messages(shop), 0);
    so(shop, NOTICE_DONE, "2", 0);
    shop->now_so[1].sites = both;
    pass(shop, 2 * SECOND);
    assert_int_equal(messages(shop), 1);
}

static void a_rule_that_goes_takes_its_messages_with_it(void **state)
{
    struct shop *shop = *state;
    int64_t olive = person_find(shop->people, "olive")->id;
    int64_t vera = person_find(shop->people, "vera")->id;

    shop_add_rule(shop, "olive", NOTICE_DOWN, "");
    so(shop, NOTICE_DOWN, "caen-p01", 0);
    pass(shop, 4 * SECOND);
    rule_remove(shop->notices, vera, shop->notices->last_rule, shop_on_rule, shop);
    assert_int_equal(shop->err, ERR_NOT_FOUND); /* somebody else's */
    shop->busy = true;
    rule_remove(shop->notices, olive, shop->notices->last_rule, shop_on_rule, shop);
    shop_wait(shop);
    assert_int_equal(shop->err, ERR_OK);
    assert_int_equal(messages(shop), 0);
    shop_close(shop);
    shop_open(shop);
    assert_int_equal(messages(shop), 0);
}

static void nobody_has_more_than_twenty_rules(void **state)
{
    struct shop *shop = *state;

    for (int i = 0; i < RULES_OF_ONE; i++)
        assert_int_equal(shop_add_rule(shop, "olive", NOTICE_DOWN, ""), ERR_OK);
    assert_int_equal(shop_add_rule(shop, "olive", NOTICE_DOWN, ""), ERR_REFUSED);
    assert_int_equal(shop_add_rule(shop, "vera", NOTICE_DOWN, ""), ERR_OK);
    assert_int_equal(shop_add_rule(shop, "vera", NOTICE_DOWN, "25:00-26:00"), ERR_INVALID);
    assert_non_null(strstr(shop->text, "quiet"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_setup, shop_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_said_before_the_delay_has_passed),
        TEST(seven_machines_of_a_site_give_one_message),
        TEST(a_bad_day_gives_few_messages),
        TEST(a_machine_that_flaps_gives_one_message),
        TEST(what_comes_back_after_a_while_is_told_again),
        TEST(the_wait_after_the_next_run_is_another),
        TEST(in_quiet_hours_nothing_is_said_until_they_end),
        TEST(a_job_done_in_quiet_hours_is_told_when_they_end),
        TEST(only_who_may_watch_is_told),
        TEST(who_is_disabled_or_gone_is_told_nothing),
        TEST(a_restart_forgets_no_message_and_repeats_none),
        TEST(jobs_done_before_anybody_looked_are_no_news),
        TEST(a_job_done_between_two_starts_is_told),
        TEST(a_job_for_two_sites_is_told_to_who_may_see_one),
        TEST(a_rule_that_goes_takes_its_messages_with_it),
        TEST(nobody_has_more_than_twenty_rules),
    };
#undef TEST

    setenv("TZ", "Europe/Paris", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
