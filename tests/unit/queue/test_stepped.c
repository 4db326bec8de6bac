/* SPDX-License-Identifier: Apache-2.0 */
/* Work by hand between made and shipped: batches are counted, never more than wait, nothing passes
 * a gate that has not been worked on, and a restart finds all of it again. */
#include "production/kits.h"
#include "production/story.h"
#include "stepped.h"

static void check(struct desk *desk, int64_t deburr, int64_t wash, int64_t ready)
{
    assert_int_equal(waiting(desk, "caen", "serre-tete", 0), deburr);
    assert_int_equal(waiting(desk, "caen", "serre-tete", 1), wash);
    assert_int_equal(waiting(desk, "caen", "serre-tete", 2), ready);
    assert_int_equal(stock_of(queue_stock(desk->queue), "caen", "serre-tete"),
                     deburr + wash + ready);
}

static void a_batch_is_done_and_its_scrap_is_gone(void **state)
{
    struct desk *desk = *state;

    receive(desk, "serre-tete", "L1", 42);
    check(desk, 42, 0, 0);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 42, 0), false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", "L1", 30, 2), false), ERR_OK);
    assert_string_equal(desk->text, "serre-tete at caen: lavage done for 30; 2 thrown away");
    check(desk, 0, 10, 30);
    desk_restart(desk);
    check(desk, 0, 10, 30);
}

static void no_more_than_wait_and_nothing_unknown(void **state)
{
    struct desk *desk = *state;
    struct stepping_ask ask = batch("lavage", NULL, 1, 0);

    receive(desk, "serre-tete", "L1", 5);
    receive(desk, "serre-tete", "L2", 5);
    assert_int_equal(step(desk, ask, false), ERR_REFUSED); /* not deburred yet */
    assert_string_equal(desk->text, "0 serre-tete wait for lavage at caen, not 1");
    assert_int_equal(step(desk, batch("ebavurage", "L1", 5, 1), false), ERR_REFUSED);
    assert_string_equal(desk->text, "of lot L1 5 serre-tete wait for ebavurage at caen, not 6");
    assert_int_equal(step(desk, batch("ebavurage", NULL, 7, 0), false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", "L2", 3, 0), false), ERR_REFUSED); /* L1 first */
    assert_int_equal(step(desk, batch("lavage", "L2", 2, 0), false), ERR_OK);
    assert_int_equal(step(desk, batch("polissage", NULL, 1, 0), false), ERR_INVALID);
    assert_int_equal(step(desk, batch("lavage", NULL, 0, 0), false), ERR_INVALID);
    assert_int_equal(step(desk, batch("lavage", NULL, -1, 2), false), ERR_INVALID);
    assert_int_equal(step(desk, batch("lavage", NULL, INT64_MAX, 1), false), ERR_INVALID);
    ask = batch("lavage", NULL, 0, 1);
    ask.reason[0] = '\0';
    assert_int_equal(step(desk, ask, false), ERR_INVALID);
    snprintf(ask.item, sizeof ask.item, "ecran"); /* has no steps */
    assert_int_equal(step(desk, ask, false), ERR_INVALID);
    check(desk, 3, 5, 2);
}

static int64_t kits(struct desk *desk)
{
    struct hand_view view = queue_hand(desk->queue);
    size_t limiting;
    int64_t have[8];

    hand_ready(&view, "caen", have);
    return kits_possible(desk->config, 0, have, &limiting);
}

static void nothing_passes_a_gate_unworked(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_ASSEMBLE, .site = "caen", .item = "visiere", .quantity = 4};
    struct stepping_ask pack = batch("emballage", NULL, 3, 0);
    struct hand_view view = queue_hand(desk->queue);
    int64_t n;

    receive(desk, "serre-tete", "L1", 10);
    receive(desk, "ecran", "", 10);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 6, 0), false), ERR_OK);
    assert_int_equal(kits(desk), 0);
    assert_string_equal(hand_awaited(&view, "caen", "serre-tete", &n)->id, "lavage");
    assert_int_equal(n, 10);
    assert_int_equal(step(desk, batch("lavage", NULL, 3, 0), false), ERR_OK);
    assert_int_equal(kits(desk), 3);
    assert_int_equal(handle(desk, ask), ERR_REFUSED);
    assert_string_equal(desk->text, "3 serre-tete are ready at caen, not 4: 7 wait for the step "
                                    "ebavurage");
    ask.quantity = 3;
    assert_int_equal(handle(desk, ask), ERR_OK);
    check(desk, 4, 3, 0);
    ask.kind = GOODS_SHIP;
    snprintf(ask.reason, sizeof ask.reason, "CHU");
    assert_int_equal(handle(desk, ask), ERR_REFUSED);
    assert_string_equal(desk->text,
                        "0 visiere are ready at caen, not 3: 3 wait for the step emballage");
    snprintf(pack.item, sizeof pack.item, "visiere");
    assert_int_equal(step(desk, pack, false), ERR_OK);
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_int_equal(stock_of(queue_stock(desk->queue), NULL, "visiere"), 0);
    desk_restart(desk);
    check(desk, 4, 3, 0);
}

