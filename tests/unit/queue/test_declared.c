/* SPDX-License-Identifier: Apache-2.0 */
/* What makers without a daemon declare: no stock before the site has counted it; counted once;
 * the maker's name goes with every piece; one link cannot declare without end. */
#include "desk.h"
#include "production/story.h"
#include "queue/declaration.h"
#include "queue/warehouse.h"
#include "store/store_fact.h"

#define HOUR_MS 3600000

struct said {
    bool answered;
    enum err err;
    char text[400];
    struct declaration_row row;
    int64_t retry_ms;
};

static void on_declared(void *context, const struct declared *declared)
{
    struct said *said = context;

    said->answered = true;
    said->err = declared->err;
    said->retry_ms = declared->retry_ms;
    snprintf(said->text, sizeof said->text, "%s", declared->text);
    if (declared->err == ERR_OK)
        said->row = *declared->row;
}

static struct declaration_row twelve(const char *mark)
{
    struct declaration_row row = {.maker = 3,
                                  .name = "Anne Martin",
                                  .site = "caen",
                                  .part = "serre-tete",
                                  .quantity = 12,
                                  .made_day = 20200407};

    snprintf(row.mark, sizeof row.mark, "%s", mark);
    return row;
}

static struct said declare(struct desk *desk, const struct declaration_row *row)
{
    struct said said = {.answered = false};

    queue_declare(desk->queue, row, on_declared, &said);
    while (!said.answered)
        uv_run(&desk->loop, UV_RUN_ONCE);
    desk->now_ms++;
    return said;
}

static enum err receive(struct desk *desk, struct reception reception)
{
    snprintf(reception.by, sizeof reception.by, "tom");
    queue_reception(desk->queue, &reception, desk_done, desk);
    return desk_wait(desk);
}

static enum err take_back(struct desk *desk, int64_t id, int64_t maker)
{
    queue_undeclare(desk->queue, id, maker, desk_done, desk);
    return desk_wait(desk);
}

static int64_t there(struct desk *desk)
{
    return stock_of(queue_stock(desk->queue), "caen", "serre-tete");
}

static int64_t scrap_today(struct desk *desk)
{
    size_t count;
    const struct part_count *parts = queue_today(desk->queue, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].part, "serre-tete") == 0)
            return parts[i].scrap;
    return 0;
}

static void what_is_declared_becomes_stock_when_it_is_received(void **state)
{
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    struct said said = declare(desk, &row);

    assert_int_equal(said.err, ERR_OK);
    assert_int_equal(there(desk), 0);
    assert_int_equal(queue_declarations_waiting(desk->queue, "caen"), 1);
    assert_int_equal(queue_declarations_waiting(desk->queue, "rouen"), 0);
    desk_restart(desk);
    assert_string_equal(queue_declaration(desk->queue, said.row.id)->name, "Anne Martin");
    assert_int_equal(
        receive(desk,
                (struct reception){.id = said.row.id, .good = 11, .scrap = 1, .reason = "warped"}),
        ERR_OK);
    assert_int_equal(there(desk), 11);
    assert_int_equal(scrap_today(desk), 1);
    assert_int_equal(receive(desk, (struct reception){.id = said.row.id, .good = 11}),
                     ERR_NOT_FOUND);
    desk_restart(desk);
    assert_int_equal(there(desk), 11);
    assert_int_equal(receive(desk, (struct reception){.id = said.row.id, .good = 11}),
                     ERR_NOT_FOUND);
}

/* Two counts: of those who heard no, and of those who heard yes. */
static void count_answer(void *context, enum err err, const char *text, int64_t id)
{
    int *answers = context;

    (void)text;
    (void)id;
    answers[err == ERR_OK]++;
}

static void two_who_receive_at_once_count_it_once(void **state)
{
    int answers[2] = {0, 0};
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    struct said said = declare(desk, &row);
    struct reception reception = {.id = said.row.id, .good = 12, .by = "tom"};
    struct reception other = {.id = said.row.id, .good = 12, .by = "anne"};

    queue_reception(desk->queue, &reception, count_answer, answers);
    queue_undeclare(desk->queue, said.row.id, 3, count_answer, answers);
    queue_reception(desk->queue, &other, count_answer, answers);
    while (answers[0] + answers[1] < 3)
        uv_run(&desk->loop, UV_RUN_ONCE);
    assert_int_equal(answers[1], 1);
    assert_int_equal(there(desk), 12);
    assert_null(queue_declaration(desk->queue, said.row.id));
}

