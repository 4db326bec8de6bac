/* SPDX-License-Identifier: Apache-2.0 */
/* The hand work after the machines: vans bring pieces to the sites with assembly, tables put kits
 * together, elastics come in boxes, some pieces turn out bad, some get lost and are missed at the
 * stocktake. All through the office's stock, as the phones of the people do. */
#ifndef USINE_BENCH_OPERATION_TABLES_H
#define USINE_BENCH_OPERATION_TABLES_H

#include "agenda.h"
#include "config/load.h"
#include "dice.h"
#include "truth.h"

struct queue;

enum { TABLE_SITES = 20, TABLE_PARTS = 3 };

struct table_site {
    char id[ID_SIZE];
    double lat, lon;
    bool assembly;
};

struct tables {
    struct agenda *agenda;
    struct truth *truth;
    struct queue *queue;
    bool *stirred; /* set when something was done; the plant's */
    struct dice dice;
    struct table_site sites[TABLE_SITES];
    size_t site_count;
    bool closed; /* the order is complete: nothing is put together any more */
    int64_t kits, moves, received, discarded, lost, found_out, refused;
};

void tables_init(struct tables *tables, const struct config *config);

/* Every quarter of an hour: what is due then. open says which sites are. */
void tables_quarter(struct tables *tables, const bool *open);

#endif
