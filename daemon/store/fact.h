/* SPDX-License-Identifier: Apache-2.0 */
/* One fact of the ledger: what happened, how many, where and by whom. */
#ifndef USINE_STORE_FACT_H
#define USINE_STORE_FACT_H

#include <stdbool.h>
#include <stdint.h>

enum fact_kind {
    FACT_MADE,            /* qty good pieces */
    FACT_SCRAPPED,        /* qty pieces that are no good; they never were stock */
    FACT_RAN,             /* a run ended; qty 1; reason: its outcome */
    FACT_RECEIVED,        /* bought, or made by a supplier without a daemon */
    FACT_MOVED,           /* + at the site it came to, - at the one it left */
    FACT_ASSEMBLED,       /* + kits, part is the product; - what went into them */
    FACT_ALLOCATED,       /* to a delivery; the stock stays */
    FACT_SHIPPED,         /* - left a site for good */
    FACT_DELIVERED,       /* arrived; the stock has it no more */
    FACT_CORRECTED,       /* signed: good pieces of a run's verdict changed */
    FACT_CORRECTED_SCRAP, /* signed: scrap of a run's verdict changed */
    FACT_COUNTED,         /* signed: a stocktake found more or fewer; reason */
    FACT_DISCARDED,       /* - found bad after the verdict; reason */
    FACT_USED,            /* - material that a run took */
    FACT_CLAIMED,         /* signed: kits in stock given to a product order; the stock stays */
    FACT_STEPPED,         /* work by hand on qty pieces: from step_from to step; the stock stays */
    FACT_BLOCKED,         /* nothing of the lot may be used; qty: what was in stock; reason */
    FACT_RELEASED,        /* it may again; the same */
    FACT_RUNNING,         /* machine time: a closed interval from `at`, qty in ms */
    FACT_HEATING,
    FACT_WAITING,
    FACT_IDLE,
    FACT_DOWN,
    FACT_OFFLINE,
    FACT_KINDS,
};

struct fact {
    int64_t id;  /* given by the store */
    int64_t seq; /* given by the store: 1, 2, 3… per (site, incarnation) */
    char site[64];
    int64_t at_ms; /* wall */
    int day;       /* yyyymmdd in the config's zone when it was booked */
    enum fact_kind kind;
    int64_t run;           /* 0: none */
    int64_t job;           /* 0: none */
    int64_t product_order; /* 0: none */
    char machine[64];
    char part[64];
    char lot[64];
    char kit_lot[64];    /* assembled, qty < 0: the lot of the kits these pieces went into */
    int64_t declaration; /* received, scrapped: the maker's, of the site's database; 0: none */
    char origin[64];     /* the maker who declared it; "": made here, or bought */
    char step[64];       /* the last step of work by hand that these pieces had passed; "": none */
    char step_from[64];  /* stepped: the one they had passed before it; "": none */
    char found[64];      /* discarded: the step by hand at which they were found bad; "": none */
    int64_t qty;
    char reason[160];
    char by[64];
};

const char *fact_kind_name(enum fact_kind kind); /* "made" */

/* False: no kind has this name. */
bool fact_kind_parse(const char *name, enum fact_kind *kind);

/* True when the qty of such facts adds up to stock (store_stock.h). */
bool fact_moves_stock(enum fact_kind kind);

#endif
