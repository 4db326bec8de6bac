/* SPDX-License-Identifier: Apache-2.0 */
#include "blocks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

struct blocks {
    struct lot_block *words; /* sorted by lot */
    size_t count, room;
};

struct blocks *blocks_create(void)
{
    return calloc(1, sizeof(struct blocks));
}

void blocks_destroy(struct blocks *blocks)
{
    if (blocks == NULL)
        return;
    free(blocks->words);
    free(blocks);
}

/* Where the word about a lot is, or belongs. */
static size_t place(const struct blocks *blocks, const char *lot)
{
    size_t low = 0, high = blocks->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(blocks->words[middle].lot, lot) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct lot_block *last(const struct blocks *blocks, const char *lot)
{
    size_t at = place(blocks, lot);

    return at < blocks->count && strcmp(blocks->words[at].lot, lot) == 0 ? &blocks->words[at]
                                                                         : NULL;
}

/* What the database's trigger facts_blocks does (store/migrate.c). */
static bool holds_over(const struct lot_block *word, const struct lot_block *old)
{
    int order;

    if (word->at_ms != old->at_ms)
        return word->at_ms > old->at_ms;
    if (word->blocked != old->blocked)
        return word->blocked;
    order = strcmp(word->by, old->by);
    return order != 0 ? order > 0 : strcmp(word->reason, old->reason) > 0;
}

static enum err insert(struct blocks *blocks, const struct lot_block *word)
{
    size_t at = place(blocks, word->lot);
    struct lot_block *words =
        array_grow(blocks->words, blocks->count, &blocks->room, sizeof *words);

    if (words == NULL)
        return ERR_NO_MEMORY;
    blocks->words = words;
    memmove(&blocks->words[at + 1], &blocks->words[at],
            (blocks->count - at) * sizeof *blocks->words);
    blocks->words[at] = *word;
    blocks->count++;
    return ERR_OK;
}

static enum err take(void *context, const struct lot_block *word)
{
    struct lot_block *old = last(context, word->lot);

    if (old == NULL)
        return insert(context, word);
    if (holds_over(word, old))
        *old = *word;
    return ERR_OK;
}

enum err blocks_load(struct blocks *blocks, struct db *db)
{
    return store_lot_blocks(db, take, blocks);
}

enum err blocks_count(struct blocks *blocks, const struct fact *fact)
{
    struct lot_block word = {.at_ms = fact->at_ms, .blocked = fact->kind == FACT_BLOCKED};

    if ((fact->kind != FACT_BLOCKED && fact->kind != FACT_RELEASED) || fact->lot[0] == '\0')
        return ERR_OK;
    memcpy(word.lot, fact->lot, sizeof word.lot);
    memcpy(word.by, fact->by, sizeof word.by);
    memcpy(word.reason, fact->reason, sizeof word.reason);
    return take(blocks, &word);
}

const struct lot_block *blocks_last(const struct blocks *blocks, const char *lot)
{
    return last(blocks, lot);
}

const struct lot_block *blocks_find(const struct blocks *blocks, const char *lot)
{
    const struct lot_block *word = blocks != NULL && lot[0] != '\0' ? last(blocks, lot) : NULL;

    return word != NULL && word->blocked ? word : NULL;
}

void blocks_fresh(const struct blocks *blocks, char lot[LOT_SIZE])
{
    char name[LOT_SIZE];

    memcpy(name, lot, sizeof name);
    for (int n = 2; blocks != NULL && last(blocks, lot) != NULL; n++)
        snprintf(lot, LOT_SIZE, "%.*s-%d", LOT_SIZE - 16, name, n);
}

const struct lot_block *blocks_at(const struct blocks *blocks, size_t i)
{
    for (size_t k = 0; k < blocks->count; k++)
        if (blocks->words[k].blocked && i-- == 0)
            return &blocks->words[k];
    return NULL;
}
