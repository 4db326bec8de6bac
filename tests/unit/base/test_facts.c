/* SPDX-License-Identifier: Apache-2.0 */
/* Promise: hashes, times and error rows say what everyone else says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"

static void a_file_and_its_bytes_have_the_known_sha256(void **state)
{
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char path[] = "/tmp/usine-hash-XXXXXX", text[HASH_TEXT_SIZE];
    struct hash hash;
    int fd = mkstemp(path);

    (void)state;
    assert_int_equal(write(fd, "abc", 3), 3);
    close(fd);
    assert_int_equal(hash_file(path, text), ERR_OK);
    assert_string_equal(text, abc);
    unlink(path);
    assert_int_equal(hash_file(path, text), ERR_NOT_FOUND);
    assert_int_equal(hash_file("/tmp", text), ERR_DISK); /* a folder cannot be read */
    assert_int_equal(hash_begin(&hash), ERR_OK);
    hash_feed(&hash, "a", 1);
    hash_feed(&hash, "bc", 2);
    hash_end(&hash, text);
    assert_string_equal(text, abc);
}

static void times_are_written_as_rfc_3339(void **state)
{
    char text[CLOCK_TEXT_SIZE];

    (void)state;
    assert_string_equal(clock_text(text, 1586262728250), "2020-04-07T12:32:08.250Z");
    assert_string_equal(clock_text(text, 0), "1970-01-01T00:00:00.000Z");
}

static void every_error_has_a_status_a_key_and_words(void **state)
{
    (void)state;
    for (int err = ERR_OK; err <= ERR_INTERNAL; err++) {
        assert_in_range(err_http((enum err)err), 200, 599);
        assert_true(strlen(err_key((enum err)err)) > 0);
        assert_true(strlen(err_words((enum err)err)) > 0);
    }
    assert_int_equal(err_http(ERR_REFUSED), 409);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_and_its_bytes_have_the_known_sha256),
        cmocka_unit_test(times_are_written_as_rfc_3339),
        cmocka_unit_test(every_error_has_a_status_a_key_and_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
