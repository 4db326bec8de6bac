/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "labels/latin.h"

static void expect(const char *utf8, const char *letters)
{
    char out[64];

    assert_int_equal(latin_write(out, sizeof out, utf8), strlen(letters));
    assert_string_equal(out, letters);
}

static void french_is_whole(void **state)
{
    (void)state;
    expect("À désinfecter, œuvre d’Évreux : 10 €",
           "\xC0 d\xE9sinfecter, \x9Cuvre d\x92\xC9vreux : 10 \x80");
    expect("«\xC2\xA0"
           "Ÿ\xC2\xA0»…",
           "\xAB \x9F \xBB\x85");
}

static void other_letters_stay_legible_or_say_so(void **state)
{
    (void)state;
    expect("Łódź, Škoda, Češka, Ștefan", "L\xF3"
                                         "dz, \x8Akoda, Ce\x9Aka, Stefan");
    expect("面罩 ok", "?? ok");
    expect("\xF0\x9F\x98\xB7!", "?!");
}

static void nothing_hidden_or_broken_comes_through(void **state)
{
    (void)state;
    expect("a\nb\t\x1B[31m\x7F"
           "c",
           "a b [31m c");
    expect("abc\xE2\x80\xAE"
           "def",
           "abcdef");         /* right-to-left override */
    expect("e\xCC\x81", "e"); /* an accent apart */
    expect("\xC3", "?");      /* ends in the middle */
    expect("\xE2\x82zz\xFF", "?zz?");
    expect("  a   b  ", "a b");
}

static void what_is_too_long_ends_in_an_ellipsis(void **state)
{
    char out[6];

    (void)state;
    assert_int_equal(latin_write(out, sizeof out, "Visière"), 5);
    assert_string_equal(out, "Visi\x85");
    assert_int_equal(latin_write(out, sizeof out, "Écran"), 5);
    assert_string_equal(out, "\xC9"
                             "cran");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(french_is_whole),
        cmocka_unit_test(other_letters_stay_legible_or_say_so),
        cmocka_unit_test(nothing_hidden_or_broken_comes_through),
        cmocka_unit_test(what_is_too_long_ends_in_an_ellipsis),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
