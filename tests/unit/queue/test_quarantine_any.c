/* SPDX-License-Identifier: Apache-2.0 */
/* Random work and restarts: of a blocked lot nothing but what is thrown away or comes in changes,
 * and what jobs owe is what orders need less what may be used. */
#include "quarantined.h"

enum { ACTS = 300, LOTS = 6 };

static const char *const items[] = {"serre-tete", "ecran", "renfort", "visiere"};

struct walk {
    struct desk *desk;
    unsigned seed;
    bool blocked[LOTS + 1]; /* by the last word that was taken; of kits: all of them */
    int64_t pieces[LOTS];
    unsigned taken, refused;
};

static unsigned pick(struct walk *w, unsigned n)
{
    w->seed = w->seed * 1103515245 + 12345;
    return (w->seed >> 16) % n;
}

static const char *lot_name(unsigned i)
{
    static const char *const names[LOTS] = {"A", "B", "C", "D", "E", "F"};

    return names[i];
}

/* Lots belong to parts: of part p are p and p + 3. */
static void act(struct walk *w)
{
    static const enum goods_kind kinds[] = {GOODS_MOVE, GOODS_SHIP, GOODS_ASSEMBLE, GOODS_DISCARD};
    unsigned lot = pick(w, LOTS);
    struct goods_ask ask;

    switch (pick(w, 4)) {
    case 0:
        ask = asked(GOODS_RECEIVE, items[lot % 3], 1 + pick(w, 4));
        snprintf(ask.lot, sizeof ask.lot, "%s", lot_name(lot));
        break;
    case 1:
        if (word(w->desk, lot_name(lot), w->blocked[lot], false) == ERR_OK)
            w->blocked[lot] = !w->blocked[lot];
        return;
    default:
        ask = asked(kinds[pick(w, 4)], items[lot % 3], 1 + pick(w, 3));
        if (ask.kind == GOODS_ASSEMBLE)
            snprintf(ask.item, sizeof ask.item, "visiere");
        else if (pick(w, 2) == 0)
            snprintf(ask.lot, sizeof ask.lot, "%s", lot_name(lot));
    }
    if (handle(w->desk, ask) == ERR_OK)
        w->taken++;
    else
        w->refused += strstr(w->desk->text, "is blocked by") != NULL;
    if (ask.kind == GOODS_DISCARD || ask.kind == GOODS_RECEIVE) /* may change a blocked lot */
        for (unsigned i = 0; i < LOTS; i++)
            w->pieces[i] = available_pieces(queue_stock(w->desk->queue), lot_name(i));
}

static void check(struct walk *w)
{
    for (unsigned i = 0; i < LOTS; i++) {
        int64_t now = available_pieces(queue_stock(w->desk->queue), lot_name(i));

        if (w->blocked[i])
            assert_int_equal(now, w->pieces[i]);
        w->pieces[i] = now;
        assert_int_equal(blocks_find(queue_blocks(w->desk->queue), lot_name(i)) != NULL,
                         w->blocked[i]);
    }
    for (unsigned p = 0; p < 4; p++) {
        int64_t held =
            p < 3 ? (w->blocked[p] ? w->pieces[p] : 0) + (w->blocked[p + 3] ? w->pieces[p + 3] : 0)
                  : 0;

        assert_int_equal(usable(w->desk, items[p]),
                         stock_of(queue_stock(w->desk->queue), NULL, items[p]) - held);
        assert_int_equal(counted_on(w->desk, items[p]), usable(w->desk, items[p]));
        assert_true(usable(w->desk, items[p]) >= 0);
    }
}

/* What is owed is what the order needs less what may be used, never what is blocked. */
static void check_owed(struct walk *w, int64_t id)
{
    int64_t kits = 400 - queue_order_find(w->desk->queue, id)->done;

    for (unsigned p = 0; p < 3; p++) {
        int64_t lacking = kits - usable(w->desk, items[p]);

        assert_int_equal(owed(w->desk, items[p]), lacking > 0 ? lacking : 0);
    }
}

static void whatever_happens_a_blocked_lot_lies_still(void **state)
{
    struct walk w = {.desk = *state, .seed = 5};
    int64_t id = order(w.desk, 400);

    for (int i = 0; i < ACTS; i++) {
        act(&w);
        check(&w);
        if (i % 20 == 0)
            check_owed(&w, id);
        if (i % 75 == 74)
            desk_restart(w.desk);
    }
    assert_true(w.taken > 60 && w.refused > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_happens_a_blocked_lot_lies_still, desk_setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
