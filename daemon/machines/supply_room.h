/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of a supply: what supply.c (the floor's thread) and supply_read.c (the pool) share. While
 * `busy` the pool owns `prepared` and the chunk it fills; the floor touches neither. */
#ifndef USINE_MACHINES_SUPPLY_ROOM_H
#define USINE_MACHINES_SUPPLY_ROOM_H

#include "gcode/prepare.h"
#include "supply.h"

enum { CHUNKS = 3, CHUNK_BYTES = 7168, CHUNK_ITEMS = 224, TEXT_KEPT = 100 };

struct item {
    uint16_t at;
    uint8_t len;
    uint8_t kind;
    float value, extra;
};

struct chunk {
    bool full;       /* holds what the floor may read */
    bool last;       /* the file ends with it */
    uint64_t serial; /* order of reading */
    uint64_t first;  /* number of its first line */
    uint64_t after;  /* number after its last line */
    uint16_t count, used;
    struct item items[CHUNK_ITEMS];
    char bytes[CHUNK_BYTES];
};

struct supply {
    /* What each line touches, in one cache line. */
    int current;     /* chunk the floor reads */
    int filling;     /* chunk index */
    uint16_t at;     /* item in the current chunk */
    uint16_t text;   /* where that item's bytes lie, after a supply_next: for supply_prefetch */
    bool busy;       /* the pool works for it */
    bool wanted;     /* a far rewind waits for the pool to be free */
    uint64_t number; /* of the item at */
    uint64_t serial; /* of the chunk to fill next */
    uint64_t wanted_to;

    struct host *host;
    struct supply_spec spec; /* its pointers lead to path, sha256 and profile below */
    char path[512];
    struct profile profile; /* a reload frees the config's while the run goes on */
    char sha256[HASH_TEXT_SIZE];
    struct prepared *prepared; /* owned; the pool's while busy */
    struct prepared_line held; /* read but not yet in a chunk */
    bool holding;
    bool orphan, opened;
    bool seeking;      /* for the pool: move to seek_to before filling */
    bool skip_actions; /* of that move */
    uint64_t seek_to;
    char fault[160]; /* "" while all is well */
    struct pool_job job;
    struct chunk chunks[CHUNKS];
};

/* Fills the chunk `filling`, after opening the program or moving in it where that is wanted; what
 * went wrong stands in `fault` then. Blocks on the disk: pool only. */
void supply_read(struct supply *s);

#endif
