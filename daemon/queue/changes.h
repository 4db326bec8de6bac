/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of stock and of product orders, one after the other: each is worked out from memory when
 * its turn has come, so that two cannot take the same pieces. What a verdict adds meanwhile does no
 * harm. */
#ifndef USINE_QUEUE_CHANGES_H
#define USINE_QUEUE_CHANGES_H

#include "product_order.h"
#include "production/goods.h"
#include "request.h"

struct change;

struct change_steps {
    /* Office thread: fills facts, or refuses with words in text. */
    enum err (*prepare)(struct change *change, char text[GOODS_TEXT_SIZE]);
    /* Store's thread, in the transaction of the facts; NULL: nothing else is written. */
    enum err (*apply)(struct change *change, struct db *db);
    /* Office thread, after the commit, before the facts are counted; NULL: nothing to do. */
    void (*committed)(struct change *change);
};

struct change {
    struct request request; /* first */
    struct list node;       /* in queue->changes */
    const struct change_steps *steps;
    struct goods_facts facts;
    const struct product_order *order; /* as it will be; NULL: no order is changed */
    int64_t for_order;                 /* kits are for this one; 0: by turn */
    char by[ID_SIZE];
};

/* Waits for its turn. Begun by request_begin in memory of a struct that begins with this one. */
void change_ask(struct change *change, const struct change_steps *steps);

#endif
