/* SPDX-License-Identifier: Apache-2.0 */
/* How a day's count of a part rose: a query over the ledger. Office thread; read on the pool. */
#ifndef USINE_PRODUCTION_CURVE_H
#define USINE_PRODUCTION_CURVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "config/load.h"

struct store;

struct curve_point {
    int64_t at_ms; /* wall: the end of five minutes in which pieces were booked */
    int64_t good;  /* of that day up to then */
};

struct curve_query {
    char day[11]; /* "2020-04-07", in the config's zone; "": today */
    char part[ID_SIZE];
};

/* points, by time, are borrowed for the call. */
typedef void (*curve_done)(void *context, enum err err, const char *text,
                           const struct curve_point *points, size_t count);

/* ERR_INVALID (by done): a day that is none. now_ms (wall) says what today is. */
void curve_read(struct store *store, const struct curve_query *query, int64_t now_ms,
                curve_done done, void *context);

#endif
