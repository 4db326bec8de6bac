/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of work by hand that people did, as facts: so many pieces are done, so many were thrown
 * away at it; and the same taken back. Pure, but for memory. */
#ifndef USINE_PRODUCTION_STEPPING_H
#define USINE_PRODUCTION_STEPPING_H

#include "goods.h"

struct stepping_ask {
    char site[ID_SIZE];
    char item[ID_SIZE]; /* part or product */
    char step[ID_SIZE];
    int64_t quantity; /* pieces done; 0: only scrap */
    int64_t scrap;    /* pieces found bad at it */
    bool any_lot;     /* the oldest first, scrap before what is done; not for what is taken back */
    char lot[64];     /* "": pieces of no lot */
    char reason[160]; /* why they are scrap; needed with scrap */
    char note[160];   /* how it was done; "": the config's method */
    char by[64];
};

/* Adds the facts of a batch that was done. ERR_INVALID: unknown site, item or step, quantities, no
 * reason; ERR_REFUSED: not so many wait for this step. Then text says why. */
enum err stepping_make(const struct goods *goods, const struct stepping_ask *ask,
                       struct goods_facts *facts, char text[GOODS_TEXT_SIZE]);

/* Adds the facts that take a batch back: quantity pieces of the lot whose last step this is wait
 * for it again, scrap pieces that were thrown away before it are there again. Errors as above. */
enum err stepping_back(const struct goods *goods, const struct stepping_ask *ask,
                       struct goods_facts *facts, char text[GOODS_TEXT_SIZE]);

#endif
