/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command.h"
#include "http/route.h"

static const struct command list = {.name = "list", .route = "GET /a"};
static const struct command add = {.name = "add", .route = "POST /a"};
static const struct command show = {.name = "show", .route = "GET /a/{id}"};
static const struct command change = {.name = "change", .route = "PATCH /a/{id}"};
static const struct command hold = {.name = "hold", .route = "POST /a/{id}/hold"};
static const struct command put = {
    .name = "put", .route = "PUT /s/{id}/files/{path}", .alias = "/a/files/{path}"};
static const struct command *const table[] = {&list, &add, &show, &change, &hold, &put, NULL};

static void a_path_and_a_method_find_their_row(void **state)
{
    struct route route;

    (void)state;
    assert_int_equal(route_find(table, "GET", "/a", &route), ERR_OK);
    assert_ptr_equal(route.command, &list);
    assert_string_equal(route.id, "");
    assert_int_equal(route_find(table, "POST", "/a/caen-p01/hold", &route), ERR_OK);
    assert_ptr_equal(route.command, &hold);
    assert_string_equal(route.id, "caen-p01");
    assert_int_equal(route_find(table, "HEAD", "/a/7", &route), ERR_OK);
    assert_ptr_equal(route.command, &show);
}

/* A lot may be called A/7, and is asked for as A%2F7. */
static void an_escaped_slash_belongs_to_a_name(void **state)
{
    struct route route;

    (void)state;
    assert_int_equal(route_find(table, "POST",
                                "/a/A\x1f"
                                "7/hold",
                                &route),
                     ERR_OK);
    assert_ptr_equal(route.command, &hold);
    assert_string_equal(route.id, "A/7");
    assert_int_equal(route_find(table, "PUT",
                                "/s/x/files/d/e\x1f"
                                "f",
                                &route),
                     ERR_OK);
    assert_string_equal(route.path, "d/e/f");
}

static void a_known_path_with_another_method_says_what_it_takes(void **state)
{
    struct route route;

    (void)state;
    assert_int_equal(route_find(table, "DELETE", "/a/7", &route), ERR_METHOD);
    assert_string_equal(route.allow, "GET, PATCH");
    assert_null(route.command);
}

static void anything_else_is_not_found(void **state)
{
    static const char *const paths[] = {"",           "/",        "/b",  "/a/",    "/a/7/",
                                        "/a/7/hold/", "/a//hold", "a/7", "/a/7/x", "/aa"};
    struct route route;
    char longest[ROUTE_ID_MAX + 10] = "/a/";

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(route_find(table, "GET", paths[i], &route), ERR_NOT_FOUND);
    memset(longest + 3, 'x', ROUTE_ID_MAX);
    assert_int_equal(route_find(table, "GET", longest, &route), ERR_NOT_FOUND);
    longest[3 + ROUTE_ID_MAX - 1] = '\0';
    assert_int_equal(route_find(table, "GET", longest, &route), ERR_OK);
}

static void every_row_of_the_real_table_is_reached_by_its_own_route(void **state)
{
    (void)state;
    for (const struct command *const *row = command_table; *row != NULL; row++) {
        char method[8] = "", path[200];
        size_t n = strcspn((*row)->route, " ");
        struct route route;
        char *hole;

        memcpy(method, (*row)->route, n);
        strcpy(path, (*row)->route + n + 1);
        hole = strstr(path, "{id}");
        if (hole != NULL)
            memcpy(hole, "x123", 4);
        assert_int_equal(route_find(command_table, method, path, &route), ERR_OK);
        assert_ptr_equal(route.command, *row);
        assert_string_equal(route.id, hole != NULL ? "x123" : "");
        assert_non_null((*row)->run);
        assert_true(strlen((*row)->help) > 5);
    }
}

static void the_rest_of_a_path_keeps_its_slashes(void **state)
{
    struct route route;
    char longest[ROUTE_PATH_MAX + 20] = "/a/files/";

    (void)state;
    assert_int_equal(route_find(table, "PUT", "/s/mk3/files/local/avril/x 4.gcode", &route),
                     ERR_OK);
    assert_ptr_equal(route.command, &put);
    assert_string_equal(route.id, "mk3");
    assert_string_equal(route.path, "local/avril/x 4.gcode");
    assert_int_equal(route_find(table, "PUT", "/s/mk3/files/", &route), ERR_NOT_FOUND);
    assert_int_equal(route_find(table, "PUT", "/s//files/x", &route), ERR_NOT_FOUND);
    memset(longest + 9, 'x', ROUTE_PATH_MAX);
    assert_int_equal(route_find(table, "PUT", longest, &route), ERR_NOT_FOUND);
}

static void a_row_may_have_a_second_address(void **state)
{
    struct route route;

    (void)state;
    assert_int_equal(route_find(table, "PUT", "/a/files/local/x", &route), ERR_OK);
    assert_ptr_equal(route.command, &put);
    assert_string_equal(route.id, "");
    assert_string_equal(route.path, "local/x");
    assert_int_equal(route_find(table, "GET", "/a/files/local/x", &route), ERR_METHOD);
    assert_string_equal(route.allow, "PUT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_and_a_method_find_their_row),
        cmocka_unit_test(an_escaped_slash_belongs_to_a_name),
        cmocka_unit_test(a_known_path_with_another_method_says_what_it_takes),
        cmocka_unit_test(anything_else_is_not_found),
        cmocka_unit_test(the_rest_of_a_path_keeps_its_slashes),
        cmocka_unit_test(a_row_may_have_a_second_address),
        cmocka_unit_test(every_row_of_the_real_table_is_reached_by_its_own_route),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
