/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/assets.h"

static void files_of_the_page_are_found_by_name(void **state)
{
    char name[ASSETS_NAME_MAX];

    (void)state;
    assert_string_equal(assets_name("/icon.svg", name), "icon.svg");
    assert_string_equal(assets_name("/assets/index-Bx_1.js", name), "assets/index-Bx_1.js");
    assert_string_equal(assets_name("/manifest.webmanifest", name), "manifest.webmanifest");
}

static void addresses_the_page_makes_up_get_the_page(void **state)
{
    char name[ASSETS_NAME_MAX];

    (void)state;
    assert_string_equal(assets_name("/", name), "index.html");
    assert_string_equal(assets_name("/machines/caen-p01", name), "index.html");
    assert_string_equal(assets_name("/machines/p.1", name), "index.html");
    assert_string_equal(assets_name("/lots/BOX 1.b", name), "index.html");
}

static void nothing_outside_the_folder_can_be_named(void **state)
{
    static const char *const paths[] = {
        "/../x.js", "/a/../x.js", "/..",          "/.x.js",  "/a/.x.js",  "/a/b/c.js", "//x.js",
        "/a//x.js", "/x.js/",     "/x.exe",       "/x.gz",   "/x y.js",   "/a\\b.js",  "/\x01.js",
        "x.js",     "",           "/api/v1/x.js", "/api/v2", "/a/x.js\n", "/é.js"};
    char name[ASSETS_NAME_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_null(assets_name(paths[i], name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_the_page_are_found_by_name),
        cmocka_unit_test(addresses_the_page_makes_up_get_the_page),
        cmocka_unit_test(nothing_outside_the_folder_can_be_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
