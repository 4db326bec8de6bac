/* SPDX-License-Identifier: Apache-2.0 */
/* The model floor: takes the orders that the real floor takes, gives the events that it gives, and
 * lets machines live in virtual time. A run takes what its program's analysis says, times how fast
 * this machine is, times chance; printers heat first; filament runs out, prints fail, machines
 * break. What a machine needs a person for it tells the crew. */
#ifndef USINE_BENCH_OPERATION_PLANT_H
#define USINE_BENCH_OPERATION_PLANT_H

#include "agenda.h"
#include "dice.h"
#include "machines/floor.h"
#include "truth.h"

struct queue;

enum { PLANT_PROGRAMS = 20 };

enum plant_need {
    NEED_CLEAR,  /* unload, look, say that the bed is clear */
    NEED_REFILL, /* the filament is out: load a spool, resume */
    NEED_REPAIR, /* it is broken: repair, unlock */
};

/* What a run made of a part, to be found at unloading. */
struct plant_pieces {
    char part[ID_SIZE];
    int64_t good, scrap;
    char reason[32]; /* of the scrap */
};

struct plant_machine {
    struct plant *plant;
    size_t number; /* in the plant */
    bool laser;
    struct machine_view view;
    int64_t consent;
    struct run_order run;     /* under way, or the last */
    int64_t turn;             /* changes with what the machine does; what was planned is void */
    double left_s;            /* of the run, while it is held */
    int64_t began_ms;         /* running: since */
    struct dice dice;         /* its own luck */
    double pace;              /* of this machine: 1.03 takes 3% longer than the analysis says */
    enum machine_time spends; /* what it does, since spends_ms */
    int64_t spends_ms;
    struct plant_pieces on_bed; /* of the last run; part "": none */
    bool called;                /* somebody is on the way to say that the bed is clear, again */
};

/* What a program makes, as the people know who sliced it. */
struct plant_program {
    char sha256[HASH_TEXT_SIZE];
    char part[ID_SIZE];
    int64_t pieces;
};

/* How likely mishaps are. */
struct plant_luck {
    double scrap;        /* share of pieces */
    double fail_hours;   /* of printing, on average, until a print fails */
    double runout_hours; /* until a spool is empty */
    double break_hours;  /* until the machine breaks */
};

struct plant {
    struct agenda *agenda;
    struct truth *truth;
    struct queue *queue;
    uint64_t seed;
    struct plant_luck luck;
    struct plant_program programs[PLANT_PROGRAMS];
    size_t program_count;
    struct plant_machine *machines[TRUTH_MACHINES]; /* owned; the config's */
    size_t count;
    struct list inbox; /* orders not yet looked at */
    bool stirred;      /* something happened since somebody looked */
    void (*need)(void *crew, struct plant_machine *machine, enum plant_need need);
    void *crew;
    int64_t failed, broken, runouts, refused; /* mishaps so far */
};

/* For queue_setup.order: keeps the order until plant_obey. */
bool plant_order(void *plant, struct order *order);

/* Does what it was told. False: nothing was. */
bool plant_obey(struct plant *plant);

/* What a person does at the machine. */
void plant_refilled(struct plant_machine *machine);
void plant_repaired(struct plant_machine *machine);

/* Progress of all runs, as the real floor tells now and then. */
void plant_report(struct plant *plant);

/* Closes what the machines spend time on, for a comparison now. */
void plant_book(struct plant *plant);

void plant_finish(struct plant *plant);

#endif
