/* SPDX-License-Identifier: Apache-2.0 */
/* Products and their parts: the bill of materials. */
#ifndef USINE_CONFIG_PRODUCTS_H
#define USINE_CONFIG_PRODUCTS_H

#include "source.h"

/* Fills every product's bom. "parts" is {part: pieces}, where the parts are described at the top
 * (a file that describes none declares them by naming them), or a list of parts in full. */
void products_read(struct source *source, struct config *config);

#endif
