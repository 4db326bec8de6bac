/* SPDX-License-Identifier: Apache-2.0 */
/* What lies where, and how far work by hand has come, held against the model. After cmocka.h. */
#ifndef USINE_TESTS_PRODUCTION_LEDGER_STAGES_H
#define USINE_TESTS_PRODUCTION_LEDGER_STAGES_H

#include "ledger_model.h"
#include "production/stages.h"
#include "production/stock.h"

static inline void check_stock(const struct stock *stock, const struct model *m)
{
    for (int s = 0; s < SITES; s++)
        for (int p = 1; p < PARTS; p++) {
            char site[32], part[32];
            const struct stock_row *row;
            int64_t sum = 0, lots = 0;

            snprintf(site, sizeof site, "site-%d", s);
            snprintf(part, sizeof part, "part-%d", p);
            row = stock_find(stock, site, part);
            for (size_t i = 0; row != NULL && i < row->lot_count; i++, lots++)
                assert_int_equal(row->lots[i].qty, m->stock[s][p][number(row->lots[i].lot)]);
            for (int lot = 0; lot < LOTS; lot++) {
                sum += m->stock[s][p][lot];
                lots -= m->stock[s][p][lot] != 0;
            }
            assert_int_equal(stock_of(stock, site, part), sum);
            assert_int_equal(lots, 0);
        }
}

static inline void check_stages(const struct stages *stages, const struct model *m)
{
    for (int i = 0; i < SITES * PARTS * LOTS * STEPS; i++) {
        int step = i % STEPS, lot = i / STEPS % LOTS, part = i / STEPS / LOTS % PARTS;
        int s = i / STEPS / LOTS / PARTS;
        char site[32], item[32], lots[32] = "", steps[32] = "";
        struct stage_key key = {site, item, lots, steps};

        if (part == 0)
            continue;
        snprintf(site, sizeof site, "site-%d", s);
        snprintf(item, sizeof item, "part-%d", part);
        if (lot > 0)
            snprintf(lots, sizeof lots, "lot-%d", lot);
        if (step > 0)
            snprintf(steps, sizeof steps, "step-%d", step);
        assert_int_equal(stages_of(stages, &key), m->stage[s][part][lot][step]);
        assert_int_equal(stages_discarded(stages, &key), m->discarded[s][part][lot][step]);
    }
}

#endif
