/* SPDX-License-Identifier: Apache-2.0 */
/* From a spool, a part's lot or a kit's lot to every piece that lies somewhere or was given away,
 * and back to who made it on which machine. */
#include "desk.h"
#include "production/story.h"
#include "queue/correct.h"
#include "queue/load.h"
#include "queue/warehouse.h"

enum { ROWS_MAX = 400 };

struct told {
    bool answered;
    enum err err;
    char text[400];
    struct lot_row rows[ROWS_MAX];
    size_t count;
};

static void on_story(void *context, enum err err, const char *text, const struct lot_row *rows,
                     size_t count)
{
    struct told *told = context;

    assert_true(count <= ROWS_MAX);
    told->answered = true;
    told->err = err;
    told->count = count;
    snprintf(told->text, sizeof told->text, "%s", text);
    if (count > 0)
        memcpy(told->rows, rows, count * sizeof *rows);
}

static void ask_story(struct desk *desk, const char *lot, struct told *told)
{
    told->answered = false;
    story_read(queue_store(desk->queue), lot, on_story, told);
    while (!told->answered)
        uv_run(&desk->loop, UV_RUN_ONCE);
}

static int64_t sum(const struct told *told, enum lot_event event, const char *item)
{
    int64_t n = 0;

    for (size_t i = 0; i < told->count; i++)
        if (told->rows[i].event == event && strcmp(told->rows[i].item, item) == 0)
            n += told->rows[i].qty;
    return n;
}

static const struct lot_row *first(const struct told *told, enum lot_event event)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->rows[i].event == event)
            return &told->rows[i];
    fail_msg("no such row");
    return NULL;
}

static void handle(struct desk *desk, struct goods_ask ask)
{
    if (ask.by[0] == '\0')
        snprintf(ask.by, sizeof ask.by, "anne");
    queue_goods(desk->queue, &ask, desk_done, desk);
    if (desk_wait(desk) != ERR_OK)
        fail_msg("%s", desk->text);
}

static void receive(struct desk *desk, const char *item, const char *lot, int64_t n)
{
    struct goods_ask ask = {.kind = GOODS_RECEIVE, .site = "caen", .quantity = n};

    snprintf(ask.item, sizeof ask.item, "%s", item);
    snprintf(ask.lot, sizeof ask.lot, "%s", lot);
    handle(desk, ask);
}

