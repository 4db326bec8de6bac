/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a stretch of rows: medians, and the order of their names. Pure but for the memory. */
#ifndef USINE_PRODUCTION_BREAKDOWN_SETTLE_H
#define USINE_PRODUCTION_BREAKDOWN_SETTLE_H

#include "breakdown_table.h"

/* Works out the rows of the stretch, puts them in order behind the others, and begins an empty one.
 * False: no memory. */
bool breakdown_settle(struct breakdown_table *table);

#endif
