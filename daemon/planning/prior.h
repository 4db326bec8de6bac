/* SPDX-License-Identifier: Apache-2.0 */
#ifndef USINE_PLANNING_PRIOR_H
#define USINE_PLANNING_PRIOR_H

/* The priors: what is believed where nothing was seen, and how many observations that weighs. */
static const struct {
    double cycle, cycle_sd, cycle_between, cycle_within, cycle_weight;
    double wait, laser_wait, wait_sd, wait_between, wait_day, wait_within, wait_weight;
    double scrap, scrap_weight, fail, fail_weight;
    double handling, handling_sd;
    double down_per_h, down_weight, down_log_h, down_deviation, down_spells;
    double batch_s, batch_days;
} prior = {
    .cycle = 0.05, /* heating and real accelerations: 5 % above what was announced */
    .cycle_sd = 0.12,
    .cycle_between = 0.06,
    .cycle_within = 0.04,
    .cycle_weight = 6,
    .wait = 6.6,       /* a quarter of an hour (12 min in the middle, some much longer) */
    .laser_wait = 4.6, /* somebody stands beside it: a minute and a half */
    .wait_sd = 0.7,
    .wait_between = 0.5,
    .wait_day = 0.25,
    .wait_within = 0.9,
    .wait_weight = 8,
    .scrap = 0.06, /* DOMAIN.md: 5-10 % in a trained network */
    .scrap_weight = 15,
    .fail = 0.03,
    .fail_weight = 12,
    .handling = 4.8, /* two minutes a bed */
    .handling_sd = 0.4,
    .down_per_h = 1.0 / 400,
    .down_weight = 0.6,
    .down_log_h = 0.9, /* two and a half hours */
    .down_deviation = 1.0,
    .down_spells = 3,
    .batch_s = 3600, /* kits are put together every hour; as sure as a quarter of a day seen */
    .batch_days = 0.25,
};

#endif
