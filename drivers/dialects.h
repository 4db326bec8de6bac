/* SPDX-License-Identifier: Apache-2.0 */
/* The registry of dialects: one row each. */
#ifndef USINE_DRIVERS_DIALECTS_H
#define USINE_DRIVERS_DIALECTS_H

#include "dialect.h"

extern const struct dialect dialect_marlin;
extern const struct dialect dialect_marlin_laser;
extern const struct dialect dialect_grbl;
extern const struct dialect dialect_smoothie;

/* The dialect of that name, or NULL. */
const struct dialect *dialect_find(const char *name);

/* All of them in order, index from 0; NULL past the last. */
const struct dialect *dialect_at(size_t index);

#endif
