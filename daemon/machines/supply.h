/* SPDX-License-Identifier: Apache-2.0 */
/* A run's prepared lines, read ahead on the pool and kept as ready wire bytes (number and checksum
 * included), so that an ok is answered from memory. Three chunks: behind, under way, ahead. */
#ifndef USINE_MACHINES_SUPPLY_H
#define USINE_MACHINES_SUPPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "drivers/dialect.h"
#include "host.h"

enum { SUPPLY_NUMBER = 10000 }; /* line k goes out as N = 10000 + k (FAULTS.md section 1 rule 1) */

enum item_kind {
    ITEM_SEND,   /* text is the wire line */
    ITEM_NOZZLE, /* the same; it sets the nozzle's target to value */
    ITEM_BED,    /* the same, bed */
    ITEM_PAUSE,  /* the rest are host actions: text is for people */
    ITEM_MESSAGE,
    ITEM_WAIT_NOZZLE, /* until value °C */
    ITEM_WAIT_BED,
    ITEM_PROGRESS, /* value percent, extra minutes left */
};

struct supply_item {
    enum item_kind kind;
    const char *text; /* in the supply; until the next supply_next or rewind; not NUL-terminated */
    size_t len;
    uint64_t number;     /* k of this line; for an action: of the next line */
    double value, extra; /* extra of a wait: 2 * (tool + 1), tool -1: the active one; + 1: wait
                            also while cooling */
};

enum supply_state {
    SUPPLY_READY,   /* *item is the next */
    SUPPLY_READING, /* not yet; on_ready follows */
    SUPPLY_END,     /* nothing more */
    SUPPLY_FAILED,  /* supply_fault says why */
};

struct supply_spec {
    const char *path, *sha256;     /* copied; sha256 "" : not verified (already done) */
    const struct profile *profile; /* copied */
    const struct dialect *dialect;
    uint64_t from;                 /* first line wanted */
    uint64_t lines;                /* so many there must be if from is not 0; 0: not known */
    void (*on_ready)(void *owner); /* lines came, or it failed */
    void *owner;
};

struct supply;

/* Starts reading: the file's hash is verified first, on the pool. NULL without memory. */
struct supply *supply_create(struct host *host, const struct supply_spec *spec);

/* Brings the memory near that the next supply_peek will touch. NULL is harmless. */
void supply_prefetch(const struct supply *supply);

/* The next item, without taking it. */
enum supply_state supply_peek(struct supply *supply, struct supply_item *item);

/* Takes the item peeked. */
void supply_next(struct supply *supply);

/* Makes line `number` the next. Near ones are still in memory; far ones are read again on the pool.
 * Host actions just before it are not offered again. */
void supply_rewind(struct supply *supply, uint64_t number);

/* The wire line `number` if it is still in memory, else NULL. */
const char *supply_wire(struct supply *supply, uint64_t number, size_t *n);

/* Why it failed, for people. */
const char *supply_fault(const struct supply *supply);

/* Lets go; the memory goes when the pool has finished with it. NULL is harmless. */
void supply_destroy(struct supply *supply);

#endif
