/* SPDX-License-Identifier: Apache-2.0 */
/* Products in products: how high each stands above its parts, and what cannot be. */
#ifndef USINE_CONFIG_LEVELS_H
#define USINE_CONFIG_LEVELS_H

#include "source.h"

/* Sets the level of every product. Faults: a product that holds itself by whatever way, more than a
 * million pieces in one kit, an id that is both a part's and a product's. */
void levels_find(struct source *source, struct config *config);

#endif
