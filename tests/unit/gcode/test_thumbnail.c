/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "gcode/thumbnail.h"

/* "\x89PNG\r\n\x1a\n" and a letter */
#define PNG_A "iVBORw0KGgpB"
#define PNG_B "iVBORw0KGgpC"

static char *take(const char *const *comments, size_t *size, const char **type)
{
    struct thumbnail thumbnail;
    char *bytes;

    thumbnail_init(&thumbnail);
    for (; *comments != NULL; comments++)
        thumbnail_comment(&thumbnail, *comments, strlen(*comments));
    bytes = thumbnail_take(&thumbnail, size, type);
    thumbnail_finish(&thumbnail);
    return bytes;
}

#define TAKE(...) take((const char *const[]){__VA_ARGS__, NULL}, &size, &type)

static void the_largest_picture_is_kept(void **state)
{
    const char *type;
    size_t size;
    char *bytes =
        TAKE("thumbnail begin 16x16 12", PNG_A, "thumbnail end", "thumbnail begin 220x124 12",
             PNG_B, "thumbnail end", "thumbnail begin 160x120 12", PNG_A, "thumbnail end");

    (void)state;
    assert_int_equal(size, 9);
    assert_int_equal(bytes[8], 'B');
    assert_string_equal(type, "image/png");
    free(bytes);
}

static void jpeg_and_qoi_are_known(void **state)
{
    const char *type;
    size_t size;
    char *bytes = TAKE("thumbnail_JPG begin 16x16 8", "/9j/4AAQ", "thumbnail_JPG end");

    (void)state;
    assert_string_equal(type, "image/jpeg");
    free(bytes);
    bytes = TAKE("thumbnail_QOI begin 16x16 8", "cW9pZgAA", "thumbnail_QOI end");
    assert_string_equal(type, "image/qoi");
    free(bytes);
}

static void broken_pictures_are_left_out(void **state)
{
    const char *type;
    size_t size;

    (void)state;
    assert_null(TAKE("thumbnail begin 16x16 12", PNG_A)); /* no end */
    assert_null(TAKE("thumbnail begin 16x16 12", "not!base64", "thumbnail end"));
    assert_null(TAKE("thumbnail begin 16x16 12", "PHNjcmlwdD4=", "thumbnail end"));   /* <script> */
    assert_null(TAKE("thumbnail begin 16x16 4", PNG_A PNG_A PNG_A, "thumbnail end")); /* longer */
    assert_null(TAKE("thumbnail begin 9999x9999 99999999", PNG_A, "thumbnail end")); /* too large */
    assert_null(TAKE("thumbnail begin", PNG_A, "thumbnail end"));
    assert_null(TAKE("thumbnail begin -1x5 3", PNG_A, "thumbnail end"));
    assert_null(TAKE(PNG_A, "thumbnail end", "thumbnail end", "thumbnail", "thumbnailed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_picture_is_kept),
        cmocka_unit_test(jpeg_and_qoi_are_known),
        cmocka_unit_test(broken_pictures_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
