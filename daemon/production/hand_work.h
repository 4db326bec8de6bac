/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for which step of work by hand, and what may be put together or shipped: by the
 * config's steps, the stock, and how far its pieces have come. Steps are done in their order; a
 * step that the config no longer has counts as none. Pure. */
#ifndef USINE_PRODUCTION_HAND_WORK_H
#define USINE_PRODUCTION_HAND_WORK_H

#include "available.h"
#include "config/load.h"
#include "stages.h"

/* Borrowed, all of it. */
struct hand_view {
    const struct config *config;
    const struct stock *stock;
    const struct stages *stages;
    const struct blocks *blocks; /* of these lots no hand takes any; NULL: none are blocked */
};

struct hand_steps {
    const struct config_step *items; /* borrowed from the config */
    size_t count;
};

/* The steps of a part or product; none for what the config does not know. */
struct hand_steps hand_steps(const struct config *config, const char *item);

/* How many of the steps must have been passed by what is put together or shipped. */
size_t hand_gate(const struct hand_steps *steps);

/* The last step of pieces that wait for step k: "" before the first. */
const char *hand_stage(const struct hand_steps *steps, size_t k);

/* The pieces of a lot (of this row of the stock) by how far they have come: at[k] wait for step k,
 * at[count] have passed all. None is below 0; together they are what there is of the lot. */
void hand_spread(const struct hand_view *view, const struct stock_row *row,
                 const struct stock_lot *lot, int64_t at[HAND_STEPS_MAX + 1]);

/* The same of all lots of a row that are not blocked; row NULL: there are none. */
void hand_spread_all(const struct hand_view *view, const struct stock_row *row,
                     int64_t at[HAND_STEPS_MAX + 1]);

/* Of every item of kits.h, what may be put together or shipped; site NULL: at all of them. As in
 * available_items where nothing must be passed. */
void hand_ready(const struct hand_view *view, const char *site, int64_t *have);

/* The step before which most of those pieces of an item lie that may not be put together yet; NULL:
 * none lies so. *waiting is how many do, before any such step. */
const struct config_step *hand_awaited(const struct hand_view *view, const char *site,
                                       const char *item, int64_t *waiting);

/* Pieces and kits at all sites that wait for a step. */
int64_t hand_waiting(const struct hand_view *view);

#endif
