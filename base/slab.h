/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of one size for one thread, cut from pieces of 2 MB that the kernel may back by one page
 * each: a thread that goes through thousands of blocks in turn does not wait for page tables then.
 * A zeroed slab is an empty one. Pieces are given back all at once, by slab_finish. */
#ifndef USINE_BASE_SLAB_H
#define USINE_BASE_SLAB_H

#include <stddef.h>

struct slab {
    void *free;   /* blocks given back, each pointing to the next */
    void *pieces; /* the same for pieces */
    char *fresh;  /* what was never taken of the newest piece */
    size_t left;  /* bytes of it */
};

/* A zeroed block of `size` bytes (at most 1 MB), aligned to 64; NULL without memory. The size is
 * the same at each call. */
void *slab_take(struct slab *slab, size_t size);

/* Gives a block back. NULL is harmless. */
void slab_give(struct slab *slab, void *block);

/* All blocks are gone: frees the pieces. */
void slab_finish(struct slab *slab);

#endif
