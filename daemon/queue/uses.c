/* SPDX-License-Identifier: Apache-2.0 */
#include "uses.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/log.h"

static struct site_use *find(const struct queue *queue, const char *site, const char *part)
{
    for (size_t i = 0; i < queue->use_count; i++)
        if (strcmp(queue->uses[i].site, site) == 0 && strcmp(queue->uses[i].part, part) == 0)
            return &queue->uses[i];
    return NULL;
}

/* NULL: no memory. */
static struct site_use *insert(struct queue *queue, const struct fact_total *used)
{
    struct site_use *uses =
        array_grow(queue->uses, queue->use_count, &queue->use_room, sizeof *uses);

    if (uses == NULL)
        return NULL;
    queue->uses = uses;
    queue->uses[queue->use_count] = (struct site_use){.site = ""};
    memcpy(queue->uses[queue->use_count].site, used->site, sizeof used->site);
    memcpy(queue->uses[queue->use_count].part, used->part, sizeof used->part);
    return &queue->uses[queue->use_count++];
}

static void add(const struct queue *queue, struct site_use *use, int day, int64_t pieces)
{
    for (int i = 0; i < COVER_DAYS; i++)
        if (queue->days[i] == day)
            use->used[i] += pieces;
}

void uses_add(struct queue *queue, const struct fact_total *used)
{
    struct site_use *use = find(queue, used->site, used->part);

    if (use == NULL)
        use = insert(queue, used);
    if (use != NULL)
        add(queue, use, used->day, -used->qty);
    else
        log_error("stock: out of memory: days of cover of %s are not known", used->site);
}

const int64_t *uses_of(const struct queue *queue, const char *site, const char *part)
{
    const struct site_use *use = find(queue, site, part);

    return use != NULL ? use->used : NULL;
}

void uses_turn(struct queue *queue, const int before[COVER_DAYS])
{
    for (size_t u = 0; u < queue->use_count; u++) {
        int64_t used[COVER_DAYS];

        memcpy(used, queue->uses[u].used, sizeof used);
        memset(queue->uses[u].used, 0, sizeof used);
        for (int i = 0; i < COVER_DAYS; i++)
            add(queue, &queue->uses[u], before[i], used[i]);
    }
}
