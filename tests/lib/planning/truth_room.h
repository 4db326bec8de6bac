/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the truth share. */
#ifndef USINE_TESTS_PLANNING_TRUTH_ROOM_H
#define USINE_TESTS_PLANNING_TRUTH_ROOM_H

#include "planning/random.h"
#include "truth.h"

enum { MACHINES = 14, SITES = 2, PEOPLE = 3, DAYS = 40, DAY = 24 * 60, RUNS = 20000 };
static const int64_t monday_ms = 1586124000000; /* 2020-04-06 00:00 in Paris */

enum doing { READY, RUNNING, ENDED, BROKEN, REPAIR };

struct being { /* a machine */
    enum doing doing;
    double speed, scrap, plate_loss, fail_per_h, life_h, wear_h;
    bool failed;
    int ends, program, repair_left;
    size_t run; /* in runs, of the run that waits */
    double started;
};

struct person {
    uint32_t name;
    bool here;
    int comes, leaves, lunch, round, busy;
    double pace;
    bool walking;
    int64_t last_ms;
};

struct truth {
    struct outlook *toy;
    struct random random;
    struct hours hours[SITES], quiet;
    struct being beings[MACHINES];
    struct person people[SITES][PEOPLE];
    double spool[SITES]; /* today's share of scrap, more or less */
    struct evidence_run *runs;
    size_t run_count;
    struct evidence_day days[MACHINES][DAYS];
    int64_t kits[DAYS], batches[DAYS];
    int minute, assembly, done_minute;
    double absent, fumble;
};

static inline double between(struct truth *t, double low, double high)
{
    return low + (high - low) * random_uniform(&t->random);
}

static inline bool chance(struct truth *t, double p)
{
    return random_uniform(&t->random) < p;
}

static inline int64_t wall_ms(const struct truth *t)
{
    return monday_ms + (int64_t)t->minute * 60000;
}

static inline enum machine_kind kind_of(const struct truth *t, size_t machine)
{
    return t->toy->dispatch.machines[machine].profile->kind;
}

static inline size_t site_of(const struct truth *t, size_t machine)
{
    return t->toy->dispatch.machines[machine].site;
}

static inline bool is_open(const struct truth *t, size_t site)
{
    return hours_open(&t->hours[site], (1 + t->minute / DAY) % 7, t->minute % DAY);
}

/* ---- truth_people.c ---- */

/* Who comes today, and when. */
void truth_morning(struct truth *truth);

/* A minute of everybody's work: beds, lasers, kits. */
void truth_work(struct truth *truth);

#endif
