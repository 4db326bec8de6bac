/* SPDX-License-Identifier: Apache-2.0 */
#include "slab.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#define WATCHED 1 /* AddressSanitizer sees only what malloc gave */
#else
#define WATCHED 0
#endif

enum { LINE = 64, PIECE = 2 * 1024 * 1024 };

/* A piece at an address that is a multiple of its size; NULL without memory. */
static char *map_piece(void)
{
    char *all =
        mmap(NULL, 2 * (size_t)PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t before, after;

    if (all == MAP_FAILED)
        return NULL;
    before = PIECE - (uintptr_t)all % PIECE;
    after = PIECE - before;
    munmap(all, before);
    if (after > 0)
        munmap(all + before + PIECE, after);
    madvise(all + before, PIECE, MADV_HUGEPAGE); /* refused: small pages do as well */
    return all + before;
}

static void *cut(struct slab *slab, size_t size)
{
    char *block;

    if (slab->left < size) {
        char *piece = map_piece();

        if (piece == NULL)
            return NULL;
        memcpy(piece, &slab->pieces, sizeof slab->pieces);
        slab->pieces = piece;
        slab->fresh = piece + LINE;
        slab->left = PIECE - LINE;
    }
    block = slab->fresh;
    slab->fresh += size;
    slab->left -= size;
    return block;
}

void *slab_take(struct slab *slab, size_t size)
{
    void *block = slab->free;

    if (WATCHED)
        return calloc(1, size);
    if (block == NULL)
        return cut(slab, (size + LINE - 1) / LINE * LINE);
    memcpy(&slab->free, block, sizeof slab->free);
    return memset(block, 0, size);
}

void slab_give(struct slab *slab, void *block)
{
    if (WATCHED) {
        free(block);
    } else if (block != NULL) {
        memcpy(block, &slab->free, sizeof slab->free);
        slab->free = block;
    }
}

void slab_finish(struct slab *slab)
{
    while (slab->pieces != NULL) {
        char *piece = slab->pieces;

        memcpy(&slab->pieces, piece, sizeof slab->pieces);
        munmap(piece, PIECE);
    }
    memset(slab, 0, sizeof *slab);
}
