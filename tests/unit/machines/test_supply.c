/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/dialects.h"
#include "gcode/checksum.h"
#include "machines/supply.h"
#include "profiles.h"

enum { LINES = 3000 };

/* A host whose pool runs when the test says so. */
struct pool {
    struct host host; /* first */
    struct pool_job *job;
    unsigned ready;
    char path[64];
    char sha256[HASH_TEXT_SIZE];
};

static void on_pool(struct host *host, struct pool_job *job)
{
    struct pool *pool = (struct pool *)host;

    assert_null(pool->job);
    pool->job = job;
}

static const struct host_ops ops = {.pool = on_pool};

static void on_ready(void *owner)
{
    ((struct pool *)owner)->ready++;
}

static bool run_job(struct pool *pool)
{
    struct pool_job *job = pool->job;

    pool->job = NULL;
    if (job == NULL)
        return false;
    job->run(job->data);
    job->done(job->data);
    return true;
}

static void write_program(struct pool *pool, unsigned lines)
{
    FILE *file;
    int fd;

    memset(pool, 0, sizeof *pool);
    pool->host.ops = &ops;
    snprintf(pool->path, sizeof pool->path, "/tmp/usine-supply-XXXXXX");
    fd = mkstemp(pool->path);
    assert_true(fd >= 0);
    file = fdopen(fd, "w");
    for (unsigned i = 0; i < lines; i++) {
        if (i % 100 == 50)
            fprintf(file, "M117 at %u\n", i);
        fprintf(file, "G1 X%u ; comment\n", i % 200);
    }
    fclose(file);
    assert_int_equal(hash_file(pool->path, pool->sha256), ERR_OK);
}

static struct supply *open_supply(struct pool *pool, uint64_t from)
{
    struct supply_spec spec = {.path = pool->path,
                               .sha256 = pool->sha256,
                               .profile = &profile_ender3,
                               .dialect = &dialect_marlin,
                               .from = from,
                               .on_ready = on_ready,
                               .owner = pool};

    return supply_create(&pool->host, &spec);
}

/* The next line to send; actions are taken on the way. False: the end. */
static bool next_line(struct pool *pool, struct supply *supply, struct supply_item *item)
{
    for (;;) {
        enum supply_state s = supply_peek(supply, item);

        if (s == SUPPLY_END)
            return false;
        if (s == SUPPLY_READING) {
            assert_true(run_job(pool));
            continue;
        }
        assert_int_equal(s, SUPPLY_READY);
        if (item->kind <= ITEM_BED)
            return true;
        supply_next(supply);
    }
}

static void expect_line(const struct supply_item *item, uint64_t k)
{
    char text[32], wire[WIRE_MAX];
    int n = snprintf(text, sizeof text, "G1 X%u", (unsigned)(k % 200));
    size_t size =
        gcode_number_line(wire, sizeof wire, (uint32_t)(SUPPLY_NUMBER + k), text, (size_t)n);

    assert_int_equal(item->number, k);
    assert_int_equal(item->len, size);
    assert_memory_equal(item->text, wire, size);
}

static void close_supply(struct pool *pool, struct supply *supply)
{
    supply_destroy(supply);
    run_job(pool);
    unlink(pool->path);
}

static void test_gives_every_line_once_in_order(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;
    uint64_t k = 0;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    for (; next_line(&pool, supply, &item); k++) {
        expect_line(&item, k);
        supply_next(supply);
    }
    assert_int_equal(k, LINES);
    close_supply(&pool, supply);
}

static void test_rewinds_near_from_memory_and_far_by_the_pool(void **state)
{
    static const unsigned back[] = {0, 1, 5, 150, 200, 700, 2400};
    struct pool pool;
    struct supply *supply;
    struct supply_item item;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
        for (;;) {
            assert_true(next_line(&pool, supply, &item));
            if (item.number == 2500)
                break;
            supply_next(supply);
        }
        supply_rewind(supply, 2500 - back[i]);
        for (uint64_t k = 2500 - back[i]; k <= 2500; k++) {
            assert_true(next_line(&pool, supply, &item));
            expect_line(&item, k);
            if (k < 2500)
                supply_next(supply);
        }
    }
    close_supply(&pool, supply);
}