/* Who heard no answer says it again: it was counted once, and the answer is that of then. */
static void the_same_again_is_answered_as_the_first_time(void **state)
{
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    struct reception said = {.good = 11, .scrap = 1, .reason = "warped"}, other;
    char text[400];

    said.id = declare(desk, &row).row.id;
    assert_int_equal(receive(desk, said), ERR_OK);
    memcpy(text, desk->text, sizeof text);
    for (int i = 0; i < 2; i++, desk_restart(desk)) {
        assert_int_equal(receive(desk, said), ERR_OK);
        assert_string_equal(desk->text, text);
        assert_int_equal(desk->id, said.id);
        other = said;
        other.good = 10;
        assert_int_equal(receive(desk, other), ERR_NOT_FOUND);
        other = said;
        snprintf(other.reason, sizeof other.reason, "cracked");
        assert_int_equal(receive(desk, other), ERR_NOT_FOUND);
        other = said;
        other.refuse = true;
        assert_int_equal(receive(desk, other), ERR_NOT_FOUND);
        assert_int_equal(there(desk), 11);
        assert_int_equal(scrap_today(desk), 1);
    }
}

static void the_count_says_why(void **state)
{
    static const struct {
        struct reception reception;
        enum err err;
    } cases[] = {
        {{.good = 0}, ERR_INVALID},
        {{.good = 11, .scrap = 1}, ERR_INVALID},
        {{.good = 13}, ERR_INVALID},
        {{.good = -1, .scrap = 13, .reason = "x"}, ERR_INVALID},
        {{.good = GOODS_QUANTITY_MAX + 1, .reason = "x"}, ERR_INVALID},
        {{.refuse = true}, ERR_INVALID},
        {{.good = 13, .reason = "one more in the bag"}, ERR_OK},
    };
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    int64_t id = declare(desk, &row).row.id;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reception reception = cases[i].reception;

        reception.id = id;
        assert_int_equal(receive(desk, reception), cases[i].err);
    }
    assert_int_equal(there(desk), 13);
    row = twelve("b");
    id = declare(desk, &row).row.id;
    assert_int_equal(
        receive(desk, (struct reception){.id = id, .refuse = true, .reason = "cracked"}), ERR_OK);
    assert_int_equal(there(desk), 13);
}

static void the_same_mark_declares_once(void **state)
{
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    struct said first = declare(desk, &row), again = declare(desk, &row), other;

    assert_int_equal(again.err, ERR_OK);
    assert_int_equal(again.row.id, first.row.id);
    assert_string_equal(again.row.lot, first.row.lot);
    assert_int_equal(queue_declarations_waiting(desk->queue, NULL), 1);
    row.maker = 4;
    other = declare(desk, &row);
    assert_int_not_equal(other.row.id, first.row.id);
    assert_int_equal(receive(desk, (struct reception){.id = first.row.id, .good = 12}), ERR_OK);
    again = declare(desk, &row);
    row.maker = 3;
    again = declare(desk, &row);
    assert_int_equal(again.row.state, DECLARATION_RECEIVED);
    assert_int_equal(again.row.good, 12);
    assert_int_equal(queue_declarations_waiting(desk->queue, NULL), 1);
}

static void a_link_has_room_for_so_many(void **state)
{
    struct desk *desk = *state;
    struct declaration_row row;
    struct said said = {.err = ERR_OK};
    char mark[32];
    int64_t first = 0;

    for (int i = 0; i < DECLARED_HOURLY_MAX; i++) {
        snprintf(mark, sizeof mark, "%d", i);
        row = twelve(mark);
        said = declare(desk, &row);
        assert_int_equal(said.err, ERR_OK);
        first = i == 0 ? said.row.at_ms : first;
        if (i >= DECLARED_OPEN_MAX / 2)
            assert_int_equal(take_back(desk, said.row.id, 3), ERR_OK);
    }
    row = twelve("one more");
    said = declare(desk, &row);
    assert_int_equal(said.err, ERR_TOO_MANY);
    assert_int_equal(said.retry_ms, first + HOUR_MS - (desk->now_ms - 1));
    desk_restart(desk);
    assert_int_equal(declare(desk, &row).err, ERR_TOO_MANY);
    desk->now_ms += HOUR_MS;
    for (int i = 0; i < DECLARED_OPEN_MAX / 2; i++) {
        snprintf(mark, sizeof mark, "later %d", i);
        row = twelve(mark);
        assert_int_equal(declare(desk, &row).err, ERR_OK);
    }
    row = twelve("too many wait");
    assert_int_equal(declare(desk, &row).err, ERR_REFUSED);
    row.maker = 4;
    assert_int_equal(declare(desk, &row).err, ERR_OK);
}

