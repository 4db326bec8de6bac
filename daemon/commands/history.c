/* SPDX-License-Identifier: Apache-2.0 */
#include "history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int16_t packed(double value, double scale)
{
    double scaled = round(value * scale);

    if (!isfinite(scaled) || fabs(scaled) > INT16_MAX)
        return HISTORY_UNKNOWN;
    return (int16_t)scaled;
}

static struct history_sample sample_of(const struct machine_view *view, int64_t wall_ms)
{
    return (struct history_sample){
        .at_s = (uint32_t)(wall_ms / 1000),
        .nozzle = packed((double)view->nozzle, 10),
        .nozzle_target = packed((double)view->nozzle_target, 10),
        .bed = packed((double)view->bed_temp, 10),
        .bed_target = packed((double)view->bed_target, 10),
        .progress = view->run != 0 ? packed(view->progress, 10000) : (int16_t)HISTORY_UNKNOWN,
        .state = (uint8_t)view->state,
    };
}

static void add(struct history_ring *ring, const struct machine_view *view, int64_t wall_ms)
{
    ring->samples[ring->next] = sample_of(view, wall_ms);
    ring->next = (ring->next + 1) % HISTORY_SAMPLES;
    if (ring->count < HISTORY_SAMPLES)
        ring->count++;
}

static bool as_before(const struct history *history, const struct machine_view *views, size_t count)
{
    if (history->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (history->rings[i] == NULL || strcmp(history->rings[i]->id, views[i].id) != 0)
            return false;
    return true;
}

static struct history_ring *ring_take(struct history *history, const char *machine)
{
    for (size_t i = 0; i < history->count; i++) {
        struct history_ring *ring = history->rings[i];

        if (ring == NULL || strcmp(ring->id, machine) != 0)
            continue;
        history->rings[i] = NULL;
        return ring;
    }
    return NULL;
}

static struct history_ring *ring_create(const char *machine)
{
    struct history_ring *ring = calloc(1, sizeof *ring);

    if (ring != NULL)
        snprintf(ring->id, sizeof ring->id, "%s", machine);
    return ring;
}

/* Other machines than last time, or others' order: rings move to where their machine is. */
static void arrange(struct history *history, const struct machine_view *views, size_t count)
{
    struct history now = {.rings = calloc(count + 1, sizeof *now.rings), .count = count};

    if (now.rings == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        now.rings[i] = ring_take(history, views[i].id);
        if (now.rings[i] == NULL)
            now.rings[i] = ring_create(views[i].id);
    }
    history_finish(history);
    *history = now;
}

void history_take(struct history *history, const struct machine_view *views, size_t count,
                  int64_t wall_ms)
{
    if (!as_before(history, views, count))
        arrange(history, views, count);
    for (size_t i = 0; i < count && i < history->count; i++)
        if (history->rings[i] != NULL && strcmp(history->rings[i]->id, views[i].id) == 0)
            add(history->rings[i], &views[i], wall_ms);
}

const struct history_ring *history_of(const struct history *history, const char *machine)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->rings[i] != NULL && strcmp(history->rings[i]->id, machine) == 0)
            return history->rings[i];
    return NULL;
}

const struct history_sample *history_sample(const struct history_ring *ring, size_t i)
{
    size_t oldest = ring->next + HISTORY_SAMPLES - ring->count;

    return &ring->samples[(oldest + i) % HISTORY_SAMPLES];
}

void history_finish(struct history *history)
{
    for (size_t i = 0; i < history->count; i++)
        free(history->rings[i]);
    free(history->rings);
    *history = (struct history){.rings = NULL};
}
