/* SPDX-License-Identifier: Apache-2.0 */
/* Random work by hand and with goods, and restarts: the sums hold, and so does the gate. */
#include "stepped.h"

struct game {
    struct desk *desk;
    uint64_t dice;
    int64_t washed, left; /* pieces washed, less those taken back; that went past the gate */
};

static int64_t pick(struct game *g, int64_t below)
{
    g->dice = g->dice * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((g->dice >> 33) % (uint64_t)below);
}

static void play_step(struct game *g)
{
    const char *lots[] = {"A", "B", NULL};
    int64_t done = pick(g, 6), scrap = pick(g, 3);
    bool wash = pick(g, 2) == 1, back = pick(g, 4) == 0;
    struct stepping_ask ask =
        batch(wash ? "lavage" : "ebavurage", lots[pick(g, back ? 2 : 3)], done, scrap);

    if (step(g->desk, ask, back) == ERR_OK && wash)
        g->washed += back ? -done : done;
}

static void play_goods(struct game *g)
{
    static const enum goods_kind kinds[] = {GOODS_RECEIVE, GOODS_RECEIVE, GOODS_RECEIVE,
                                            GOODS_MOVE,    GOODS_DISCARD, GOODS_COUNT,
                                            GOODS_SHIP,    GOODS_ASSEMBLE};
    struct goods_ask ask = {.kind = kinds[pick(g, 8)], .reason = "?", .quantity = 1 + pick(g, 4)};
    bool rouen = pick(g, 3) == 0;

    snprintf(ask.site, sizeof ask.site, "%s", rouen ? "rouen" : "caen");
    snprintf(ask.to, sizeof ask.to, "%s", rouen ? "caen" : "rouen");
    snprintf(ask.item, sizeof ask.item, "%s",
             ask.kind == GOODS_ASSEMBLE ? "visiere" : "serre-tete");
    if (ask.kind != GOODS_ASSEMBLE && pick(g, 2) == 0)
        snprintf(ask.lot, sizeof ask.lot, "%s", pick(g, 2) == 0 ? "A" : "B");
    if (handle(g->desk, ask) == ERR_OK && (ask.kind == GOODS_SHIP || ask.kind == GOODS_ASSEMBLE))
        g->left += ask.quantity;
}

static void note_spread(struct desk *desk, int64_t seen[2][3])
{
    for (int s = 0; s < 2; s++) {
        const char *site = s == 0 ? "caen" : "rouen";
        int64_t sum = 0;

        for (size_t k = 0; k < 3; k++)
            sum += seen[s][k] = waiting(desk, site, "serre-tete", k);
        assert_int_equal(sum, stock_of(queue_stock(desk->queue), site, "serre-tete"));
    }
}

static void whatever_people_do_the_sums_hold_and_the_gate_too(void **state)
{
    struct game g = {.desk = *state, .dice = 7};
    struct goods_ask screens = {
        .kind = GOODS_RECEIVE, .site = "caen", .item = "ecran", .quantity = 1000};
    int64_t seen[2][3], again[2][3];

    assert_int_equal(handle(g.desk, screens), ERR_OK);
    snprintf(screens.site, sizeof screens.site, "rouen");
    assert_int_equal(handle(g.desk, screens), ERR_OK);
    for (int i = 0; i < 1500; i++) {
        if (pick(&g, 2) == 0)
            play_step(&g);
        else
            play_goods(&g);
        note_spread(g.desk, seen);
        assert_true(g.left + seen[0][2] + seen[1][2] <= g.washed);
        if (i % 250 != 249)
            continue;
        desk_restart(g.desk);
        note_spread(g.desk, again);
        assert_memory_equal(seen, again, sizeof seen);
    }
    assert_true(g.left > 20 && g.washed > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_people_do_the_sums_hold_and_the_gate_too, setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