static void test_random_rewinds_while_the_pool_is_busy(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;
    uint32_t random = 7;
    uint64_t k = 0;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    for (int i = 0; i < 20000; i++) {
        random = random * 1664525u + 1013904223u;
        if ((random >> 16) % 5 == 0)
            run_job(&pool);
        if ((random >> 16) % 97 == 0) {
            k -= (random >> 20) % (k + 1) % 900;
            supply_rewind(supply, k);
        }
        if (supply_peek(supply, &item) == SUPPLY_END) {
            assert_int_equal(k, LINES);
            k = 0;
            supply_rewind(supply, 0);
        }
        if (supply_peek(supply, &item) != SUPPLY_READY)
            continue;
        if (item.kind <= ITEM_BED)
            expect_line(&item, k++);
        supply_next(supply);
    }
    close_supply(&pool, supply);
}

static void test_can_begin_in_the_middle(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 1234);
    assert_true(next_line(&pool, supply, &item));
    expect_line(&item, 1234);
    supply_rewind(supply, 3);
    assert_true(next_line(&pool, supply, &item));
    expect_line(&item, 3);
    close_supply(&pool, supply);
}

static void test_a_file_changed_after_upload_is_refused(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;

    (void)state;
    write_program(&pool, 10);
    pool.sha256[0] = pool.sha256[0] == 'a' ? 'b' : 'a';
    supply = open_supply(&pool, 0);
    run_job(&pool);
    assert_int_equal(pool.ready, 1);
    assert_int_equal(supply_peek(supply, &item), SUPPLY_FAILED);
    assert_non_null(strstr(supply_fault(supply), "changed"));
    close_supply(&pool, supply);
}

static void test_a_missing_file_is_told(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;

    (void)state;
    write_program(&pool, 10);
    unlink(pool.path);
    supply = open_supply(&pool, 0);
    run_job(&pool);
    assert_int_equal(supply_peek(supply, &item), SUPPLY_FAILED);
    assert_non_null(strstr(supply_fault(supply), "cannot be read"));
    close_supply(&pool, supply);
}

static void test_let_go_while_the_pool_reads_is_freed_later(void **state)
{
    struct pool pool;
    struct supply *supply;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    supply_destroy(supply);
    assert_int_equal(pool.ready, 0);
    assert_true(run_job(&pool));
    assert_int_equal(pool.ready, 0);
    unlink(pool.path);
}

/* Half a piece must not end as a finished run. */
static void test_a_file_cut_short_while_it_is_read_never_ends(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;
    enum supply_state s = SUPPLY_READING;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    assert_true(next_line(&pool, supply, &item));
    assert_int_equal(truncate(pool.path, 0), 0);
    while (s == SUPPLY_READING || s == SUPPLY_READY) {
        if (s == SUPPLY_READY)
            supply_next(supply);
        s = supply_peek(supply, &item);
        if (s == SUPPLY_READING)
            assert_true(run_job(&pool));
    }
    assert_int_equal(s, SUPPLY_FAILED);
    close_supply(&pool, supply);
}

static void test_a_file_removed_while_it_is_read_is_read_to_its_end(void **state)
{
    struct pool pool;
    struct supply *supply;
    struct supply_item item;
    uint64_t k = 0;

    (void)state;
    write_program(&pool, LINES);
    supply = open_supply(&pool, 0);
    assert_true(next_line(&pool, supply, &item));
    assert_int_equal(unlink(pool.path), 0);
    for (; next_line(&pool, supply, &item); k++) {
        expect_line(&item, k);
        supply_next(supply);
    }
    assert_int_equal(k, LINES);
    close_supply(&pool, supply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_cut_short_while_it_is_read_never_ends),
        cmocka_unit_test(test_a_file_removed_while_it_is_read_is_read_to_its_end),
        cmocka_unit_test(test_gives_every_line_once_in_order),
        cmocka_unit_test(test_rewinds_near_from_memory_and_far_by_the_pool),
        cmocka_unit_test(test_random_rewinds_while_the_pool_is_busy),
        cmocka_unit_test(test_can_begin_in_the_middle),
        cmocka_unit_test(test_a_file_changed_after_upload_is_refused),
        cmocka_unit_test(test_a_missing_file_is_told),
        cmocka_unit_test(test_let_go_while_the_pool_reads_is_freed_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
