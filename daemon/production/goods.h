/* SPDX-License-Identifier: Apache-2.0 */
/* What people do with goods by hand, as facts: receive, move, put together, discard, ship, take
 * stock. What there is not, or may not be used yet (hand_work.h), is refused, in words that say
 * what to do. Pure, but for memory. */
#ifndef USINE_PRODUCTION_GOODS_H
#define USINE_PRODUCTION_GOODS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "config/load.h"
#include "goods_words.h"
#include "store/store_fact.h"

enum { GOODS_QUANTITY_MAX = 10000000 };

enum goods_kind {
    GOODS_RECEIVE,  /* bought, or declared by somebody without a daemon */
    GOODS_MOVE,     /* from site to `to` */
    GOODS_ASSEMBLE, /* kits of a product; missing kits in it are put together too */
    GOODS_DISCARD,  /* found bad after the verdict */
    GOODS_COUNT,    /* a stocktake: quantity is what there really is */
    GOODS_SHIP,     /* left for good */
};

struct goods_ask {
    enum goods_kind kind;
    char site[ID_SIZE];
    char item[ID_SIZE]; /* part or product */
    int64_t quantity;   /* 1..GOODS_QUANTITY_MAX; a stocktake: 0 too */
    char lot[64];       /* "": the oldest first; of what comes in or is assembled: none */
    char to[ID_SIZE];
    char reason[160];
    int64_t product_order; /* whose kits are put together or shipped; 0: by the orders' turn */
    char by[64];
};

/* Facts that belong into one transaction. */
struct goods_facts {
    struct fact *items; /* owned: goods_facts_finish */
    size_t count, room;
    bool failed; /* out of memory: some are missing */
};

struct fact *goods_facts_add(struct goods_facts *facts); /* zeroed; NULL: no memory */
void goods_facts_finish(struct goods_facts *facts);

struct goods {
    struct hand_view view;
    int64_t now_ms; /* wall */
};

/* Adds the facts of what is asked for. ERR_INVALID: unknown site or item, quantity, the reason is
 * missing; ERR_REFUSED: there is not enough; ERR_NO_MEMORY. Then text says why. A stocktake that
 * finds what is known gives no facts. */
enum err goods_make(const struct goods *goods, const struct goods_ask *ask,
                    struct goods_facts *facts, char text[GOODS_TEXT_SIZE]);

#endif
