/* SPDX-License-Identifier: Apache-2.0 */
/* What people do with goods by hand: counted in memory and in the ledger alike, and never below
 * nothing. */
#include "desk.h"
#include "queue/consumable.h"
#include "queue/product_order.h"
#include "queue/warehouse.h"

static enum err handle(struct desk *desk, struct goods_ask ask)
{
    snprintf(ask.by, sizeof ask.by, "anne");
    queue_goods(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static void receive(struct desk *desk, const char *site, const char *item, int64_t n)
{
    struct goods_ask ask = {.kind = GOODS_RECEIVE, .quantity = n};

    snprintf(ask.site, sizeof ask.site, "%s", site);
    snprintf(ask.item, sizeof ask.item, "%s", item);
    assert_int_equal(handle(desk, ask), ERR_OK);
}

static int64_t there(struct desk *desk, const char *site, const char *item)
{
    return stock_of(queue_stock(desk->queue), site, item);
}

static void kits_take_their_parts_and_never_more_than_there_are(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_ASSEMBLE, .site = "caen", .item = "visiere", .quantity = 5};

    receive(desk, "caen", "serre-tete", 9);
    receive(desk, "caen", "renfort", 9);
    receive(desk, "caen", "ecran", 3);
    receive(desk, "rouen", "ecran", 7);
    assert_int_equal(handle(desk, ask), ERR_REFUSED);
    assert_string_equal(desk->text, "there are 3 ecran at caen, 5 are needed: receive or move some "
                                    "(rouen has 7), or take stock");
    ask.quantity = 3;
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_int_equal(there(desk, "caen", "visiere"), 3);
    assert_int_equal(there(desk, "caen", "serre-tete"), 6);
    assert_int_equal(there(desk, "caen", "ecran"), 0);
    assert_int_equal(queue_kits_today(desk->queue, "visiere"), 3);
    desk_restart(desk);
    assert_int_equal(there(desk, NULL, "visiere"), 3);
    assert_int_equal(there(desk, NULL, "ecran"), 7);
    assert_int_equal(there(desk, "caen", "renfort"), 6);
    assert_int_equal(queue_kits_today(desk->queue, "visiere"), 3);
    desk->now_ms += 24 * 3600 * 1000;
    assert_int_equal(queue_kits_today(desk->queue, "visiere"), 0);
}

struct tally {
    int answers, done;
};

static void on_one(void *context, enum err err, const char *text, int64_t id)
{
    struct tally *tally = context;

    (void)text, (void)id;
    tally->answers++;
    tally->done += err == ERR_OK;
}

/* Each was possible when it was asked for. */
static void two_cannot_take_the_same_pieces(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {.kind = GOODS_MOVE,
                            .site = "caen",
                            .to = "rouen",
                            .item = "ecran",
                            .quantity = 4,
                            .by = "anne"};
    struct tally tally = {0};

    receive(desk, "caen", "ecran", 10);
    for (int i = 0; i < 3; i++)
        queue_goods(desk->queue, &ask, on_one, &tally);
    while (tally.answers < 3)
        uv_run(&desk->loop, UV_RUN_ONCE);
    assert_int_equal(tally.done, 2);
    assert_int_equal(there(desk, "caen", "ecran"), 2);
    assert_int_equal(there(desk, "rouen", "ecran"), 8);
}

static void the_oldest_lot_goes_first_unless_another_is_named(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_RECEIVE, .site = "caen", .item = "ecran", .lot = "A", .quantity = 5};
    const struct stock_row *row;

