/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: the queue's own struct. No other room includes this. */
#ifndef USINE_QUEUE_ROOM_H
#define USINE_QUEUE_ROOM_H

#include "base/list.h"
#include "bed.h"
#include "config/hours.h"
#include "dispatch.h"
#include "job.h"
#include "production/available.h"
#include "production/ledger.h"
#include "production/stages.h"
#include "production/stock.h"
#include "program.h"
#include "queue.h"
#include "roster.h"
#include "run.h"
#include "store/store.h"
#include "store/store_run.h"

struct run_item {
    struct list node; /* in queue->runs */
    struct run run;
    int64_t heard_ms;
};

/* What keeps a machine from working; outlives a restart of the daemon. */
struct condition {
    bool locked;
    unsigned flags; /* FLAG_QUARANTINED, FLAG_OUT_OF_SERVICE */
    bool held;      /* its run is */
    char why[160];  /* it is locked */
};

struct machine_item {
    const struct config_machine *config; /* of queue->config */
    size_t site;                         /* index in queue->config->sites */
    struct run_item *run;                /* under way or awaiting its verdict; NULL */
    bool busy;                           /* a start or a clear is being written */
    enum bed_state bed;                  /* as last written down */
    int64_t consent;                     /* in force; 0: none */
    int64_t given_ms, hold_ms;
    char given_by[ID_SIZE];
    char material[32];          /* loaded, as last said; "": as the config says */
    char material_lot[64];      /* of the spool or sheets; "": not said */
    struct condition condition; /* as last written down */
    bool back;                  /* in the config again: the floor must be told of its condition */
    bool elsewhere;             /* what was written down is of another model or port */
    int64_t restored_ms;        /* mono; when the floor was told of the condition; 0: it has it */
    char wanted[32];            /* material to load for what comes next; "": none */
    int64_t refused_until_ms;   /* no start before: the last one was refused */
    char refused[160];          /* why; then the word may be given anew */
    enum machine_time time;     /* what it is doing, for the ledger, since booked_ms */
    int64_t booked_ms;          /* wall; the ledger has its time up to here */
    int64_t time_run;           /* the run that this time belongs to; 0: none */
    char time_part[ID_SIZE];
};

struct job_item {
    struct job job;
    enum job_state wish; /* as people set it: open, held, cancelled; done is found out */
    bool busy;           /* a change is being written */
};

/* What a site used up of a part. */
struct site_use {
    char site[ID_SIZE], part[ID_SIZE];
    int64_t used[COVER_DAYS]; /* by day, today first */
};

struct queue {
    uv_loop_t *loop;
    const struct clock *clock;
    struct config *config; /* one reference */
    bool (*order)(void *floor, struct order *order);
    void *floor;
    struct store *store;

    struct machine_view *views;    /* owned; as config->machines */
    struct machine_item *machines; /* the same */
    size_t *by_id;                 /* indexes of machines, sorted by id */
    size_t machine_count;
    struct hours *hours, *quiet; /* of config->sites; owned */

    struct program **programs; /* owned, each too */
    size_t program_count, program_room;
    struct job_item **jobs; /* owned, each too; by id */
    size_t job_count, job_room;
    struct list runs; /* struct run_item */
    struct part_count *parts;
    size_t part_count, part_room;
    struct site_use *uses; /* owned */
    size_t use_count, use_room;
    int days[COVER_DAYS]; /* today and those before, of parts' used */
    int counted_day;      /* the day whose counts have been read; today's but for moments */
    bool recounting;      /* they are being read */
    int today;            /* the day parts' good, scrap and assembled are of */
    struct product_order **orders; /* owned, each too; by id */
    size_t order_count, order_room;
    bool plan_stale;             /* what orders owe may have changed */
    struct stock *stock;         /* owned */
    struct stages *stages;       /* owned */
    struct blocks *blocks;       /* owned */
    int64_t by_hand;             /* what waits for a step of work by hand, when that is known */
    bool by_hand_known;          /* nothing was counted, and the config is the same, since */
    struct list changes;         /* struct change: wait for their turn */
    bool changing;               /* one of them is being written */
    const struct store_key *key; /* of who asks now; borrowed; NULL: none was given */
    struct list declarations;    /* struct declaration_item; owned, oldest first */
    struct list left;            /* of left.c; owned */

    int64_t last_order, last_job, last_run, last_consent; /* highest numbers given */
    uint64_t version;
    uv_timer_t tick;                        /* once a second */
    uv_timer_t kick;                        /* dispatch soon */
    struct list unsaved;                    /* struct note: could not be written yet */
    int64_t heard_at_ms;                    /* mono: runs' last words were written */
    int64_t booked_at_ms;                   /* mono: machine time was booked */
    int64_t ticked_mono_ms, ticked_wall_ms; /* both clocks at the last tick */
    int64_t retry_at_ms;                    /* mono: unsaved notes are tried again */
    size_t open_handles;                    /* while closing */
    int uploads;                            /* on the pool */
    bool closing;
    void (*on_closed)(void *context);
    void *context;
};

#endif
