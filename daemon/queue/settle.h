/* SPDX-License-Identifier: Apache-2.0 */
/* The facts by which finished kits change between stock and orders. */
#ifndef USINE_QUEUE_SETTLE_H
#define USINE_QUEUE_SETTLE_H

#include "changes.h"
#include "product_order.h"

/* Adds to a change's facts which order's kits were shipped, and what claims_settle (claims.h) makes
 * of the stock that may be used as the change leaves it. ERR_NO_MEMORY. */
enum err settle_change(struct change *change);

#endif
