/* SPDX-License-Identifier: Apache-2.0 */
/* Days of a fleet in virtual time: runs take their programs' time, somebody clears the beds while
 * the sites are open, and a chooser gives out the work. */
#ifndef USINE_BENCH_DAYS_H
#define USINE_BENCH_DAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "works.h"

enum { MACHINES_MAX = 128, SITES_MAX = 32, DAYS_MAX = 60 };

enum { REFUSALS = REFUSAL_LATER + 1 };

enum chooser { CHOOSE_PLAN, CHOOSE_FIRST, CHOOSE_LARGEST };

struct days_setup {
    enum chooser chooser;
    const char *hours; /* of every site; NULL: as the config says */
    size_t parts;      /* in a kit: 2 or 3 */
    int64_t per_day;   /* kits ordered each morning, a job for each part */
    bool once;         /* on the first morning alone */
    int days;
    bool alone;            /* printers may run with nobody there */
    bool petg;             /* PETG is loaded everywhere; otherwise as the config says */
    double fails_per_hour; /* of a print */
    uint64_t seed;
};

struct days_result {
    int64_t made[DAYS_MAX][PARTS];       /* good pieces, by the day they were cleared */
    int64_t far[DAYS_MAX][PARTS];        /* of these, at sites that do not assemble */
    int64_t kits[DAYS_MAX];              /* that could be put together that day */
    int64_t headbands[SITES_MAX];        /* by site */
    double last_s[SITES_MAX];            /* when its last one was cleared; 0: it made none */
    double running_s, waiting_s, idle_s; /* of printers that had something to do; all days */
    size_t printers, working;            /* printers; those that got a run at all */
    size_t refused[REFUSALS]; /* printers without any run, by what keeps headbands away */
};

/* The hours: "08:00-20:00" and the like; they are checked before. */
void days_play(const struct config *config, const struct works *works,
               const struct days_setup *setup, struct days_result *result);

#endif
