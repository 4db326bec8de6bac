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
        cmocka_unit_test(csv_quotes_what_needs_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
