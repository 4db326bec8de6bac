/* SPDX-License-Identifier: Apache-2.0 */
/* Of a blocked lot nothing is put together, worked on, moved or shipped; orders get other pieces in
 * its place; a release gives it all back; a restart changes nothing. */
#include "production/kits.h"
#include "quarantined.h"
#include "queue/correct.h"
#include "queue/load.h"

static void nothing_of_a_blocked_lot_leaves(void **state)
{
    struct desk *desk = *state;

    receive(desk, "ecran", "BAD", 4);
    receive(desk, "ecran", "FINE", 3);
    block(desk, "BAD");
    assert_string_equal(desk->text, "lot BAD is blocked: 4 in stock are held");
    assert_int_equal(handle(desk, asked(GOODS_MOVE, "ecran", 4)), ERR_REFUSED);
    assert_string_equal(desk->text,
                        "3 ecran may be used at caen, not 4: lot BAD is blocked by marie (cracks): "
                        "take others, or have a coordinator release it");
    assert_int_equal(handle(desk, asked(GOODS_SHIP, "ecran", 5)), ERR_REFUSED);
    assert_int_equal(handle(desk, asked(GOODS_MOVE, "ecran", 2)), ERR_OK); /* of the later lot */
    assert_int_equal(available_pieces(queue_stock(desk->queue), "BAD"), 4);
    assert_int_equal(there(desk, "ecran"), 5);
    assert_int_equal(usable(desk, "ecran"), 3);
    assert_int_equal(counted_on(desk, "ecran"), 3);
    desk_restart(desk);
    assert_int_equal(usable(desk, "ecran"), 3);
    assert_int_equal(counted_on(desk, "ecran"), 3);
    assert_int_equal(handle(desk, asked(GOODS_SHIP, "ecran", 2)), ERR_REFUSED);
    release(desk, "BAD");
    assert_string_equal(desk->text, "lot BAD is released: 4 in stock are free again");
    assert_int_equal(handle(desk, asked(GOODS_SHIP, "ecran", 5)), ERR_OK);
    assert_int_equal(counted_on(desk, "ecran"), 2);
}

static void a_lot_asked_for_by_name_says_why(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = asked(GOODS_SHIP, "ecran", 1);

    receive(desk, "ecran", "BAD", 1);
    receive(desk, "ecran", "WORSE", 9);
    block(desk, "BAD");
    block(desk, "WORSE");
    snprintf(ask.lot, sizeof ask.lot, "BAD");
    assert_int_equal(handle(desk, ask), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "lot BAD is blocked by marie (cracks)"));
}

static void thrown_away_and_counted_it_may_be(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = asked(GOODS_DISCARD, "ecran", 1);

    receive(desk, "ecran", "BAD", 4);
    block(desk, "BAD");
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_int_equal(there(desk, "ecran"), 3);
    assert_int_equal(handle(desk, asked(GOODS_COUNT, "ecran", 2)), ERR_OK);
    assert_int_equal(there(desk, "ecran"), 2);
    assert_int_equal(usable(desk, "ecran"), 0);
    assert_int_equal(counted_on(desk, "ecran"), 0);
}

static void words_that_change_nothing_are_refused(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(word(desk, "BAD", false, false), ERR_NOT_FOUND);
    receive(desk, "ecran", "BAD", 4);
    assert_int_equal(word(desk, "BAD", true, false), ERR_REFUSED);
    assert_string_equal(desk->text, "lot BAD is not blocked");
    block(desk, "BAD");
    assert_int_equal(word(desk, "BAD", false, true), ERR_REFUSED);
    assert_string_equal(desk->text, "lot BAD is blocked already, by marie (cracks)");
}

/* The clock goes back between two words: the one that was said last holds. */
static void the_last_word_holds_whatever_the_clock_says(void **state)
{
    struct desk *desk = *state;

    receive(desk, "ecran", "BAD", 4);
    block(desk, "BAD");
    desk->now_ms -= 3600 * 1000;
    release(desk, "BAD");
    desk_restart(desk);
    assert_int_equal(usable(desk, "ecran"), 4);
    block(desk, "BAD");
    desk_restart(desk);
    assert_int_equal(usable(desk, "ecran"), 0);
}

static void no_hand_works_on_it(void **state)
{
    struct desk *desk = *state;
    struct hand_view view;
    size_t limiting;
    int64_t have[8];

    receive(desk, "serre-tete", "BAD", 4);
    receive(desk, "serre-tete", "FINE", 2);
    receive(desk, "ecran", "", 9);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 6, 0), false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", "BAD", 3, 0), false), ERR_OK);
    block(desk, "BAD");
    assert_int_equal(step(desk, batch("lavage", NULL, 3, 0), false), ERR_REFUSED);
    assert_non_null(strstr(desk->text, "lot BAD is blocked by marie (cracks)"));
    assert_int_equal(step(desk, batch("lavage", NULL, 2, 0), false), ERR_OK); /* of the other */
    view = queue_hand(desk->queue);
    hand_ready(&view, "caen", have);
    assert_int_equal(kits_possible(desk->config, 0, have, &limiting), 2);
    assert_int_equal(handle(desk, asked(GOODS_ASSEMBLE, "visiere", 3)), ERR_REFUSED);
    assert_string_equal(desk->text,
                        "2 serre-tete may be used at caen, not 3: lot BAD is blocked by "
                        "marie (cracks): take others, or have a coordinator release it");
    assert_int_equal(handle(desk, asked(GOODS_ASSEMBLE, "visiere", 2)), ERR_OK);
    assert_int_equal(available_pieces(queue_stock(desk->queue), "BAD"), 4);
    assert_int_equal(step(desk, batch("lavage", "BAD", 1, 0), true), ERR_OK); /* taken back */
    release(desk, "BAD");
    assert_int_equal(step(desk, batch("lavage", "BAD", 2, 0), false), ERR_OK);
    assert_int_equal(handle(desk, asked(GOODS_ASSEMBLE, "visiere", 4)), ERR_OK);
}

