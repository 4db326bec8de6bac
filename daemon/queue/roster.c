/* SPDX-License-Identifier: Apache-2.0 */
#include "roster.h"

#include <string.h>
#include <time.h>

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

bool queue_is_open(const struct queue *queue, const char *site)
{
    time_t seconds = (time_t)(clock_wall(queue->clock) / 1000);
    struct tm tm;

    localtime_r(&seconds, &tm);
    for (size_t i = 0; i < queue->config->site_count; i++)
        if (strcmp(queue->config->sites[i].id, site) == 0)
            return hours_open(&queue->hours[i], tm.tm_wday, tm.tm_hour * 60 + tm.tm_min);
    return false;
}

const struct part_count *queue_today(struct queue *queue, size_t *count)
{
    tally_midnight(queue);
    *count = queue->part_count;
    return queue->parts;
}

int64_t queue_kits_today(struct queue *queue, const char *product)
{
    tally_midnight(queue);
    for (size_t i = 0; i < queue->part_count; i++)
        if (strcmp(queue->parts[i].part, product) == 0)
            return queue->parts[i].assembled;
    return 0;
}
