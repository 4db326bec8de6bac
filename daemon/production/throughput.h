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
    size_t rows_max;       /* a report of more is refused; 0: any number */
};

/* Office thread; text is "" with ERR_OK. */
typedef void (*report_done)(void *context, enum err err, const char *text);

/* Who asks. */
struct throughput_asker {
    /* On the pool: makes of the rows what it wants of them, as text; nobody else looks at context
     * meanwhile. rows (by day, site, machine, part) are borrowed for the call. */
    enum err (*take)(void *context, const struct throughput_row *rows, size_t count);
    report_done done;
    void *context;
};

/* By done: ERR_INVALID: a day that is none; ERR_TOO_LARGE: more rows than rows_max; what take
 * answered. now_ms (wall) says what today is. */
void throughput_read(struct store *store, const struct throughput_query *query, int64_t now_ms,
                     const struct throughput_asker *asker);

/* Says in text how to ask for less than rows_max rows; ERR_TOO_LARGE. */
enum err throughput_refuse(const struct throughput_query *query, char *text, size_t size);

#endif
