/* SPDX-License-Identifier: Apache-2.0 */
#include "name_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"

enum { FIRST_ROOM = 64 };

void name_pool_finish(struct name_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        free(pool->texts[i]);
    free(pool->texts);
    free(pool->index);
}

/* The slot of a name, or the free one where it belongs. There are twice as many as names. */
static uint32_t *find_slot(const struct name_pool *pool, const char *name)
{
    uint64_t h = fnv_text(FNV_BASIS, name);
    size_t slots = 2 * pool->room, i = (size_t)(h ^ h >> 32) % slots;

    while (pool->index[i] != 0 && strcmp(pool->texts[pool->index[i] - 1], name) != 0)
        i = (i + 1) % slots;
    return &pool->index[i];
}

static bool grow(struct name_pool *pool)
{
    size_t room = pool->room == 0 ? FIRST_ROOM : 2 * pool->room;
    char **texts = realloc(pool->texts, room * sizeof *texts);
    uint32_t *index = texts != NULL ? calloc(2 * room, sizeof *index) : NULL;

    if (texts != NULL)
        pool->texts = texts;
    if (index == NULL)
        return false;
    free(pool->index);
    pool->index = index;
    pool->room = room;
    for (size_t i = 0; i < pool->count; i++)
        *find_slot(pool, pool->texts[i]) = (uint32_t)i + 1;
    return true;
}

bool name_pool_number(struct name_pool *pool, const char *name, uint32_t *number)
{
    uint32_t *slot;

    *number = 0;
    if (name == NULL || *name == '\0')
        return true;
    if (pool->count == pool->room && !grow(pool))
        return false;
    slot = find_slot(pool, name);
    if (*slot == 0) {
        pool->texts[pool->count] = strdup(name);
        if (pool->texts[pool->count] == NULL)
            return false;
        *slot = (uint32_t)++pool->count;
    }
    *number = *slot;
    return true;
}

const char *name_pool_text(const struct name_pool *pool, uint32_t number)
{
    return number == 0 ? "" : pool->texts[number - 1];
}

const char *name_pool_keep(struct name_pool *pool, const char *name)
{
    uint32_t number;

    return name_pool_number(pool, name, &number) ? name_pool_text(pool, number) : NULL;
}

static int compare_names(const void *left, const void *right)
{
    const char *const *const *a = left, *const *const *b = right;

    return strcmp(**a, **b);
}

uint32_t *name_pool_ranks(const struct name_pool *pool)
{
    uint32_t *ranks = calloc(pool->count + 1, sizeof *ranks);
    char ***order = malloc((pool->count + 1) * sizeof *order);

    for (size_t i = 0; order != NULL && i < pool->count; i++)
        order[i] = &pool->texts[i];
    if (order != NULL && ranks != NULL) {
        qsort(order, pool->count, sizeof *order, compare_names);
        for (size_t i = 0; i < pool->count; i++)
            ranks[order[i] - pool->texts + 1] = (uint32_t)i + 1;
    } else {
        free(ranks);
        ranks = NULL;
    }
    free(order);
    return ranks;
}
