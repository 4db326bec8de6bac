/* SPDX-License-Identifier: Apache-2.0 */
#include "hand_work.h"

#include <string.h>

#include "kits.h"

struct hand_steps hand_steps(const struct config *config, const char *item)
{
    const struct config_part *part = config_part(config, item);
    const struct config_product *product = part == NULL ? config_product(config, item) : NULL;

    if (part != NULL)
        return (struct hand_steps){part->steps, part->step_count};
    if (product != NULL)
        return (struct hand_steps){product->steps, product->step_count};
    return (struct hand_steps){NULL, 0};
}

size_t hand_gate(const struct hand_steps *steps)
{
    size_t gate = steps->count;

    while (gate > 0 && !steps->items[gate - 1].gate)
        gate--;
    return gate;
}

const char *hand_stage(const struct hand_steps *steps, size_t k)
{
    return k > 0 ? steps->items[k - 1].id : "";
}

/* Takes what is below nothing from those further on, then from those before: a count was put right
 * after its pieces had gone on, or facts of another site have come out of their order. */
static void level(int64_t *at, size_t count)
{
    int64_t lacking = 0;

    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i <= count; i++) {
            size_t k = pass == 0 ? i : count - i;

            at[k] += lacking;
            lacking = at[k] < 0 ? at[k] : 0;
            at[k] -= lacking;
        }
}

void hand_spread(const struct hand_view *view, const struct stock_row *row,
                 const struct stock_lot *lot, int64_t at[HAND_STEPS_MAX + 1])
{
    struct hand_steps steps = hand_steps(view->config, row->part);

    at[0] = lot->qty;
    for (size_t k = 1; k <= steps.count; k++) {
        struct stage_key key = {row->site, row->part, lot->lot, hand_stage(&steps, k)};

        at[k] = stages_of(view->stages, &key);
        at[0] -= at[k];
    }
    level(at, steps.count);
}

void hand_spread_all(const struct hand_view *view, const struct stock_row *row,
                     int64_t at[HAND_STEPS_MAX + 1])
{
    memset(at, 0, (HAND_STEPS_MAX + 1) * sizeof *at);
    for (size_t i = 0; row != NULL && i < row->lot_count; i++) {
        int64_t of_lot[HAND_STEPS_MAX + 1] = {0};

        if (blocks_find(view->blocks, row->lots[i].lot) != NULL)
            continue;
        hand_spread(view, row, &row->lots[i], of_lot);
        for (size_t k = 0; k <= HAND_STEPS_MAX; k++)
            at[k] += of_lot[k];
    }
}

/* The item's row at the i-th site; NULL: there is none of it. */
static const struct stock_row *row_at(const struct hand_view *view, size_t i, const char *item)
{
    return stock_find(view->stock, view->config->sites[i].id, item);
}

/* Lots below nothing take from the others. */
static int64_t ready_at(const struct hand_view *view, const struct stock_row *row, size_t gate)
{
    struct available free = {view->stock, view->blocks};
    int64_t at[HAND_STEPS_MAX + 1], ready = 0, most = 0;

    hand_spread_all(view, row, at);
    for (size_t k = gate; k <= HAND_STEPS_MAX; k++)
        ready += at[k];
    if (row != NULL)
        most = available_of(&free, row->site, row->part);
    return ready > most ? most : ready;
}

static int64_t ready_of(const struct hand_view *view, const char *site, const char *item)
{
    struct hand_steps steps = hand_steps(view->config, item);
    struct available free = {view->stock, view->blocks};
    size_t gate = hand_gate(&steps);
    int64_t sum = 0;

    if (gate == 0)
        return available_of(&free, site, item);
    for (size_t i = 0; i < view->config->site_count; i++)
        if (site == NULL || strcmp(site, view->config->sites[i].id) == 0)
            sum += ready_at(view, row_at(view, i, item), gate);
    return sum;
}

void hand_ready(const struct hand_view *view, const char *site, int64_t *have)
{
    for (size_t i = 0; i < kits_items(view->config); i++)
        have[i] = ready_of(view, site, kits_item_id(view->config, i));
}

const struct config_step *hand_awaited(const struct hand_view *view, const char *site,
                                       const char *item, int64_t *waiting)
{
    struct hand_steps steps = hand_steps(view->config, item);
    int64_t sums[HAND_STEPS_MAX + 1] = {0};
    size_t most = 0;

    *waiting = 0;
    for (size_t i = 0; i < view->config->site_count; i++) {
        int64_t at[HAND_STEPS_MAX + 1];

        if (site != NULL && strcmp(site, view->config->sites[i].id) != 0)
            continue;
        hand_spread_all(view, row_at(view, i, item), at);
        for (size_t k = 0; k < hand_gate(&steps); k++)
            sums[k] += at[k];
    }
    for (size_t k = 0; k < steps.count; k++) {
        *waiting += sums[k];
        most = sums[k] > sums[most] ? k : most;
    }
    return *waiting > 0 ? &steps.items[most] : NULL;
}

static int64_t waiting_of(const struct hand_view *view, const char *item)
{
    struct hand_steps steps = hand_steps(view->config, item);
    int64_t sum = 0;

    for (size_t i = 0; i < view->config->site_count && steps.count > 0; i++) {
        int64_t at[HAND_STEPS_MAX + 1];

        hand_spread_all(view, row_at(view, i, item), at);
        for (size_t k = 0; k < steps.count; k++)
            sum += at[k];
    }
    return sum;
}

int64_t hand_waiting(const struct hand_view *view)
{
    int64_t sum = 0;

    for (size_t i = 0; i < kits_items(view->config); i++)
        sum += waiting_of(view, kits_item_id(view->config, i));
    return sum;
}
