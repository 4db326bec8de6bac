/* SPDX-License-Identifier: Apache-2.0 */
/* How far work by hand has come, held against the model. After cmocka.h. */
#ifndef USINE_TESTS_PRODUCTION_LEDGER_STAGES_H
#define USINE_TESTS_PRODUCTION_LEDGER_STAGES_H

#include "ledger_model.h"
#include "production/stages.h"

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
