/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: their jobs make what is missing and no more, whatever happens to the stock; kits go to
 * them by turn. */
#include "desk.h"
#include "queue/product_order.h"
#include "queue/warehouse.h"

/* At rouen, where there is always somebody. */
static enum err handle(struct desk *desk, enum goods_kind kind, const char *item, int64_t n)
{
    struct goods_ask ask = {
        .kind = kind, .site = "rouen", .quantity = n, .reason = "test", .by = "anne"};

    snprintf(ask.item, sizeof ask.item, "%s", item);
    queue_goods(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static int64_t order(struct desk *desk, int64_t quantity, int priority)
{
    struct product_order ask = {
        .product = "visiere", .quantity = quantity, .priority = priority, .by = "marie"};

    queue_order_add(desk->queue, &ask, desk_done, desk);
    if (desk_wait(desk) != ERR_OK)
        fail_msg("%s", desk->text);
    return desk->id;
}

static enum err set(struct desk *desk, struct product_order ask, unsigned changes)
{
    queue_order_set(desk->queue, &ask, changes, desk_done, desk);
    return desk_wait(desk);
}

static const struct job *job_of(struct desk *desk, int64_t id, const char *part)
{
    const struct job *job;

    for (size_t i = 0; (job = queue_job_at(desk->queue, i)) != NULL; i++)
        if (job->product_order == id && strcmp(job->part, part) == 0)
            return job;
    return NULL;
}

static int64_t owed(struct desk *desk, int64_t id, const char *part)
{
    const struct job *job;

    desk_settle(desk);
    job = job_of(desk, id, part);
    return job != NULL ? job->owed : 0;
}

static int64_t done(struct desk *desk, int64_t id)
{
    return queue_order_find(desk->queue, id)->done;
}

static void what_is_there_need_not_be_made(void **state)
{
    struct desk *desk = *state;
    int64_t id;

    assert_int_equal(handle(desk, GOODS_RECEIVE, "ecran", 4), ERR_OK);
    id = order(desk, 10, 5);
    assert_int_equal(owed(desk, id, "ecran"), 6);
    assert_int_equal(owed(desk, id, "serre-tete"), 10);
    assert_int_equal(handle(desk, GOODS_RECEIVE, "ecran", 9), ERR_OK);
    assert_int_equal(owed(desk, id, "ecran"), 0);
    assert_int_equal(job_of(desk, id, "ecran")->state, JOB_DONE);
    assert_int_equal(handle(desk, GOODS_DISCARD, "ecran", 6), ERR_OK);
    assert_int_equal(owed(desk, id, "ecran"), 3);
    assert_int_equal(job_of(desk, id, "ecran")->state, JOB_OPEN);
    assert_int_equal(handle(desk, GOODS_COUNT, "ecran", 5), ERR_OK);
    assert_int_equal(owed(desk, id, "ecran"), 5);
    desk_restart(desk);
    assert_int_equal(owed(desk, id, "ecran"), 5);
    assert_int_equal(owed(desk, id, "renfort"), 10);
}

static void kits_go_to_orders_by_turn(void **state)
{
    static const char *const parts[] = {"serre-tete", "renfort", "ecran"};
    struct desk *desk = *state;
    int64_t late = order(desk, 4, 5), first = order(desk, 3, 7);

    for (size_t i = 0; i < 3; i++)
        assert_int_equal(handle(desk, GOODS_RECEIVE, parts[i], 20), ERR_OK);
    assert_int_equal(handle(desk, GOODS_ASSEMBLE, "visiere", 5), ERR_OK);
    assert_int_equal(done(desk, first), 3);
    assert_int_equal(done(desk, late), 2);
    assert_int_equal(queue_order_find(desk->queue, first)->state, PRODUCT_ORDER_DONE);
    assert_int_equal(handle(desk, GOODS_DISCARD, "visiere", 3), ERR_OK);
    assert_int_equal(done(desk, late), 0); /* the last in turn loses first */
    assert_int_equal(done(desk, first), 2);
    assert_int_equal(queue_order_find(desk->queue, first)->state, PRODUCT_ORDER_OPEN);
    assert_int_equal(set(desk,
                         (struct product_order){.id = first, .state = PRODUCT_ORDER_CANCELLED},
                         PRODUCT_ORDER_SET_STATE),
                     ERR_OK);
    assert_int_equal(done(desk, first), 0);
    assert_int_equal(done(desk, late), 2); /* they are in stock: the other has them */
    desk_restart(desk);
    assert_int_equal(done(desk, late), 2);
    assert_int_equal(
        set(desk, (struct product_order){.id = first, .priority = 9}, PRODUCT_ORDER_SET_PRIORITY),
        ERR_REFUSED);
}

static void an_urgent_order_does_not_take_what_another_has(void **state)
{
    struct desk *desk = *state;
    int64_t first = order(desk, 3, 5), urgent;

    assert_int_equal(handle(desk, GOODS_RECEIVE, "visiere", 4), ERR_OK);
    assert_int_equal(done(desk, first), 3);
    urgent = order(desk, 4, 9);
    assert_int_equal(done(desk, first), 3);
    assert_int_equal(done(desk, urgent), 1); /* what was nobody's */
    assert_int_equal(handle(desk, GOODS_SHIP, "visiere", 3), ERR_OK);
    assert_int_equal(queue_order_find(desk->queue, first)->shipped, 3);
    assert_int_equal(done(desk, urgent), 1);
    assert_int_equal(owed(desk, urgent, "ecran"), 3);
    desk_restart(desk);
    assert_int_equal(queue_order_find(desk->queue, first)->shipped, 3);
    assert_int_equal(done(desk, urgent), 1);
}

static void an_order_carries_its_jobs_along(void **state)
{
    struct desk *desk = *state;
    int64_t id = order(desk, 10, 5);
    struct product_order ask = {.id = id, .priority = 8, .due_ms = DESK_NOON, .quantity = 12};
    struct job job = {.id = job_of(desk, id, "ecran")->id, .target = 3, .state = JOB_CANCELLED};

    assert_int_equal(
        set(desk, ask,
            PRODUCT_ORDER_SET_PRIORITY | PRODUCT_ORDER_SET_DUE | PRODUCT_ORDER_SET_QUANTITY),
        ERR_OK);
    assert_int_equal(owed(desk, id, "ecran"), 12);
    assert_int_equal(job_of(desk, id, "ecran")->priority, 8);
    assert_true(job_of(desk, id, "renfort")->due_ms == DESK_NOON);
    queue_job_set(desk->queue, &job, JOB_SET_TARGET, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    queue_job_set(desk->queue, &job, JOB_SET_STATE, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    ask.state = PRODUCT_ORDER_HELD;
    assert_int_equal(set(desk, ask, PRODUCT_ORDER_SET_STATE), ERR_OK);
    assert_int_equal(job_of(desk, id, "ecran")->state, JOB_HELD);
    desk_restart(desk);
    assert_int_equal(job_of(desk, id, "ecran")->state, JOB_HELD);
    assert_int_equal(job_of(desk, id, "ecran")->priority, 8);
    ask.state = PRODUCT_ORDER_CANCELLED;
    assert_int_equal(set(desk, ask, PRODUCT_ORDER_SET_STATE), ERR_OK);
    assert_int_equal(job_of(desk, id, "ecran")->state, JOB_CANCELLED);
    assert_int_equal(owed(desk, id, "ecran"), 0);
}

/* ---- whatever happens ---- */

enum { STEPS = 900, PIECES = 3, PARTS = 3, MACHINES = 3 };

static const char *const parts[PARTS] = {"serre-tete", "renfort", "ecran"};
static const char *const machines[MACHINES] = {"p1", "p2", "l1"};

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

struct walk {
    struct desk *desk;
    uint32_t seed;
    int64_t seen;           /* the newest run that was looked at */
    int64_t runs, handled;  /* for saying that something happened */
    int64_t surplus[PARTS]; /* most that a start has led to */
};

static void work(struct walk *w, const char *machine)
{
    struct desk *desk = w->desk;
    const struct order *start = desk_told(desk, ORDER_START, machine);
    const struct run *run = start != NULL ? queue_run_find(desk->queue, start->run.run) : NULL;

    if (start == NULL && (start = desk_told(desk, ORDER_ADOPT, machine)) != NULL)
        run = queue_run_find(desk->queue, start->run.run);
    if (run != NULL && run->status == RUN_STATUS_ORDERED)
        desk_started(desk, machine, run->id);
    else if (run != NULL && run->status <= RUN_STATUS_STARTED)
        desk_ended(desk, machine, run->id, next(&w->seed, 5) == 0 ? RUN_FAILED : RUN_FINISHED, "");
    else if (next(&w->seed, 3) == 0)
        desk_count(desk, machine, next(&w->seed, PIECES), next(&w->seed, 2), "");
    else if (desk_clear(desk, machine) == ERR_OK)
        desk_view(desk, machine, MACHINE_IDLE, BED_CLEAR);
    else if (run == NULL)
        desk_view(desk, machine, MACHINE_IDLE, queue_view(desk->queue, machine)->bed);
}

static void change_order(struct walk *w)
{
    static const enum product_order_state states[] = {PRODUCT_ORDER_OPEN, PRODUCT_ORDER_OPEN,
                                                      PRODUCT_ORDER_HELD, PRODUCT_ORDER_CANCELLED};
    struct product_order ask = {.quantity = 1 + next(&w->seed, 12),
                                .priority = (int)next(&w->seed, 10),
                                .state = states[next(&w->seed, 4)]};
    const struct product_order *found = queue_order_at(w->desk->queue, next(&w->seed, 6));
    int open = 0;

    for (size_t i = 0; queue_order_at(w->desk->queue, i) != NULL; i++)
        open += queue_order_at(w->desk->queue, i)->state == PRODUCT_ORDER_OPEN;
    if (open < 2) {
        order(w->desk, ask.quantity, ask.priority);
        return;
    }
    if (found == NULL)
        return;
    ask.id = found->id;
    set(w->desk, ask, 1u << next(&w->seed, 5) & ~(unsigned)PRODUCT_ORDER_SET_CUSTOMER);
}

static void act(struct walk *w)
{
    static const enum goods_kind kinds[] = {GOODS_ASSEMBLE, GOODS_ASSEMBLE, GOODS_SHIP,
                                            GOODS_DISCARD};
    uint32_t dice = next(&w->seed, 60);

    w->desk->now_ms += 1000 * (1 + next(&w->seed, 60));
    if (dice == 0)
        desk_restart(w->desk);
    else if (dice < 4)
        change_order(w);
    else if (dice < 9)
        w->handled += handle(w->desk, kinds[dice % 4], "visiere", 1 + next(&w->seed, 3)) == ERR_OK;
    else if (dice == 9)
        handle(w->desk, GOODS_DISCARD, parts[next(&w->seed, PARTS)], 1);
    else if (dice == 10)
        handle(w->desk, GOODS_COUNT, parts[next(&w->seed, PARTS)], next(&w->seed, 6));
    else
        work(w, machines[dice % MACHINES]);
    desk_settle(w->desk);
}

/* Kits that orders still want. */
static int64_t wanted(struct desk *desk)
{
    const struct product_order *o;
    int64_t kits = 0;

    for (size_t i = 0; (o = queue_order_at(desk->queue, i)) != NULL; i++)
        if (o->state != PRODUCT_ORDER_CANCELLED && o->quantity > o->done)
            kits += o->quantity - o->done;
    return kits;
}

/* Pieces under way of a part, and whether a run of it was begun since the last look. */
static int64_t under_way(struct walk *w, const char *part, bool *begun)
{
    int64_t pieces = 0;

    *begun = false;
    for (int64_t id = 1; id <= 400; id++) {
        const struct run *run = queue_run_find(w->desk->queue, id);

        if (run == NULL || run->status > RUN_STATUS_FINISHED || strcmp(run->part, part) != 0)
            continue;
        pieces += run->parts[0].pieces;
        *begun |= id > w->seen;
    }
    return pieces;
}

static void check_parts(struct walk *w)
{
    int64_t newest = w->seen, kits = wanted(w->desk);

    for (size_t i = 0; i < PARTS; i++) {
        int64_t stock = stock_of(queue_stock(w->desk->queue), NULL, parts[i]), all = 0, surplus;
        const struct job *job;
        bool begun;

        surplus = stock + under_way(w, parts[i], &begun) - kits;
        for (size_t k = 0; (job = queue_job_at(w->desk->queue, k)) != NULL; k++)
            all += strcmp(job->part, parts[i]) == 0 ? job->owed : 0;
        assert_int_equal(all, surplus < 0 ? -surplus : 0);
        if (begun && surplus > w->surplus[i])
            w->surplus[i] = surplus;
    }
    for (int64_t id = 1; id <= 400; id++)
        if (queue_run_find(w->desk->queue, id) != NULL && id > newest)
            newest = id;
    w->runs += newest > w->seen;
    w->seen = newest;
}

/* No order has more than it asked for or fewer than left; what is in stock is given out while
 * somebody waits for it, and never twice. */
static void check_orders(struct desk *desk)
{
    int64_t given = 0, stock = stock_of(queue_stock(desk->queue), NULL, "visiere");
    const struct product_order *o;
    bool waits = false;

    for (size_t i = 0; (o = queue_order_at(desk->queue, i)) != NULL; i++) {
        given += o->done - o->shipped;
        assert_true(o->done >= o->shipped && o->shipped >= 0);
        assert_true(o->done <= o->quantity || o->done == o->shipped);
        assert_int_equal(o->state == PRODUCT_ORDER_DONE,
                         o->state <= PRODUCT_ORDER_DONE && o->done >= o->quantity &&
                             o->state != PRODUCT_ORDER_HELD && o->state != PRODUCT_ORDER_CANCELLED);
        waits |= o->state == PRODUCT_ORDER_OPEN;
    }
    assert_true(stock >= 0 && given <= stock);
    if (waits)
        assert_int_equal(given, stock);
}

static void nothing_is_made_twice_whatever_happens(void **state)
{
    struct walk w = {.desk = *state, .seed = 3};

    assert_int_equal(desk_program(w.desk, "plate", "prusa-mk3", "serre-tete", PIECES), ERR_OK);
    assert_int_equal(desk_program(w.desk, "pair", "prusa-mk3", "renfort", 2), ERR_OK);
    assert_int_equal(desk_program(w.desk, "sheet", "grbl-600x400", "ecran", 2), ERR_OK);
    w.desk->now_ms += 13LL * 3600 * 1000; /* night: rouen alone is open; no midnight on the way */
    for (int i = 0; i < STEPS; i++) {
        act(&w);
        check_parts(&w);
        check_orders(w.desk);
    }
    for (size_t i = 0; i < PARTS;
         i++) /* one run of each machine, but for the piece that was owed */
        assert_true(w.surplus[i] <= (PIECES - 1) * MACHINES);
    assert_true(w.runs > 40 && w.handled > 10);
}

#define ORDER_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ORDER_TEST(what_is_there_need_not_be_made),
        ORDER_TEST(kits_go_to_orders_by_turn),
        ORDER_TEST(an_urgent_order_does_not_take_what_another_has),
        ORDER_TEST(an_order_carries_its_jobs_along),
        ORDER_TEST(nothing_is_made_twice_whatever_happens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