    assert_int_equal(handle(desk, ask), ERR_OK);
    snprintf(ask.lot, sizeof ask.lot, "B");
    assert_int_equal(handle(desk, ask), ERR_OK);
    ask = (struct goods_ask){.kind = GOODS_DISCARD, .site = "caen", .item = "ecran", .quantity = 6};
    assert_int_equal(handle(desk, ask), ERR_INVALID); /* no reason */
    snprintf(ask.reason, sizeof ask.reason, "rayes");
    assert_int_equal(handle(desk, ask), ERR_OK);
    row = stock_find(queue_stock(desk->queue), "caen", "ecran");
    assert_int_equal(row->lot_count, 1);
    assert_string_equal(row->lots[0].lot, "B");
    assert_int_equal(row->lots[0].qty, 4);
    snprintf(ask.lot, sizeof ask.lot, "A");
    ask.quantity = 1;
    assert_int_equal(handle(desk, ask), ERR_REFUSED);
    assert_string_equal(desk->text, "there are 0 ecran of lot A at caen, not 1");
}

static void a_stocktake_puts_right_what_was_known(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_COUNT, .site = "caen", .item = "ecran", .quantity = 12, .reason = "lundi"};

    receive(desk, "caen", "ecran", 10);
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_int_equal(there(desk, "caen", "ecran"), 12);
    ask.quantity = 0;
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_string_equal(desk->text, "0 ecran counted at caen; 12 were known");
    assert_int_equal(there(desk, "caen", "ecran"), 0);
    assert_int_equal(stock_find(queue_stock(desk->queue), "caen", "ecran")->lot_count, 0);
    ask.quantity = -1;
    assert_int_equal(handle(desk, ask), ERR_INVALID);
}

static const struct consumable *petg(struct desk *desk, struct consumable *copy)
{
    size_t count;
    struct consumable *items = queue_consumables(desk->queue, &count);

    assert_non_null(items);
    assert_in_range(count, 1, 2); /* all else is made; one site uses it */
    *copy = items[0];
    free(items);
    assert_string_equal(copy->part->id, "petg");
    assert_null(copy->site);
    return copy;
}

/* The same at caen, which has used some. */
static struct consumable petg_at_caen(struct desk *desk)
{
    size_t count;
    struct consumable *items = queue_consumables(desk->queue, &count), copy;

    assert_non_null(items);
    assert_int_equal(count, 2);
    copy = items[1];
    free(items);
    assert_string_equal(copy.site, "caen");
    return copy;
}

