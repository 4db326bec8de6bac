/* SPDX-License-Identifier: Apache-2.0 */
#include "hindsight.h"

#include <math.h>
#include <stdlib.h>

#include "planning/forecast.h"
#include "truth.h"

enum { DAY = 24 * 60, LAST_DAY = 27, DAYS_FORECAST = 4 };

static const char *const names[HINDSIGHT_ROWS] = {"today, at noon",  "order, on day 2",
                                                  "order, on day 3", "order, on day 4",
                                                  "order, on day 5", "order, all"};

const char *hindsight_name(int row)
{
    return names[row];
}

/* Values from the same forecast are one half for "equal": kits are whole numbers. */
static void add(struct hindsight_row *row, const struct forecast_range *range, double came)
{
    row->n++;
    row->below += came < range->p10;
    row->under += came < range->p50 ? 1 : came <= range->p50 ? 0.5 : 0;
    row->above += came > range->p90;
    row->error += fabs(came - range->p50);
    row->bias += came - range->p50;
    row->width += range->p90 - range->p10;
}

struct said {
    struct forecast_range today, order; /* kits; days from the beginning */
};

static struct said forecast_now(struct truth *truth, uint64_t seed, size_t runs, double at_days)
{
    struct plan plan;
    struct evidence evidence;
    struct forecast_setup setup = {
        .plan = &plan, .evidence = &evidence, .runs = runs, .seed = seed};
    struct forecast *forecast = NULL;
    const struct forecast_result *result;
    struct said said;

    if (plan_init(&plan, truth_outlook(truth), PLAN_DAYS) != ERR_OK ||
        evidence_init(&evidence, &plan) != ERR_OK || truth_show(truth, &evidence) != ERR_OK ||
        forecast_create(&forecast, &setup) != ERR_OK)
        abort();
    while (forecast_step(forecast))
        continue;
    result = forecast_finish(forecast);
    said.today = result->as_is.today[0];
    said.order = (struct forecast_range){at_days + result->as_is.orders[0].p10 / 86400,
                                         at_days + result->as_is.orders[0].p50 / 86400,
                                         at_days + result->as_is.orders[0].p90 / 86400};
    forecast_destroy(forecast);
    evidence_finish(&evidence);
    plan_finish(&plan);
    return said;
}

void hindsight_week(struct hindsight *sum, uint64_t week, size_t runs)
{
    struct truth *truth = truth_create(week, 250 + (int64_t)(week * 37 % 200));
    struct forecast_range orders[DAYS_FORECAST];
    int said = 0;

    for (int day = 0; day <= LAST_DAY && truth_done_minute(truth) < 0; day++) {
        struct forecast_range today;

        truth_run(truth, day * DAY + 10 * 60);
        if (day >= 1 && said < DAYS_FORECAST && truth_done_minute(truth) < 0)
            orders[said++] =
                forecast_now(truth, week * 100 + (uint64_t)day, runs, day + 10.0 / 24).order;
        truth_run(truth, day * DAY + 12 * 60);
        if (truth_done_minute(truth) >= 0)
            break;
        today = forecast_now(truth, week * 100 + 50 + (uint64_t)day, runs, 0).today;
        truth_run(truth, day * DAY + 24 * 60 - 1);
        add(&sum->rows[HINDSIGHT_TODAY], &today, (double)truth_kits_today(truth));
    }
    for (int i = 0; i < said && truth_done_minute(truth) >= 0; i++) {
        double came = (double)truth_done_minute(truth) / DAY;

        add(&sum->rows[HINDSIGHT_DAY_2 + i], &orders[i], came);
        add(&sum->rows[HINDSIGHT_ORDER], &orders[i], came);
    }
    truth_destroy(truth);
}