static void only_its_maker_takes_it_back(void **state)
{
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    int64_t id = declare(desk, &row).row.id;

    assert_int_equal(take_back(desk, id, 4), ERR_NOT_FOUND);
    assert_int_equal(take_back(desk, id, 3), ERR_OK);
    assert_int_equal(take_back(desk, id, 3), ERR_NOT_FOUND);
    assert_int_equal(receive(desk, (struct reception){.id = id, .good = 12}), ERR_NOT_FOUND);
    assert_int_equal(there(desk), 0);
}

static void a_link_says_what_it_is_for(void **state)
{
    static const struct {
        const char *part;
        int64_t quantity;
        int day;
        const char *field; /* NULL: it is good */
    } cases[] = {
        {"serre-tete", 1, 20200407, NULL},
        {"serre-tete", DECLARED_QUANTITY_MAX, 20191011, NULL},
        {"visiere", 1, 20200407, NULL},
        {"ecran", 1, 20200407, "part"},
        {"serre", 1, 20200407, "part"},
        {"", 1, 20200407, "part"},
        {"gone", 1, 20200407, "part"},
        {"serre-tete", 0, 20200407, "quantity"},
        {"serre-tete", 5001, 20200407, "quantity"},
        {"serre-tete", 1, 0, "made"},
        {"serre-tete", 1, 20200408, "made"},
        {"serre-tete", 1, 20191009, "made"},
    };
    struct desk *desk = *state;
    struct declared_scope scope = {desk->config, "serre-tete visiere gone", desk->now_ms};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct declaration_row row = {.quantity = cases[i].quantity, .made_day = cases[i].day};
        char text[GOODS_TEXT_SIZE];
        const char *field = "";
        enum err err;

        snprintf(row.part, sizeof row.part, "%s", cases[i].part);
        err = declared_check(&scope, &row, &field, text);
        assert_int_equal(err, cases[i].field == NULL ? ERR_OK : ERR_INVALID);
        if (cases[i].field != NULL)
            assert_string_equal(field, cases[i].field);
    }
}

/* ---- the story of the lot ---- */

struct told {
    bool answered;
    struct lot_row rows[8];
    size_t count;
};

static void on_story(void *context, enum err err, const char *text, const struct lot_row *rows,
                     size_t count)
{
    struct told *told = context;

    (void)text;
    assert_int_equal(err, ERR_OK);
    assert_true(count <= 8);
    told->answered = true;
    told->count = count;
    memcpy(told->rows, rows, count * sizeof *rows);
}

static void the_lot_names_the_maker_and_who_received_it(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    struct declaration_row row = twelve("a");
    struct said said = declare(desk, &row);

    assert_int_equal(
        receive(desk,
                (struct reception){.id = said.row.id, .good = 11, .scrap = 1, .reason = "warped"}),
        ERR_OK);
    told.answered = false;
    story_read(queue_store(desk->queue), said.row.lot, on_story, &told);
    while (!told.answered)
        uv_run(&desk->loop, UV_RUN_ONCE);
    assert_int_equal(told.count, 3);
    assert_int_equal(told.rows[0].event, LOT_RECEIVED);
    assert_int_equal(told.rows[0].qty, 11);
    assert_int_equal(told.rows[0].declaration, said.row.id);
    assert_string_equal(told.rows[0].origin, "Anne Martin");
    assert_string_equal(told.rows[0].by, "tom");
    assert_int_equal(told.rows[1].event, LOT_IN_STOCK);
    assert_int_equal(told.rows[1].qty, 11);
    assert_int_equal(told.rows[2].event, LOT_DISCARDED);
    assert_int_equal(told.rows[2].qty, 1);
    assert_string_equal(told.rows[2].reason, "warped");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_declared_becomes_stock_when_it_is_received,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(two_who_receive_at_once_count_it_once, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_same_again_is_answered_as_the_first_time, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_count_says_why, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_same_mark_declares_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_link_has_room_for_so_many, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(only_its_maker_takes_it_back, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_link_says_what_it_is_for, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_lot_names_the_maker_and_who_received_it, desk_setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
