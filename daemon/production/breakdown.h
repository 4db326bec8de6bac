/* SPDX-License-Identifier: Apache-2.0 */
/* Throughput and effectiveness by any choice of day, site, machine, model, part, shift and reason
 * of the scrap: queries over the ledger and the runs, added up into one row for each group. Every
 * choice adds up the same facts. Office thread; the reading is done on the pool. */
#ifndef USINE_PRODUCTION_BREAKDOWN_H
#define USINE_PRODUCTION_BREAKDOWN_H

#include "throughput.h"

/* Bits of breakdown_query.groups; what a group leaves out is "" in its rows. */
enum breakdown_group {
    GROUP_DAY = 1,
    GROUP_SITE = 2,
    GROUP_MACHINE = 4,
    GROUP_MODEL = 8, /* of the config; "" for a machine that is no longer in it */
    GROUP_PART = 16,
    GROUP_SHIFT = 32,  /* shift.h; time is split where shifts change */
    GROUP_REASON = 64, /* of scrap; all else stands under "" */
};

enum { BREAKDOWN_GROUPS = 7 };

struct breakdown_query {
    struct throughput_query days;
    unsigned groups;
    int64_t now_ms; /* wall: says what today is */
};

/* Names are borrowed as long as the rows. */
struct breakdown_row {
    char day[11];
    const char *site, *machine, *model, *part, *shift, *reason;
    int64_t good, scrap;   /* pieces */
    int64_t runs;          /* ended: finished, failed or cancelled */
    int64_t kits;          /* put together, less those that went into others; no machine's */
    double seconds[TIMES]; /* machine time */
    /* Finished runs, on the day and in the shift they ended: seconds from the first byte to the end
     * of motion; what their programs announced, together. */
    size_t cycles;
    double median_s, p90_s, planned_s; /* NAN without cycles; 0 */
};

/* Shares from 0; NAN: there is nothing to take a share of. */
struct effectiveness {
    double availability; /* running and heating, of the time that was not idle */
    double performance;  /* what finished runs were announced to take, of the time spent running */
    double quality;      /* good, of all pieces */
    double oee;          /* the three multiplied */
};

struct effectiveness breakdown_effectiveness(const struct breakdown_row *row);

/* "machine" for the third. group < BREAKDOWN_GROUPS: its bit is 1 << group. */
const char *breakdown_name(size_t group);

/* Reads "machine,shift" into bits; 0: a word is none of theirs (or there is none). */
unsigned breakdown_parse(const char *text);

/* Who asks. */
struct breakdown_asker {
    /* On the pool: makes of the rows what it wants of them, as text; nobody else looks at context
     * meanwhile. rows, in the order of their names, are borrowed for the call. */
    enum err (*take)(void *context, const struct breakdown_row *rows, size_t count);
    report_done done;
    void *context;
};

/* Takes a reference of config while it reads. By done: ERR_INVALID: a day that is none;
 * ERR_TOO_LARGE: more rows than days.rows_max; what take answered. */
void breakdown_read(struct store *store, struct config *config, const struct breakdown_query *query,
                    const struct breakdown_asker *asker);

#endif
