/* SPDX-License-Identifier: Apache-2.0 */
#include "roster.h"

#include <string.h>

#include "machines.h"
#include "tally.h"

const struct machine_view *queue_views(const struct queue *queue, size_t *count)
{
    *count = queue->machine_count;
    return queue->views;
}

const struct machine_view *queue_view(const struct queue *queue, const char *machine)
{
    const struct machine_item *item = machines_find(queue, machine);

    return item != NULL ? machines_view(queue, item) : NULL;
}

const struct part_count *queue_today(struct queue *queue, size_t *count)
{
    tally_midnight(queue);
    *count = queue->part_count;
    return queue->parts;
}

static int64_t good_today(const struct queue *queue, const char *part)
{
    for (size_t i = 0; i < queue->part_count; i++)
        if (strcmp(queue->parts[i].part, part) == 0)
            return queue->parts[i].good;
    return 0;
}

int64_t queue_kits_today(struct queue *queue, const char *product)
{
    const struct config_product *kit = config_product(queue->config, product);
    int64_t kits = INT64_MAX;

    if (kit == NULL)
        return -1;
    tally_midnight(queue);
    for (size_t i = 0; i < kit->bom_count; i++) {
        const struct config_part *part = &queue->config->parts[kit->bom[i].part];
        int64_t enough;

        if ((part->process != PART_PRINT && part->process != PART_LASER) ||
            kit->bom[i].quantity < 1)
            continue;
        enough = good_today(queue, part->id) / kit->bom[i].quantity;
        if (enough < kits)
            kits = enough;
    }
    return kits == INT64_MAX ? 0 : kits;
}
