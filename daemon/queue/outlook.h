/* SPDX-License-Identifier: Apache-2.0 */
/* What a forecast starts from: a copy of the work and the machines as they are at one moment, which
 * may be read on any thread while the queue goes on. */
#ifndef USINE_QUEUE_OUTLOOK_H
#define USINE_QUEUE_OUTLOOK_H

#include "dispatch.h"
#include "queue.h"

/* The run under way on a machine, or awaiting its verdict there. */
struct outlook_run {
    int64_t id; /* 0: none */
    bool ended;
    int64_t since_ms;                  /* wall: started, or ended */
    size_t program;                    /* index in dispatch.programs; SIZE_MAX: removed since */
    double time_s;                     /* announced */
    size_t part[PROGRAM_YIELDS_MAX];   /* of what it makes */
    size_t credit[PROGRAM_YIELDS_MAX]; /* the job each counts for; SIZE_MAX: surplus */
    int64_t pieces[PROGRAM_YIELDS_MAX];
    size_t part_count;
};

struct outlook_part {
    char id[ID_SIZE];
    int64_t stock; /* good pieces, all sites */
    bool made;     /* printed, cut or made by a program; else it is bought or declared */
};

struct outlook_need {
    size_t part;
    int64_t quantity; /* for one kit */
};

struct outlook_product {
    char id[ID_SIZE];
    int64_t done_today;         /* kits */
    struct outlook_need *needs; /* of parts, whatever the depth of its bill of materials; owned */
    size_t need_count;
};

struct outlook_order {
    int64_t id;
    size_t product;
    int64_t quantity, done; /* kits */
    int priority;
    int64_t due_ms; /* 0: none */
};

/* All arrays are the outlook's own. Machines and sites are as in config. */
struct outlook {
    struct config *config; /* one reference */
    struct dispatch dispatch;
    struct outlook_run *runs;   /* by machine */
    struct outlook_part *parts; /* as dispatch.parts */
    struct outlook_product *products;
    size_t product_count;
    struct outlook_order *orders; /* open ones, those first that get kits first */
    size_t order_count;
    /* What dispatch points to. */
    struct job *job_rows;
    struct program *program_rows;
    struct machine_view *views;
};

/* NULL: no memory. */
struct outlook *outlook_make(struct queue *queue);

/* Any thread. NULL is harmless. */
void outlook_free(struct outlook *outlook);

#endif
