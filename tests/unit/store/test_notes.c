/* SPDX-License-Identifier: Apache-2.0 */
/* The notebook's table: written once, ticked off once. */
#include "desk.h"
#include "store/store_note.h"

struct seen {
    struct note_row rows[8];
    size_t count;
    const char *machine;
};

static enum err add(struct db *db, void *arg)
{
    return store_note_add(db, arg);
}

static enum err tick(struct db *db, void *arg)
{
    return store_note_done(db, arg);
}

static void take(void *context, const struct note_row *row)
{
    struct seen *seen = context;

    assert_true(seen->count < 8);
    seen->rows[seen->count++] = *row;
}

static enum err list(struct db *db, void *arg)
{
    struct seen *seen = arg;
    struct note_range range = {.machine = seen->machine, .before = INT64_MAX, .limit = 8};

    seen->count = 0;
    return store_note_list(db, &range, take, seen);
}

static void notes_are_listed_newest_first_and_ticked_off_once(void **state)
{
    struct desk *desk = *state;
    struct note_row belt = {.machine = "p1", .at_ms = 1000, .by = "anne", .text = "belt é <b>"};
    struct note_row fan = {.machine = "p1", .at_ms = 2000, .by = "paul", .text = "fan"};
    struct note_row other = {.machine = "p2", .at_ms = 3000, .by = "paul", .text = "lens"};
    struct seen seen = {.machine = "p1"};

    assert_int_equal(desk_do(desk, add, &belt), ERR_OK);
    assert_int_equal(desk_do(desk, add, &fan), ERR_OK);
    assert_int_equal(desk_do(desk, add, &other), ERR_OK);
    belt.done_ms = 4000;
    snprintf(belt.done_by, sizeof belt.done_by, "marie");
    assert_int_equal(desk_do(desk, tick, &belt), ERR_OK);
    assert_int_equal(desk_do(desk, tick, &belt), ERR_NOT_FOUND);
    snprintf(other.machine, sizeof other.machine, "p1");
    assert_int_equal(desk_do(desk, tick, &other), ERR_NOT_FOUND); /* another machine's note */
    assert_int_equal(desk_do(desk, list, &seen), ERR_OK);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.rows[0].text, "fan");
    assert_int_equal(seen.rows[0].done_ms, 0);
    assert_string_equal(seen.rows[1].text, "belt é <b>");
    assert_int_equal(seen.rows[1].done_ms, 4000);
    assert_string_equal(seen.rows[1].done_by, "marie");
    seen.machine = "";
    assert_int_equal(desk_do(desk, list, &seen), ERR_OK);
    assert_int_equal(seen.count, 3);
}

static void notes_can_be_neither_changed_nor_deleted(void **state)
{
    struct desk *desk = *state;
    struct note_row note = {.machine = "p1", .at_ms = 1000, .by = "anne", .text = "belt"};

    assert_int_equal(desk_do(desk, add, &note), ERR_OK);
    assert_int_not_equal(desk_sql(desk, desk->path, "UPDATE notes SET text = 'x'"), SQLITE_OK);
    assert_int_not_equal(desk_sql(desk, desk->path, "UPDATE notes SET by = 'x'"), SQLITE_OK);
    assert_int_not_equal(desk_sql(desk, desk->path, "DELETE FROM notes"), SQLITE_OK);
    assert_int_equal(desk_sql(desk, desk->path, "UPDATE notes SET done_ms = 5"), SQLITE_OK);
    assert_int_not_equal(desk_sql(desk, desk->path, "UPDATE notes SET done_ms = 0"), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(notes_are_listed_newest_first_and_ticked_off_once,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(notes_can_be_neither_changed_nor_deleted, desk_setup,
                                        desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
