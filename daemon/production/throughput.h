/* SPDX-License-Identifier: Apache-2.0 */
/* What was made and where the time went, by machine, site, calendar day and part: a query over the
 * ledger. Office thread; the reading is done on the pool. */
#ifndef USINE_PRODUCTION_THROUGHPUT_H
#define USINE_PRODUCTION_THROUGHPUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "config/load.h"

struct store;

enum machine_time {
    TIME_RUNNING,
    TIME_HEATING,
    TIME_WAITING, /* for a person: bed, verdict, unlock, hold */
    TIME_IDLE,
    TIME_DOWN,    /* locked, quarantined or out of service */
    TIME_OFFLINE, /* not connected, or the daemon was not running */
    TIMES,
};

const char *machine_time_name(enum machine_time time); /* "running" */

struct throughput_row {
    char day[11]; /* "2020-04-07", in the config's zone */
    char site[ID_SIZE];
    char machine[ID_SIZE];
    char part[ID_SIZE];    /* "": time that belongs to no run's part */
    int64_t good, scrap;   /* pieces */
    int64_t runs;          /* ended: finished, failed or cancelled */
    double seconds[TIMES]; /* a past day of a machine adds up to the day over its rows */
};

struct throughput_query {
    char from[11], to[11]; /* days, inclusive; "" : today */
    char site[ID_SIZE];    /* "" : all */
    char machine[ID_SIZE]; /* "" : all */
    char part[ID_SIZE];    /* "" : all */
};

/* rows (by day, site, machine, part) are borrowed for the call. */
typedef void (*throughput_done)(void *context, enum err err, const char *text,
                                const struct throughput_row *rows, size_t count);

/* ERR_INVALID (by done): a day that is none. now_ms (wall) says what today is. */
void throughput_read(struct store *store, const struct throughput_query *query, int64_t now_ms,
                     throughput_done done, void *context);

#endif
