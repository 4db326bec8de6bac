/* SPDX-License-Identifier: Apache-2.0 */
/* The last word about a lot holds, in whatever order the facts of several sites come, and the
 * database says the same as the memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "production/blocks.h"
#include "store/store.h"
#include "store/store_fact.h"

enum { WORDS = 60, LOTS = 5, ORDERS = 20 };

static unsigned next(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 16) % n;
}

static struct fact word(unsigned *seed, int64_t seq)
{
    struct fact fact = {.seq = seq,
                        .at_ms = 1000 + next(seed, 9), /* often at the same time */
                        .day = 20200407,
                        .kind = next(seed, 2) == 0 ? FACT_BLOCKED : FACT_RELEASED,
                        .qty = next(seed, 5)};

    snprintf(fact.lot, sizeof fact.lot, "L%u", next(seed, LOTS));
    snprintf(fact.by, sizeof fact.by, "%s", next(seed, 2) == 0 ? "anne" : "bob");
    snprintf(fact.reason, sizeof fact.reason, "%s", next(seed, 2) == 0 ? "cracks" : "smell");
    return fact;
}

static void same(const struct blocks *a, const struct blocks *b)
{
    for (int i = 0; i < LOTS; i++) {
        char lot[16];
        const struct lot_block *one, *other;

        snprintf(lot, sizeof lot, "L%d", i);
        one = blocks_last(a, lot);
        other = blocks_last(b, lot);
        assert_non_null(one);
        assert_non_null(other);
        assert_int_equal(one->at_ms, other->at_ms);
        assert_int_equal(one->blocked, other->blocked);
        assert_string_equal(one->by, other->by);
        assert_string_equal(one->reason, other->reason);
    }
}

static void on_closed(void *context)
{
    (void)context;
}

/* In a database of its own; some facts come twice. */
static struct blocks *take_all(struct fact *facts, unsigned *seed)
{
    char folder[] = "/tmp/usine-blocks-XXXXXX", path[80], text[320];
    struct blocks *memory = blocks_create(), *read = blocks_create();
    struct store *store;
    uv_loop_t loop;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/usine.db", folder);
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(store_open(&store, &loop, path, text, sizeof text), ERR_OK);
    for (int i = 0; i < WORDS; i++) {
        struct fact *fact = &facts[next(seed, 4) == 0 ? 0 : i];
        bool fresh;

        assert_int_equal(blocks_count(memory, fact), ERR_OK);
        assert_int_equal(store_fact_apply(store_db(store), "elsewhere", fact, &fresh), ERR_OK);
        assert_int_equal(blocks_count(memory, &facts[i]), ERR_OK);
        assert_int_equal(store_fact_apply(store_db(store), "elsewhere", &facts[i], &fresh), ERR_OK);
    }
    assert_int_equal(blocks_load(read, store_db(store)), ERR_OK);
    same(memory, read);
    blocks_destroy(read);
    store_close(store, on_closed, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    snprintf(text, sizeof text, "rm -rf %s", folder);
    assert_int_equal(system(text), 0);
    return memory;
}

static void the_order_in_which_words_come_does_not_matter(void **state)
{
    unsigned seed = 7;
    struct fact facts[WORDS];
    struct blocks *first;

    (void)state;
    for (int i = 0; i < WORDS; i++)
        facts[i] = word(&seed, i + 1);
    first = take_all(facts, &seed);
    for (int order = 0; order < ORDERS; order++) {
        struct blocks *other;

        for (unsigned i = WORDS; i-- > 1;) {
            unsigned k = next(&seed, i + 1);
            struct fact fact = facts[i];

            facts[i] = facts[k];
            facts[k] = fact;
        }
        other = take_all(facts, &seed);
        same(first, other);
        blocks_destroy(other);
    }
    blocks_destroy(first);
}

static void put(struct blocks *blocks, const char *lot, int64_t at, enum fact_kind kind)
{
    struct fact fact = {.kind = kind, .at_ms = at};

    snprintf(fact.lot, sizeof fact.lot, "%s", lot);
    assert_int_equal(blocks_count(blocks, &fact), ERR_OK);
}

static void lots_are_found_by_name(void **state)
{
    struct blocks *blocks = blocks_create();
    char lot[64] = "B";

    (void)state;
    assert_null(blocks_at(blocks, 0));
    put(blocks, "C", 1, FACT_BLOCKED);
    put(blocks, "A", 1, FACT_BLOCKED);
    put(blocks, "B", 1, FACT_BLOCKED);
    put(blocks, "B", 2, FACT_RELEASED);
    put(blocks, "", 2, FACT_BLOCKED); /* pieces of no lot are no lot */
    put(blocks, "D", 2, FACT_MADE);
    assert_string_equal(blocks_at(blocks, 0)->lot, "A");
    assert_string_equal(blocks_at(blocks, 1)->lot, "C");
    assert_null(blocks_at(blocks, 2));
    assert_null(blocks_find(blocks, "B"));
    assert_null(blocks_find(blocks, ""));
    assert_null(blocks_find(NULL, "A"));
    assert_int_equal(blocks_last(blocks, "B")->at_ms, 2);
    blocks_fresh(blocks, lot); /* it was blocked once */
    assert_string_equal(lot, "B-2");
    put(blocks, "B-2", 3, FACT_BLOCKED);
    blocks_fresh(blocks, lot);
    assert_string_equal(lot, "B-2-2");
    memcpy(lot, "D", 2);
    blocks_fresh(blocks, lot);
    assert_string_equal(lot, "D");
    blocks_destroy(blocks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_in_which_words_come_does_not_matter),
        cmocka_unit_test(lots_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