/* 4 m of 1.75 mm filament a run. */
static void runs_take_their_material_and_it_is_said_how_long_it_lasts(void **state)
{
    struct desk *desk = *state;
    struct program_request ask = {.name = "long", .model_count = 1, .yield_count = 1, .by = "test"};
    struct product_order order = {.product = "visiere", .quantity = 100, .by = "marie"};
    struct consumable now;
    int64_t grams, run;

    snprintf(ask.models[0], sizeof ask.models[0], "prusa-mk3");
    ask.yields[0] = (struct program_yield){.part = "serre-tete", .pieces = 2};
    assert_int_equal(desk_upload(desk, &ask,
                                 "G21\nG90\nM82\nM104 S200\nG28\nM109 S200\nG92 E0\n"
                                 "G1 X10 Y10 Z0.2 F3000\nG1 X60 Y60 E4000 F1500\n"
                                 "M104 S0\nM84\n"),
                     ERR_OK);
    receive(desk, "caen", "petg", 1000);
    desk_job(desk, "serre-tete", 10);
    run = desk_start(desk, "p1");
    desk->now_ms += 3600 * 1000;
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    desk_settle(desk);
    grams = 1000 - petg(desk, &now)->stock;
    assert_in_range(grams, 10, 14);
    assert_int_equal(there(desk, "caen", "petg"), 1000 - grams);
    assert_true(now.cover.per_day == (double)grams);
    assert_false(now.cover.low);
    desk->now_ms += 24 * 3600 * 1000;
    assert_true(petg(desk, &now)->cover.per_day == (double)grams); /* yesterday's now */
    desk_restart(desk);
    assert_true(petg(desk, &now)->cover.per_day == (double)grams);
    assert_int_equal(now.stock, 1000 - grams);
    queue_order_add(desk->queue, &order, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_in_range(petg(desk, &now)->needed, 48 * grams,
                    51 * grams); /* two a run, one in flight */
    assert_in_range(now.cover.lacking, 0, 50 * grams);
}

/* What lies at another site keeps no machine going: each site's own stock lasts as it lasts. */
static void a_site_runs_out_while_others_have_plenty(void **state)
{
    struct desk *desk = *state;
    struct goods_ask ask = {
        .kind = GOODS_DISCARD, .site = "caen", .item = "petg", .quantity = 400, .reason = "humide"};
    char words[200];
    struct consumable now;

    receive(desk, "caen", "petg", 1000);
    receive(desk, "rouen", "petg", 100000);
    assert_int_equal(handle(desk, ask), ERR_OK);
    assert_int_equal(petg_at_caen(desk).stock, 600);
    assert_true(petg_at_caen(desk).cover.days == 1.5);
    assert_true(petg_at_caen(desk).cover.low);
    assert_false(petg(desk, &now)->cover.low);
    now = petg_at_caen(desk);
    consumable_words(&now, words, sizeof words);
    assert_string_equal(words, "petg at caen: 600 g left, enough for 1.5 days");
    desk->now_ms += 24 * 3600 * 1000;
    assert_true(petg_at_caen(desk).cover.days == 1.5); /* yesterday's now */
    desk_restart(desk);
    assert_true(petg_at_caen(desk).cover.days == 1.5);
    desk->now_ms += 2LL * 24 * 3600 * 1000;
    assert_true(petg_at_caen(desk).cover.days == 4.5); /* no use for two days */
    assert_false(petg_at_caen(desk).cover.low);
}

static void what_cannot_be_is_refused_in_words(void **state)
{
    static const struct {
        struct goods_ask ask;
        enum err err;
        const char *text;
    } rows[] = {
        {{.kind = GOODS_RECEIVE, .site = "x", .item = "ecran", .quantity = 1},
         ERR_INVALID,
         "no site \"x\" in the config"},
        {{.kind = GOODS_RECEIVE, .site = "caen", .item = "x", .quantity = 1},
         ERR_INVALID,
         "\"x\" is neither a part nor a product of the config"},
        {{.kind = GOODS_RECEIVE, .site = "caen", .item = "ecran", .quantity = 0},
         ERR_INVALID,
         "the quantity must be from 1 to 10000000"},
        {{.kind = GOODS_MOVE, .site = "caen", .item = "ecran", .to = "caen", .quantity = 1},
         ERR_INVALID,
         "they are at caen already"},
        {{.kind = GOODS_MOVE, .site = "caen", .item = "ecran", .to = "x", .quantity = 1},
         ERR_INVALID,
         "no site \"x\" in the config: \"to\" says where they go"},
        {{.kind = GOODS_ASSEMBLE, .site = "caen", .item = "ecran", .quantity = 1},
         ERR_INVALID,
         "\"ecran\" is no product: only kits are put together"},
        {{.kind = GOODS_SHIP, .site = "caen", .item = "visiere", .quantity = 1},
         ERR_REFUSED,
         "there are 0 visiere at caen, 1 is needed: receive or move some, or take stock"},
    };
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(handle(desk, rows[i].ask), rows[i].err);
        assert_string_equal(desk->text, rows[i].text);
    }
    assert_null(stock_at(queue_stock(desk->queue), 0));
}

#define GOODS_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GOODS_TEST(kits_take_their_parts_and_never_more_than_there_are),
        GOODS_TEST(two_cannot_take_the_same_pieces),
        GOODS_TEST(the_oldest_lot_goes_first_unless_another_is_named),
        GOODS_TEST(a_stocktake_puts_right_what_was_known),
        GOODS_TEST(runs_take_their_material_and_it_is_said_how_long_it_lasts),
        GOODS_TEST(a_site_runs_out_while_others_have_plenty),
        GOODS_TEST(what_cannot_be_is_refused_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
