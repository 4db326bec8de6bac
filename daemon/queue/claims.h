/* SPDX-License-Identifier: Apache-2.0 */
/* Which order finished kits are for. The kits of a product in stock are given to its orders by
 * turn: priority, then due, then who asked first. Pure.
 *
 * What an order was given stays its own, so that an urgent order does not empty one that is about
 * to leave; it gives kits back when it is cancelled or made smaller, and, the last in turn first,
 * when there are fewer kits in stock than were given (found bad, lost, used in other kits). */
#ifndef USINE_QUEUE_CLAIMS_H
#define USINE_QUEUE_CLAIMS_H

#include "product_order.h"

/* Negative when a comes before b, positive when after. */
int claims_turn(const struct product_order *a, const struct product_order *b);

/* orders: of one product, by turn. change (of each) is what it is given, or gives back. */
void claims_settle(const struct product_order *const *orders, size_t count, int64_t stock,
                   int64_t *change);

#endif
