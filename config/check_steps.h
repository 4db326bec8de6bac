/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of work by hand: each needs an id of its own within its part or product. */
#ifndef USINE_CONFIG_CHECK_STEPS_H
#define USINE_CONFIG_CHECK_STEPS_H

#include "source.h"

/* Notes steps that are given twice, and names those that have no name. */
void check_steps(struct source *source, struct config *config);

#endif
