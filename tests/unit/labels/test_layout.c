/* SPDX-License-Identifier: Apache-2.0 */
/* Letters here are all half as wide as high, so that a test can count them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labels/layout.h"

static void fit(struct layout *layout, const struct label *label, double width, double height)
{
    struct layout_font font;

    for (int i = 0; i < 256; i++)
        font.width[0][i] = font.width[1][i] = 0.5;
    layout_fit(layout, label, &font, width, height);
}

static double width_of(const struct layout_row *row)
{
    return ((double)row->n + (row->cut ? 1 : 0)) * row->size * 0.5;
}

/* Every row lies in the box, below the one before. */
static void check_inside(const struct layout *layout, double width, double height)
{
    double y = 0;

    assert_true(layout->count > 0);
    for (int i = 0; i < layout->count; i++) {
        const struct layout_row *row = &layout->rows[i];

        assert_true(width_of(row) <= width + 1e-9);
        assert_true(row->baseline - row->size * 0.95 >= y - 1e-9);
        y = row->baseline + row->size * 0.25;
        assert_true(row->n == 0 || row->text[row->n - 1] != ' ');
    }
    assert_true(y <= height + 1e-9);
}

static void letters_grow_with_the_box(void **state)
{
    struct label label = {.copies = 1};
    struct layout small, large;

    (void)state;
    label_add(&label, LABEL_TITLE, "Visor v2");
    label_add(&label, LABEL_PLAIN, "Quantity: 10");
    fit(&small, &label, 70, 40);
    fit(&large, &label, 150, 100);
    check_inside(&small, 70, 40);
    assert_true(large.rows[0].size > small.rows[0].size);
    assert_true(large.rows[0].bold && !large.rows[1].bold);
    assert_int_equal(large.count, 2);
}

static void words_stay_whole_and_long_ones_are_broken(void **state)
{
    struct label label = {.copies = 1};
    struct layout layout;

    (void)state;
    label_add(&label, LABEL_SMALL, "one two abcdefghijklmnopqrstuvwxyz");
    fit(&layout, &label, 35, 200); /* 35 points are 10 letters of 7 */
    check_inside(&layout, 35, 200);
    assert_int_equal(layout.rows[0].n, 3);
    assert_memory_equal(layout.rows[1].text, "two", 3);
    assert_memory_equal(layout.rows[2].text, "abc", 3);
    for (int i = 0; i < layout.count; i++)
        assert_false(layout.rows[i].cut);
}

static void what_does_not_fit_ends_in_an_ellipsis(void **state)
{
    struct label label = {.copies = 1};
    struct layout layout;
    char text[900];

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    label_add(&label, LABEL_STRONG, "Lot K200407-1432-7QX2MA");
    label_add(&label, LABEL_SMALL, text);
    fit(&layout, &label, 100, 60);
    check_inside(&layout, 100, 60);
    assert_int_equal(layout.rows[0].n, strlen("Lot K200407-1432-7QX2MA"));
    assert_false(layout.rows[0].cut);
    assert_true(layout.rows[layout.count - 1].cut);
}

static void a_line_too_long_leaves_the_others_whole(void **state)
{
    struct label label = {.copies = 1};
    struct layout layout;
    char text[400];

    (void)state;
    memset(text, 'w', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    label_add(&label, LABEL_TITLE, text);
    label_add(&label, LABEL_PLAIN, "Lot 1");
    fit(&layout, &label, 150, 90);
    check_inside(&layout, 150, 90);
    assert_int_equal(layout.count, 3);
    assert_true(layout.rows[1].cut && !layout.rows[2].cut);
    assert_true(layout.rows[2].size > 9); /* one long name does not make all small */
}

/* Any text, any box: rows stay inside, also where no letter fits. */
static void nothing_leaves_the_box(void **state)
{
    (void)state;
    srandom(7);
    for (int round = 0; round < 300; round++) {
        struct label label = {.copies = 1};
        struct layout layout;
        double width = 20 + (double)(random() % 300), height = 20 + (double)(random() % 200);

        for (int line = 0; line < 12; line++) {
            char text[200];
            size_t n = (size_t)random() % sizeof text;

            for (size_t i = 0; i < n; i++)
                text[i] = (char)(unsigned char)(1 + random() % 255);
            text[n == 0 ? 0 : n - 1] = '\0';
            label_add(&label, (enum label_weight)(random() % 4), text);
        }
        assert_true(label.line_count <= LABEL_LINES_MAX);
        fit(&layout, &label, width, height);
        if (label.line_count > 0)
            check_inside(&layout, width, height);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_grow_with_the_box),
        cmocka_unit_test(words_stay_whole_and_long_ones_are_broken),
        cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(a_line_too_long_leaves_the_others_whole),
        cmocka_unit_test(nothing_leaves_the_box),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
