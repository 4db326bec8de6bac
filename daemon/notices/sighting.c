/* SPDX-License-Identifier: Apache-2.0 */
#include "sighting.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static int compare(const struct sighting *a, const struct sighting *b)
{
    int order;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    order = strcmp(a->subject, b->subject);
    if (order != 0)
        return order;
    return a->mark < b->mark ? -1 : a->mark > b->mark;
}

/* Where it stands, or would. */
static size_t place_of(const struct sightings *sightings, const struct sighting *like)
{
    size_t low = 0, high = sightings->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&sightings->items[middle], like) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool make_room(struct sightings *sightings)
{
    struct sighting *items =
        array_grow(sightings->items, sightings->count, &sightings->room, sizeof *items);

    if (items == NULL)
        return false;
    sightings->items = items;
    return true;
}

struct sighting *sightings_take(struct sightings *sightings, const struct sighting *like,
                                int64_t now_ms)
{
    size_t at = place_of(sightings, like);
    struct sighting *item;

    if (at == sightings->count || compare(&sightings->items[at], like) != 0) {
        if (!make_room(sightings))
            return NULL;
        item = &sightings->items[at];
        memmove(item + 1, item, (sightings->count - at) * sizeof *item);
        *item = *like;
        item->since_ms = now_ms;
        item->told = NULL;
        item->told_count = 0;
        sightings->count++;
    }
    item = &sightings->items[at];
    item->seen_ms = now_ms;
    return item;
}

bool sighting_was_told(const struct sighting *sighting, int64_t rule)
{
    for (size_t i = 0; i < sighting->told_count; i++)
        if (sighting->told[i] == rule)
            return true;
    return false;
}

bool sighting_tell(struct sighting *sighting, int64_t rule)
{
    int64_t *more = realloc(sighting->told, (sighting->told_count + 1) * sizeof *more);

    if (more == NULL)
        return false;
    sighting->told = more;
    sighting->told[sighting->told_count++] = rule;
    return true;
}

static bool is_over(const struct sighting *sighting, int64_t now_ms)
{
    static const int64_t holds[] = {
        [NOTICE_NEEDS] = SIGHTING_NEEDS_MS,
        [NOTICE_DOWN] = SIGHTING_DOWN_MS,
        [NOTICE_DONE] = 0,
        [NOTICE_TEST] = 0,
    };

    return now_ms - sighting->seen_ms > holds[sighting->kind];
}

void sightings_sweep(struct sightings *sightings, int64_t now_ms,
                     void (*gone)(void *context, const struct sighting *sighting), void *context)
{
    size_t kept = 0;

    for (size_t i = 0; i < sightings->count; i++) {
        struct sighting *item = &sightings->items[i];

        if (!is_over(item, now_ms)) {
            sightings->items[kept++] = *item;
            continue;
        }
        if (item->told_count > 0)
            gone(context, item);
        free(item->told);
    }
    sightings->count = kept;
}

void sightings_finish(struct sightings *sightings)
{
    for (size_t i = 0; i < sightings->count; i++)
        free(sightings->items[i].told);
    free(sightings->items);
    *sightings = (struct sightings){0};
}