static void pieces_keep_how_far_they_came_when_they_move(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_MOVE, .site = "caen", .to = "rouen", .item = "serre-tete", .quantity = 5};

    receive(desk, "serre-tete", "L1", 10);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 7, 0), false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", NULL, 3, 0), false), ERR_OK);
    assert_int_equal(handle(desk, ask), ERR_OK); /* those that came furthest go */
    check(desk, 3, 2, 0);
    assert_int_equal(waiting(desk, "rouen", "serre-tete", 2), 3);
    assert_int_equal(waiting(desk, "rouen", "serre-tete", 1), 2);
    desk_restart(desk);
    check(desk, 3, 2, 0);
    assert_int_equal(waiting(desk, "rouen", "serre-tete", 2), 3);
}

static void a_batch_can_be_taken_back(void **state)
{
    struct desk *desk = *state;
    struct stepping_ask ask = batch("ebavurage", "L1", 8, 2);

    receive(desk, "serre-tete", "L1", 10);
    assert_int_equal(step(desk, ask, false), ERR_OK);
    assert_int_equal(step(desk, batch("lavage", NULL, 3, 0), false), ERR_OK);
    assert_int_equal(step(desk, ask, true), ERR_REFUSED); /* 3 have gone on */
    assert_int_equal(step(desk, batch("lavage", "L1", 3, 0), true), ERR_OK);
    check(desk, 0, 8, 0);
    assert_int_equal(step(desk, ask, true), ERR_OK);
    check(desk, 10, 0, 0);
    assert_int_equal(step(desk, ask, true), ERR_REFUSED); /* once */
    assert_int_equal(step(desk, batch("ebavurage", "L1", 0, 1), true), ERR_REFUSED);
    assert_string_equal(desk->text,
                        "of lot L1 0 serre-tete were thrown away at caen before ebavurage, not 1");
    desk_restart(desk);
    check(desk, 10, 0, 0);
}

/* A stocktake, or a verdict put right, may leave fewer than were worked on. */
static void a_smaller_count_never_leaves_more_ready_than_there_are(void **state)
{
    struct desk *desk = *state;
    struct fact fact = {
        .kind = FACT_CORRECTED, .site = "caen", .part = "serre-tete", .lot = "L1", .qty = -4};
    struct hand_view view = queue_hand(desk->queue);

    receive(desk, "serre-tete", "L1", 10);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 8, 0), false), ERR_OK);
    assert_int_equal(stock_count((struct stock *)view.stock, &fact), ERR_OK);
    check(desk, 0, 6, 0);
    assert_int_equal(step(desk, batch("lavage", NULL, 7, 0), false), ERR_REFUSED);
    assert_int_equal(step(desk, batch("lavage", NULL, 6, 0), false), ERR_OK);
    check(desk, 0, 0, 6);
}

static void another_config_asks_for_other_steps(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_SHIP, .site = "caen", .item = "serre-tete", .quantity = 10, .reason = "CHU"};

    receive(desk, "serre-tete", "L1", 12);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 12, 0), false), ERR_OK);
    configure(desk, WASH, ""); /* what has only been deburred is as new */
    assert_int_equal(waiting(desk, "caen", "serre-tete", 0), 12);
    assert_int_equal(step(desk, batch("lavage", NULL, 5, 0), false), ERR_OK);
    configure(desk, DEBURR "," WASH, "");
    check(desk, 0, 7, 5);
    configure(desk, "", ""); /* no steps: as if there had never been any */
    assert_int_equal(handle(desk, ask), ERR_OK);
    configure(desk, DEBURR "," WASH, "");
    check(desk, 0, 0, 2);
}

struct told {
    bool answered;
    size_t steps;
    struct lot_row row; /* the last of them */
};

static void on_story(void *context, enum err err, const char *text, const struct lot_row *rows,
                     size_t count)
{
    struct told *told = context;

    (void)text;
    assert_int_equal(err, ERR_OK);
    told->answered = true;
    for (size_t i = 0; i < count; i++)
        if (rows[i].event == LOT_STEPPED) {
            told->row = rows[i];
            told->steps++;
        }
}

static void the_story_of_a_lot_says_who_did_what_and_how(void **state)
{
    struct desk *desk = *state;
    struct told told = {.steps = 0};
    struct goods_ask ask = {
        .kind = GOODS_ASSEMBLE, .site = "caen", .item = "visiere", .lot = "K1", .quantity = 2};

    receive(desk, "serre-tete", "L1", 2);
    receive(desk, "ecran", "E1", 2);
    assert_int_equal(step(desk, batch("ebavurage", NULL, 2, 0), false), ERR_OK);
    desk->now_ms += 60000;
    assert_int_equal(step(desk, batch("lavage", NULL, 2, 0), false), ERR_OK);
    assert_int_equal(handle(desk, ask), ERR_OK);
    story_read(queue_store(desk->queue), "K1", on_story, &told);
    while (!told.answered)
        uv_run(&desk->loop, UV_RUN_ONCE);
    assert_int_equal(told.steps, 2);
    assert_string_equal(told.row.step, "lavage");
    assert_string_equal(told.row.by, "bob");
    assert_string_equal(told.row.lot, "L1");
    assert_string_equal(told.row.reason, "Javel 0,5 %, 20 min");
    assert_int_equal(told.row.qty, 2);
    assert_int_equal(told.row.at_ms, desk->now_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_batch_is_done_and_its_scrap_is_gone, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(no_more_than_wait_and_nothing_unknown, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(nothing_passes_a_gate_unworked, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(pieces_keep_how_far_they_came_when_they_move, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_batch_can_be_taken_back, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_smaller_count_never_leaves_more_ready_than_there_are,
                                        setup, desk_teardown),
        cmocka_unit_test_setup_teardown(another_config_asks_for_other_steps, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_story_of_a_lot_says_who_did_what_and_how, setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