static void load(struct desk *desk, const char *machine, const char *lot)
{
    struct load load = {.material = "PETG", .by = "tom"};

    snprintf(load.machine, sizeof load.machine, "%s", machine);
    snprintf(load.lot, sizeof load.lot, "%s", lot);
    queue_load(desk->queue, &load, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

/* One run of a plate of headbands from a spool, counted by the cli. Its lot goes to `lot`. */
static int64_t make(struct desk *desk, const char *machine, const char *spool, char lot[64])
{
    struct clear_request count = {.by = "anne", .count_only = true};
    const struct stock_row *row;
    int64_t run;

    load(desk, machine, spool);
    run = desk_start(desk, machine);
    desk_ended(desk, machine, run, RUN_FINISHED, "");
    snprintf(count.machine, sizeof count.machine, "%s", machine);
    queue_clear(desk->queue, &count, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    row = stock_find(queue_stock(desk->queue), "caen", "serre-tete");
    assert_non_null(row);
    memcpy(lot, row->lots[row->lot_count - 1].lot, 64);
    return run;
}

static void begin(struct desk *desk)
{
    assert_int_equal(desk_program(desk, "plate", "prusa-mk3", "serre-tete", 4), ERR_OK);
    desk_job(desk, "serre-tete", 100);
}

static void a_spool_leads_to_everybody_who_was_given_some(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    char lot[64], kit[64];
    int64_t run;

    begin(desk);
    run = make(desk, "p1", "SPOOL-17", lot);
    receive(desk, "ecran", "E1", 10);
    receive(desk, "renfort", "R1", 10);
    handle(desk, (struct goods_ask){
                     .kind = GOODS_ASSEMBLE, .site = "caen", .item = "visiere", .quantity = 1});
    memcpy(kit, stock_find(queue_stock(desk->queue), "caen", "visiere")->lots[0].lot, sizeof kit);
    handle(desk, (struct goods_ask){.kind = GOODS_SHIP,
                                    .site = "caen",
                                    .item = "visiere",
                                    .quantity = 1,
                                    .reason = "EHPAD Les Tilleuls"});
    ask_story(desk, "SPOOL-17", &told);
    assert_int_equal(told.err, ERR_OK);
    assert_int_equal(sum(&told, LOT_SHIPPED, "visiere"), 1);
    assert_string_equal(first(&told, LOT_SHIPPED)->reason, "EHPAD Les Tilleuls");
    assert_string_equal(first(&told, LOT_SHIPPED)->lot, kit);
    ask_story(desk, kit, &told);
    assert_int_equal(first(&told, LOT_MADE)->run, run);
    assert_string_equal(first(&told, LOT_MADE)->machine, "p1");
    assert_string_equal(first(&told, LOT_MADE)->material, "SPOOL-17");
    assert_string_equal(first(&told, LOT_MADE)->lot, lot);
    assert_string_equal(first(&told, LOT_MADE)->by, "anne");
    assert_int_equal(strlen(first(&told, LOT_MADE)->sha256), 64);
    assert_int_equal(sum(&told, LOT_RECEIVED, "ecran"), 10);
    assert_int_equal(sum(&told, LOT_CAME_FROM, "ecran"), 1);
    assert_int_equal(sum(&told, LOT_ASSEMBLED, "visiere"), 1);
    assert_string_equal(first(&told, LOT_ASSEMBLED)->lot, kit);
    assert_string_equal(first(&told, LOT_ASSEMBLED)->by, "anne");
    ask_story(desk, "E1", &told);
    assert_int_equal(sum(&told, LOT_IN_STOCK, "ecran"), 9);
    assert_int_equal(sum(&told, LOT_SHIPPED, "visiere"), 1);
    ask_story(desk, "E2", &told);
    assert_int_equal(told.err, ERR_NOT_FOUND);
    assert_non_null(strstr(told.text, "usine stock --lots"));
}

static void another_spool_is_another_lot_and_a_restart_forgets_neither(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    char one[64], two[64];

    begin(desk);
    make(desk, "p1", "SPOOL-1", one);
    desk_restart(desk);
    assert_string_equal(queue_material_lot(desk->queue, "p1"), "SPOOL-1");
    make(desk, "p1", "SPOOL-2", two);
    assert_string_not_equal(one, two);
    ask_story(desk, "SPOOL-1", &told);
    assert_string_equal(first(&told, LOT_IN_STOCK)->lot, one);
    assert_int_equal(first(&told, LOT_IN_STOCK)->qty, sum(&told, LOT_IN_STOCK, "serre-tete"));
}

/* What a corrected verdict takes away is gone from its lot, not from another one. */
static void a_corrected_count_is_the_lots(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    char lot[64];
    struct correction ask = {.any = true, .by = "test", .part = {.good = 0, .scrap = 4}};

    begin(desk);
    ask.run = make(desk, "p1", "SPOOL-1", lot);
    snprintf(ask.part.reason, sizeof ask.part.reason, "deforme");
    queue_correct(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    ask_story(desk, lot, &told);
    assert_int_equal(sum(&told, LOT_MADE, "serre-tete"), 0);
    assert_int_equal(sum(&told, LOT_IN_STOCK, "serre-tete"), 0);
}

/* Pieces that were first counted as scrap come from that spool, too. */
static void pieces_found_good_afterwards_are_found_by_their_spool(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    struct correction ask = {.any = true, .by = "test", .part = {.good = 3, .scrap = 1}};

    begin(desk);
    load(desk, "p1", "SPOOL-1");
    ask.run = desk_start(desk, "p1");
    desk_ended(desk, "p1", ask.run, RUN_FINISHED, "");
    assert_int_equal(desk_count(desk, "p1", 0, 4, "deforme"), ERR_OK);
    queue_correct(desk->queue, &ask, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    ask_story(desk, "SPOOL-1", &told);
    assert_int_equal(told.err, ERR_OK);
    assert_int_equal(sum(&told, LOT_IN_STOCK, "serre-tete"), 3);
}

/* Ten metres of filament, in as many lines. */
static void much_filament(struct desk *desk)
{
    struct program_request ask = {.name = "long", .model_count = 1, .yield_count = 1, .by = "test"};
    char text[2000] = "G21\nG90\nM83\nM104 S200\nG28\nM109 S200\nG92 E0\n";

    for (int i = 0; i < 40; i++)
        strcat(text, i % 2 == 0 ? "G1 X60 Y10 Z1 E250 F600\n" : "G1 X10 Y10 E250\n");
    strcat(text, "M104 S0\nM84\n");
    strcpy(ask.models[0], "prusa-mk3");
    strcpy(ask.yields[0].part, "serre-tete");
    ask.yields[0].pieces = 4;
    assert_int_equal(desk_upload(desk, &ask, text), ERR_OK);
}

static void at_line(struct desk *desk, const char *machine, int64_t run, int64_t line)
{
    struct machine_view view = *queue_view(desk->queue, machine);
    struct event event = {.kind = EVENT_VIEWS, .views = &view, .view_count = 1};

    view.state = MACHINE_RUNNING;
    view.bed = BED_OCCUPIED;
    view.run = run;
    view.line = (uint64_t)line;
    queue_on_event(desk->queue, &event);
}

static int64_t petg(struct desk *desk, const char *lot)
{
    const struct stock_row *row = stock_find(queue_stock(desk->queue), "caen", "petg");

    for (size_t i = 0; row != NULL && i < row->lot_count; i++)
        if (strcmp(row->lots[i].lot, lot) == 0)
            return row->lots[i].qty;
    return 0;
}

/* A spool that runs empty in the middle of a run: each is booked for what came from it, and leads
 * to the pieces; what is loaded when the run has ended counts for the next one. */
static void a_spool_changed_in_the_middle_of_a_run(void **state)
{
    static struct told told;
    struct desk *desk = *state;
    int64_t run, lines, whole;
    struct load pla = {.machine = "p1", .material = "PLA", .lot = "SPOOL-9", .by = "tom"};

    much_filament(desk);
    desk_job(desk, "serre-tete", 100);
    load(desk, "p1", "SPOOL-1");
    run = desk_start(desk, "p1");
    lines = (int64_t)queue_run_find(desk->queue, run)->lines;
    at_line(desk, "p1", run, lines / 4);
    load(desk, "p1", "SPOOL-2");
    load(desk, "p1", "SPOOL-2"); /* said twice, changed once */
    desk_settle(desk);
    assert_int_equal(petg(desk, "SPOOL-2"), 0);
    desk_restart(desk);
    at_line(desk, "p1", run, lines / 2);
    desk_ended(desk, "p1", run, RUN_FINISHED, "");
    queue_load(desk->queue, &pla, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    whole = petg(desk, "SPOOL-1") + petg(desk, "SPOOL-2");
    assert_true(whole < -20);
    assert_true(petg(desk, "SPOOL-1") <= whole / 5 && petg(desk, "SPOOL-1") >= whole / 3);
    assert_int_equal(petg(desk, "SPOOL-9"), 0);
    assert_int_equal(desk_count(desk, "p1", 4, 0, ""), ERR_OK);
    desk_restart(desk);
    assert_int_equal(petg(desk, "SPOOL-1") + petg(desk, "SPOOL-2"), whole);
    ask_story(desk, "SPOOL-1", &told);
    assert_int_equal(sum(&told, LOT_IN_STOCK, "serre-tete"), 4);
    ask_story(desk, "SPOOL-2", &told);
    assert_int_equal(sum(&told, LOT_IN_STOCK, "serre-tete"), 4);
    assert_string_equal(first(&told, LOT_MADE)->material, "SPOOL-1, SPOOL-2");
    ask_story(desk, "SPOOL-9", &told);
    assert_int_equal(told.err, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_spool_leads_to_everybody_who_was_given_some, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(another_spool_is_another_lot_and_a_restart_forgets_neither,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_corrected_count_is_the_lots, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(pieces_found_good_afterwards_are_found_by_their_spool,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_spool_changed_in_the_middle_of_a_run, desk_setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
