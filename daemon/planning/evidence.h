/* SPDX-License-Identifier: Apache-2.0 */
/* What the past days have shown: how long programs really took, how long pieces waited for a
 * person, scrap, failures, breakdowns, assembly. Sums only, so that a hundred thousand runs are as
 * easy to draw from as ten. Filled from the ledger and the runs (evidence_read.h), or by a test.
 * Pure. */
#ifndef USINE_PLANNING_EVIDENCE_H
#define USINE_PLANNING_EVIDENCE_H

#include "plan.h"
#include "sample.h"

enum { EVIDENCE_DAYS = 14, EVIDENCE_SHAPE = 128, EVIDENCE_PEOPLE = 32, EVIDENCE_LOADS = 6 };

struct quality {
    double good, scrap;   /* pieces */
    double ended, failed; /* runs */
};

/* The wait of an ended run for its verdict, in seconds of opening, as logarithms; lasers, beside
 * which somebody stands, and printers apart. */
struct site_evidence {
    struct sample wait[2][EVIDENCE_DAYS]; /* by machine_kind and day, counted back from today */
    uint32_t people[EVIDENCE_DAYS][EVIDENCE_PEOPLE]; /* who gave verdicts that day: hashes */
};

struct down_evidence {
    double running_h;
    struct sample spells; /* breakdowns: logarithm of hours */
};

/* By day, counted back from today. */
struct assembly_evidence {
    double kits[EVIDENCE_DAYS], batches[EVIDENCE_DAYS];
};

/* Loads that left a site, by day counted back from today: seconds after midnight, in order. */
struct departures {
    size_t count[EVIDENCE_DAYS];
    double at_s[EVIDENCE_DAYS][EVIDENCE_LOADS];
};

struct evidence {
    const struct plan *plan; /* borrowed */
    size_t models;
    struct sample *cycle;    /* [program * models + model]: logarithm of actual / announced */
    struct quality *quality; /* by program */
    struct site_evidence *sites;
    struct departures *departures; /* by site */
    struct down_evidence down[2];  /* by machine_kind */
    struct assembly_evidence assembly;
    struct sample handling; /* seconds between two verdicts of one person in a row, as logarithms */
    float *waits;           /* each wait, for its shape: pairs of 2 * site + machine_kind and
                               logarithm; owned */
    size_t wait_count, wait_room;
};

/* A run that has ended. */
struct evidence_run {
    size_t machine, program; /* of the plan; program SIZE_MAX: removed since */
    bool finished;           /* all lines were executed */
    double plan_s, took_s;
    int64_t ended_ms;
    int64_t judged_ms; /* 0: not yet */
    int64_t last_ms;   /* the verdict of the same person before this one; 0: none */
    uint32_t by;       /* who: a hash of the name; not 0 */
    int64_t good, scrap;
};

/* A day of a machine, or of a product's assembly. */
struct evidence_day {
    int day; /* days back from today */
    double running_s, down_s;
};

enum err evidence_init(struct evidence *evidence, const struct plan *plan);
void evidence_finish(struct evidence *evidence);

enum err evidence_add_run(struct evidence *evidence, const struct evidence_run *run);

/* The days of one machine, oldest first: consecutive days with time down are one breakdown. */
void evidence_add_days(struct evidence *evidence, size_t machine, const struct evidence_day *days,
                       size_t count);

/* Of all products and sites: `batches` bookings of together `kits` kits so many days ago. */
void evidence_add_assembly(struct evidence *evidence, int day, int64_t kits, int64_t batches);

/* Something left a site for another at at_ms (wall); in any order of the sites, the earlier first.
 * What leaves within a quarter of an hour is one load. */
void evidence_add_departure(struct evidence *evidence, size_t site, int64_t at_ms);

/* The waits on all days together, at 2 * site + machine_kind. */
struct sample evidence_wait(const struct evidence *evidence, size_t place);

/* People who gave verdicts at a site on a working day, on average; 0: none seen. */
double evidence_people(const struct evidence *evidence, size_t site);

#endif
