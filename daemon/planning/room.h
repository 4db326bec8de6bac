/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the model share. No other room includes this. */
#ifndef USINE_PLANNING_ROOM_H
#define USINE_PLANNING_ROOM_H

#include "assembly.h"
#include "model.h"
#include "moments.h"
#include "road.h"

enum { CREW_MAX = 64 };

enum worker_state { WORKER_READY, WORKER_RUNNING, WORKER_WAITING, WORKER_DOWN, WORKER_ABSENT };

/* A machine of the model. */
struct worker {
    struct random random;
    enum worker_state state;
    bool lost;      /* the run failed or the machine broke: its pieces are none */
    bool breaks;    /* it will be down when the run ends */
    int material;   /* loaded; 0: unknown */
    double life_h;  /* hours of running until it breaks */
    size_t program; /* of the run; SIZE_MAX: removed */
    size_t part_count;
    size_t part[PROGRAM_YIELDS_MAX];
    size_t credit[PROGRAM_YIELDS_MAX]; /* job of the model; SIZE_MAX: surplus */
    int64_t pieces[PROGRAM_YIELDS_MAX];
};

struct crew {
    size_t hands;
    double free_s[CREW_MAX]; /* each pair of hands is, from that moment on */
};

struct model {
    const struct plan *plan;     /* borrowed */
    const struct belief *belief; /* borrowed */
    struct dispatch d;           /* for the dispatcher; parts and jobs are owned */
    struct dispatch_site *sites;
    struct dispatch_machine *asked; /* machines of one question */
    size_t *asked_worker;
    struct dispatch_way *ways;
    size_t *heads;
    struct dispatch_choice *choices;
    size_t *job_number;  /* outlook's job -> the model's; SIZE_MAX: not open */
    size_t *job_outlook; /* the other way */
    int64_t *job_left;   /* by job of the model: good pieces still to come */
    struct worker *workers;
    struct crew *crews; /* by site */
    double *day_wait;   /* [site * days + day]: belief_day */
    size_t days;
    struct moments moments; /* of workers, sites that open, assembly, loads that leave a site */
    const struct shifts *rounds; /* when kits are put together; NULL: never */
    struct assembly assembly;
    struct road road;
    struct model_result result;
    int64_t pieces_left; /* of jobs */
    int64_t pieces_wanted;
    double pieces_waited_s;
    double now; /* seconds from the plan's now */
};

/* ---- worker.c ---- */

/* The machine as it is now, with what happens to it next. */
void worker_begin(struct model *model, size_t machine);

/* Its next moment has come. True: some job owes again, so idle machines shall be asked. */
bool worker_turn(struct model *model, size_t machine);

/* It takes what the dispatcher chose for it. */
void worker_start(struct model *model, size_t machine, const struct dispatch_choice *choice);

/* Somebody loads the material that the choice asks for; then it is ready again. */
void worker_load(struct model *model, size_t machine, const struct dispatch_choice *choice);

/* ---- ask.c ---- */

/* Asks the dispatcher what this machine shall do, if its site is open. */
void ask_one(struct model *model, size_t machine);

/* The same for all that are ready; site SIZE_MAX: at all sites. */
void ask_ready(struct model *model, size_t site);

#endif
