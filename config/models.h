/* SPDX-License-Identifier: Apache-2.0 */
/* Machine profiles: the shipped files, the config's own, and what a machine changes in its own. */
#ifndef USINE_CONFIG_MODELS_H
#define USINE_CONFIG_MODELS_H

#include "source.h"

/* Adds the profile of one object to config->models. One of the same id is replaced (own models may
 * refine a shipped one under its name). Faults are noted. */
void models_add(struct source *source, const cJSON *node, struct config *config);

/* Reads the config's own "models". */
void models_read(struct source *source, struct config *config);

/* Gives every machine its completed profile, baud and material. */
void models_apply(struct source *source, struct config *config);

#endif
