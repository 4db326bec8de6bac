/* SPDX-License-Identifier: Apache-2.0 */
/* Where pieces came from and went: runs, declarations and their makers, lots of kits; and each fact
 * of the reports one by one. All held against the model. After cmocka.h. */
#ifndef USINE_TESTS_PRODUCTION_LEDGER_ORIGINS_H
#define USINE_TESTS_PRODUCTION_LEDGER_ORIGINS_H

#include <sqlite3.h>

#include "ledger_model.h"
#include "store/store_detail.h"

/* Rows of a number and a sum, each of which must be the model's; all it has must have come. */
static inline void check_sums_by(sqlite3 *db, const char *sql, const int64_t *sums, int count)
{
    sqlite3_stmt *rows;
    int seen = 0;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        assert_in_range(sqlite3_column_int(rows, 0), 1, count - 1);
        assert_int_equal(sqlite3_column_int64(rows, 1), sums[sqlite3_column_int(rows, 0)]);
        seen++;
    }
    sqlite3_finalize(rows);
    for (int i = 1; i < count; i++)
        seen -= sums[i] != 0;
    assert_in_range(seen, 0, count); /* sums of 0 may have facts */
}

static inline void check_origins(sqlite3 *db, const struct model *m)
{
    check_sums_by(db,
                  "SELECT run, sum(qty) FROM facts WHERE kind IN ('made', 'corrected')"
                  " AND run IS NOT NULL GROUP BY run",
                  m->of_run, RUNS);
    check_sums_by(db,
                  "SELECT declaration, sum(qty) FROM facts WHERE kind = 'received'"
                  " AND origin = 'maker-' || declaration GROUP BY declaration",
                  m->declared, DECLARATIONS);
    check_sums_by(db,
                  "SELECT declaration, sum(qty) FROM facts WHERE kind = 'scrapped'"
                  " AND origin = 'maker-' || declaration GROUP BY declaration",
                  m->declared_scrap, DECLARATIONS);
    check_sums_by(db,
                  "SELECT substr(kit_lot, 5), sum(qty) FROM facts WHERE kit_lot <> ''"
                  " AND kind = 'assembled' GROUP BY kit_lot",
                  m->into, KITS);
}

static inline bool check_detail(void *context, const struct fact_detail *detail)
{
    struct model *left = context;
    const struct fact_total *t = &detail->total;
    int day = t->day - 20200401, site = number(t->site), machine = number(t->machine);

    left->qty[day][site][machine][number(t->part)][t->kind] -= t->qty;
    left->count[day][site][machine][number(t->part)][t->kind] -= t->count;
    return true;
}

/* left: memory for a copy of m. */
static inline void check_details(struct db *db, const struct model *m, struct model *left)
{
    struct fact_range all = {.from = 20200401, .to = 20200401 + DAYS};
    int64_t *qty = &left->qty[0][0][0][0][0], *count = &left->count[0][0][0][0][0];

    *left = *m;
    assert_int_equal(store_fact_details(db, &all, check_detail, left), ERR_OK);
    for (int i = 0; i < DAYS * SITES * MACHINES * PARTS * FACT_KINDS; i++) {
        bool listed = i % FACT_KINDS <= FACT_RAN || i % FACT_KINDS >= FACT_RUNNING ||
                      i % FACT_KINDS == FACT_ASSEMBLED || i % FACT_KINDS == FACT_CORRECTED ||
                      i % FACT_KINDS == FACT_CORRECTED_SCRAP;

        assert_true(!listed || (qty[i] == 0 && count[i] == 0));
    }
}

#endif