/* ---- orders ---- */

static void orders_get_others_in_its_place(void **state)
{
    struct desk *desk = *state;
    int64_t id = order(desk, 10);
    char kit[64];

    receive(desk, "serre-tete", "BAD", 6);
    receive(desk, "ecran", "E", 10);
    receive(desk, "renfort", "R", 10);
    assert_int_equal(owed(desk, "serre-tete"), 4);
    assert_int_equal(handle(desk, asked(GOODS_ASSEMBLE, "visiere", 2)), ERR_OK);
    memcpy(kit, stock_find(queue_stock(desk->queue), "caen", "visiere")->lots[0].lot, sizeof kit);
    block(desk, "BAD");
    assert_int_equal(owed(desk, "serre-tete"), 8); /* its kits are not blocked */
    assert_int_equal(queue_order_find(desk->queue, id)->done, 2);
    release(desk, "BAD");
    assert_int_equal(word(desk, "BAD", false, true), ERR_OK);
    assert_string_equal(desk->text, "lot BAD and 1 more are blocked: 6 in stock are held");
    assert_non_null(blocks_find(queue_blocks(desk->queue), kit));
    assert_int_equal(queue_order_find(desk->queue, id)->done, 0);
    assert_int_equal(owed(desk, "serre-tete"), 10);
    assert_int_equal(owed(desk, "ecran"), 2);
    assert_int_equal(handle(desk, asked(GOODS_SHIP, "visiere", 1)), ERR_REFUSED);
    desk_restart(desk);
    assert_int_equal(owed(desk, "serre-tete"), 10);
    receive(desk, "serre-tete", "FINE", 1);
    assert_int_equal(handle(desk, asked(GOODS_ASSEMBLE, "visiere", 1)), ERR_OK);
    assert_int_equal(queue_order_find(desk->queue, id)->done, 1); /* not in the kits' blocked lot */
    assert_int_equal(word(desk, "BAD", true, true), ERR_OK);
    assert_int_equal(queue_order_find(desk->queue, id)->done, 3);
    assert_int_equal(owed(desk, "serre-tete"), 3);
}

/* ---- lots that are made ---- */

static int64_t make(struct desk *desk, int64_t good, char lot[64])
{
    struct clear_request count = {.machine = "p1", .by = "anne", .count_only = true};
    struct clear_part part = {.good = good, .scrap = 4 - good};
    struct load load = {.machine = "p1", .material = "PETG", .lot = "SPOOL", .by = "tom"};
    const struct stock_row *row;
    int64_t run;

    snprintf(part.reason, sizeof part.reason, "%s", good < 4 ? "fendu" : "");
    count.parts = &part;
    count.part_count = 1;
    queue_load(desk->queue, &load, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    run = desk_start(desk, "p1");
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    queue_clear(desk->queue, &count, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    row = stock_find(queue_stock(desk->queue), "caen", "serre-tete");
    memcpy(lot, row->lots[row->lot_count - 1].lot, 64);
    return run;
}

static void a_blocked_lot_takes_no_more_pieces(void **state)
{
    struct desk *desk = *state;
    struct correction ask = {.any = true, .by = "marie", .part = {.good = 3, .scrap = 1}};
    char first[64], second[64], third[64], name[80];

    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 4), ERR_OK);
    desk_job(desk, "serre-tete", 100);
    make(desk, 4, first);
    assert_int_equal(word(desk, "SPOOL", false, false), ERR_OK); /* those made of it */
    assert_non_null(blocks_find(queue_blocks(desk->queue), first));
    ask.run = make(desk, 4, second);
    snprintf(name, sizeof name, "%.60s-2", first);
    assert_string_equal(second, name);
    assert_int_equal(usable(desk, "serre-tete"), 4);
    block(desk, second);
    make(desk, 2, third);
    snprintf(name, sizeof name, "%.60s-3", first);
    assert_string_equal(third, name);
    queue_correct(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(available_pieces(queue_stock(desk->queue), first), 4);
    assert_int_equal(available_pieces(queue_stock(desk->queue), second), 3); /* its own lot */
    assert_int_equal(available_pieces(queue_stock(desk->queue), third), 2);
    assert_int_equal(usable(desk, "serre-tete"), 2);
}

static void a_blocked_spool_is_not_loaded(void **state)
{
    struct desk *desk = *state;
    struct load load = {.machine = "p1", .material = "PETG", .lot = "SPOOL", .by = "tom"};

    receive(desk, "petg", "SPOOL", 1000);
    block(desk, "SPOOL");
    queue_load(desk->queue, &load, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    assert_string_equal(desk->text, "lot SPOOL is blocked by marie (cracks): load another, or have "
                                    "a coordinator release it");
    release(desk, "SPOOL");
    queue_load(desk->queue, &load, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_of_a_blocked_lot_leaves, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_lot_asked_for_by_name_says_why, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(thrown_away_and_counted_it_may_be, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(words_that_change_nothing_are_refused, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_last_word_holds_whatever_the_clock_says, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(no_hand_works_on_it, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(orders_get_others_in_its_place, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_blocked_spool_is_not_loaded, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_blocked_lot_takes_no_more_pieces, desk_setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
