/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "machines/verified.h"

enum { SIZE = 1 << 20, SETTLE_US = 150000 };

struct desk {
    struct verified *known;
    char path[64];
    char sha256[HASH_TEXT_SIZE];
};

static void write_file(const struct desk *desk, char filling)
{
    char block[4096];
    FILE *file = fopen(desk->path, "r+");

    assert_non_null(file);
    memset(block, filling, sizeof block);
    for (int i = 0; i < SIZE / (int)sizeof block; i++)
        assert_int_equal(fwrite(block, sizeof block, 1, file), 1);
    fclose(file);
}

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    int fd;

    snprintf(desk->path, sizeof desk->path, "/tmp/usine-verified-XXXXXX");
    fd = mkstemp(desk->path);
    assert_true(fd >= 0);
    close(fd);
    write_file(desk, 'a');
    assert_int_equal(hash_file(desk->path, desk->sha256), ERR_OK);
    desk->known = verified_create();
    assert_non_null(desk->known);
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;

    unlink(desk->path);
    verified_destroy(desk->known);
    free(desk);
    return 0;
}

static int64_t wall_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Bytes this process has read, from the kernel's own count. */
static unsigned long bytes_read(void)
{
    unsigned long n = 0;
    FILE *file = fopen("/proc/self/io", "r");

    assert_non_null(file);
    assert_int_equal(fscanf(file, "rchar: %lu", &n), 1);
    fclose(file);
    return n;
}

/* Whether asking reads the file. */
static bool reads(struct desk *desk, enum err expected, bool same_expected)
{
    unsigned long before = bytes_read();
    bool same = !same_expected;

    assert_int_equal(verified_file(desk->known, desk->path, desk->sha256, &same), expected);
    if (expected == ERR_OK)
        assert_int_equal(same, same_expected);
    return bytes_read() - before >= SIZE;
}

static void test_a_file_nobody_touched_is_read_once(void **state)
{
    struct desk *desk = *state;

    usleep(SETTLE_US);
    assert_true(reads(desk, ERR_OK, true));
    assert_false(reads(desk, ERR_OK, true));
    assert_false(reads(desk, ERR_OK, true));
}

static void test_a_file_changed_in_place_is_found_out(void **state)
{
    struct desk *desk = *state;

    usleep(SETTLE_US);
    assert_true(reads(desk, ERR_OK, true));
    write_file(desk, 'b');
    assert_true(reads(desk, ERR_OK, false));
    write_file(desk, 'a');
    assert_true(reads(desk, ERR_OK, true));
}

static void test_a_file_cut_short_is_found_out(void **state)
{
    struct desk *desk = *state;
    bool same = true;

    usleep(SETTLE_US);
    assert_true(reads(desk, ERR_OK, true));
    assert_int_equal(truncate(desk->path, SIZE / 2), 0);
    assert_int_equal(verified_file(desk->known, desk->path, desk->sha256, &same), ERR_OK);
    assert_false(same);
}

static void test_a_file_known_under_another_hash_is_not_this_program(void **state)
{
    struct desk *desk = *state;

    usleep(SETTLE_US);
    assert_true(reads(desk, ERR_OK, true));
    desk->sha256[0] = desk->sha256[0] == '0' ? '1' : '0';
    assert_true(reads(desk, ERR_OK, false));
}

/* Its times may not move when it is changed again within the clock's step. */
static void test_a_file_written_just_now_is_not_remembered(void **state)
{
    struct desk *desk = *state;
    bool again;
    int64_t began;

    do { /* on a busy computer the file may have grown old before it is first read */
        began = wall_us();
        write_file(desk, 'a');
        assert_true(reads(desk, ERR_OK, true));
        again = reads(desk, ERR_OK, true);
    } while (wall_us() - began > SETTLE_US / 2);
    assert_true(again);
}

static void test_a_missing_file_is_told(void **state)
{
    struct desk *desk = *state;

    unlink(desk->path);
    assert_false(reads(desk, ERR_NOT_FOUND, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file_nobody_touched_is_read_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_changed_in_place_is_found_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_cut_short_is_found_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_known_under_another_hash_is_not_this_program,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_written_just_now_is_not_remembered, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_missing_file_is_told, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
