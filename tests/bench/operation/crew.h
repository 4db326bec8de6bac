/* SPDX-License-Identifier: Apache-2.0 */
/* The people of the model floor. Each site has some, during its opening hours. They notice after a
 * while what a machine needs, do one thing at a time, count what they unload, and sometimes count
 * wrong and put it right. Nobody leaves a laser that cuts. */
#ifndef USINE_BENCH_OPERATION_CREW_H
#define USINE_BENCH_OPERATION_CREW_H

#include "config/hours.h"
#include "plant.h"

enum { CREW_SITES = 20 };

struct crew_site {
    char id[ID_SIZE];
    struct hours hours;
    int people, busy;
    struct list tasks; /* what somebody has yet to do, as it came up */
};

struct crew {
    struct agenda *agenda;
    struct plant *plant;
    struct crew_site sites[CREW_SITES];
    size_t site_count;
    struct list attending; /* tasks whose person stays at a laser */
    struct list under_way; /* tasks that somebody does, and counts yet to be put right */
    struct dice dice;
    double slips;       /* share of counts that are wrong at first */
    bool visors_wanted; /* else nobody goes to the lasers */
    int64_t verdicts, corrected, retried;
};

/* As config says; people are as many as the machines it will once have need. */
void crew_init(struct crew *crew, struct plant *plant, const struct config *config);

/* For plant.need. */
void crew_need(void *crew, struct plant_machine *machine, enum plant_need need);

/* Who is free takes the next thing; once a minute. */
void crew_look(struct crew *crew);

/* Which sites are open now, in the order of the config. */
void crew_opening(const struct crew *crew, bool open[CREW_SITES]);

void crew_finish(struct crew *crew);

#endif
