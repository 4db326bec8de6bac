/* SPDX-License-Identifier: Apache-2.0 */
/* What comes out is looked at by tests/blackbox/test_labels.py; here: bounds and faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labels/sheet.h"

static const char *const names[] = {"a4-14", "a4-24", "a4-8", "100x50", "62x29"};

static struct label *label_new(int copies)
{
    struct label *label = calloc(1, sizeof *label);

    assert_non_null(label);
    label->copies = copies;
    strcpy(label->url, "https://usine.example.org/lots/K200407-1432-7QX2MA");
    label_add(label, LABEL_TITLE, "Visière (\\ RC3) v2");
    return label;
}

/* "/Type /Page" not followed by s; pages are not compressed objects. */
static int pages_in(const char *pdf, size_t n)
{
    int pages = 0;

    for (size_t i = 0; i + 12 < n; i++)
        pages += memcmp(pdf + i, "/Type /Page", 11) == 0 && pdf[i + 11] != 's';
    return pages;
}

static int drawn_pages(const char *format, int copies, int start)
{
    struct label *label = label_new(copies);
    struct sheet sheet = {label_format(format), start, label, 1};
    char *pdf = NULL;
    size_t size = 0;
    int pages;

    assert_int_equal(sheet_draw(&sheet, &pdf, &size), ERR_OK);
    assert_memory_equal(pdf, "%PDF-", 5);
    pages = pages_in(pdf, size);
    free(pdf);
    free(label);
    return pages;
}

static void every_format_named_is_known_and_fits_its_page(void **state)
{
    char all[80] = "";

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct label_format *f = label_format(names[i]);

        assert_non_null(f);
        assert_true(f->left + (f->columns - 1) * f->pitch_x + f->width <= f->page_w + 1e-9);
        assert_true(f->top + (f->rows - 1) * f->pitch_y + f->height <= f->page_h + 1e-9);
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i > 0 ? " " : "", names[i]);
    }
    assert_string_equal(all, LABEL_FORMATS);
    assert_null(label_format("a4-15"));
}

static void copies_go_on_from_the_start_over_pages(void **state)
{
    (void)state;
    assert_int_equal(drawn_pages("a4-24", 24, 1), 1);
    assert_int_equal(drawn_pages("a4-24", 24, 2), 2);
    assert_int_equal(drawn_pages("a4-14", 1, 14), 1);
    assert_int_equal(drawn_pages("62x29", 5, 1), 5);
}

static void as_many_as_there_may_be_and_no_more(void **state)
{
    struct label *label = label_new(SHEET_LABELS_MAX + 1);
    struct sheet sheet = {label_format("62x29"), 1, label, 1};
    char *pdf = NULL;
    size_t size = 0;

    (void)state;
    assert_int_equal(sheet_draw(&sheet, &pdf, &size), ERR_INVALID);
    assert_null(pdf);
    assert_int_equal(drawn_pages("62x29", SHEET_LABELS_MAX, 1), SHEET_LABELS_MAX);
    free(label);
}

/* libharu tells of a fault and goes on: nothing is drawn then, and nothing lost. */
static void an_address_no_code_holds_is_a_fault(void **state)
{
    struct label *label = label_new(1);
    struct sheet sheet = {label_format("a4-8"), 1, label, 1};
    char *pdf = NULL;
    size_t size = 0;

    (void)state;
    label->url[0] = '\0';
    assert_int_not_equal(sheet_draw(&sheet, &pdf, &size), ERR_OK);
    assert_null(pdf);
    free(label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_named_is_known_and_fits_its_page),
        cmocka_unit_test(copies_go_on_from_the_start_over_pages),
        cmocka_unit_test(as_many_as_there_may_be_and_no_more),
        cmocka_unit_test(an_address_no_code_holds_is_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
