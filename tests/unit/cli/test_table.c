/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/table.h"

static char *print(struct table *table, size_t width, bool csv)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (csv)
        table_print_csv(table, out);
    else
        table_print(table, out, width);
    fclose(out);
    return text;
}

static void fill(struct table *table)
{
    table_begin(table, "ID|>N|~WORDS");
    table_cell(table, "é1");
    table_cell(table, "%d", 5);
    table_cell(table, "a long \033 sentence, \"quoted\"");
    table_cell(table, "caen");
    table_cell(table, "%d", 1000);
    table_cell(table, "short");
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    struct table table;
    char *text;

    (void)state;
    fill(&table);
    text = print(&table, 0, false);
    assert_string_equal(text, "ID       N  WORDS\n"
                              "é1       5  a long ? sentence, \"quoted\"\n"
                              "caen  1000  short\n");
    free(text);
}

static void a_narrow_terminal_cuts_only_what_may_be_cut(void **state)
{
    struct table table;
    char *text;

    (void)state;
    fill(&table);
    text = print(&table, 24, false);
    assert_string_equal(text, "ID       N  WORDS\n"
                              "é1       5  a long ? se…\n"
                              "caen  1000  short\n");
    free(text);
    fill(&table);
    text = print(&table, 3, false);
    assert_non_null(strstr(text, "a long …\n")); /* never below 8 */
    free(text);
}

static void fill_wide(struct table *table, const char *words)
{
    table_begin(table, "ID|?NOTE|?>N|=WORDS");
    table_cell(table, "caen");
    table_cell(table, "a note that is long");
    table_cell(table, "%d", 12345678);
    table_cell(table, "%s", words);
}

static void what_is_spare_goes_first_and_the_last_column_is_wrapped(void **state)
{
    struct table table;
    char *text;

    (void)state;
    fill_wide(&table, "nobody has said that the bed is clear");
    text = print(&table, 50, false);
    assert_string_equal(text, "ID    NOTE                 WORDS\n"
                              "caen  a note that is long  nobody has said that\n"
                              "                           the bed is clear\n");
    free(text);
    fill_wide(&table, "nobody has said that the bed is clear");
    text = print(&table, 30, false);
    assert_string_equal(text, "ID    WORDS\n"
                              "caen  nobody has said that the\n"
                              "      bed is clear\n");
    free(text);
    fill_wide(&table, "short");
    text = print(&table, 80, false);
    assert_string_equal(text, "ID    NOTE                        N  WORDS\n"
                              "caen  a note that is long  12345678  short\n");
    free(text);
}

static void names_are_as_wide_as_a_terminal_shows_them(void **state)
{
    struct table table;
    char *text;

    (void)state;
    table_begin(&table, "~NAME|>N");
    table_cell(&table, "日本語日本語");
    table_cell(&table, "1");
    table_cell(&table, "e\314\201te\314\201"); /* combining accents take no room */
    table_cell(&table, "2");
    text = print(&table, 12, false);
    assert_string_equal(text, "NAME       N\n"
                              "日本語日…  1\n"
                              "e\314\201te\314\201        2\n");
    free(text);
}

static void csv_quotes_what_needs_it(void **state)
{
    struct table table;
    char *text;

    (void)state;
    fill(&table);
    text = print(&table, 0, true);
    assert_string_equal(text, "ID,N,WORDS\r\n"
                              "é1,5,\"a long ? sentence, \"\"quoted\"\"\"\r\n"
                              "caen,1000,short\r\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
        cmocka_unit_test(a_narrow_terminal_cuts_only_what_may_be_cut),
        cmocka_unit_test(what_is_spare_goes_first_and_the_last_column_is_wrapped),
        cmocka_unit_test(names_are_as_wide_as_a_terminal_shows_them),
        cmocka_unit_test(csv_quotes_what_needs_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
