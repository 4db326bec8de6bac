/* SPDX-License-Identifier: Apache-2.0 */
/* Do the parts of a config fit together? */
#ifndef USINE_CONFIG_CHECK_H
#define USINE_CONFIG_CHECK_H

#include "source.h"

/* Notes ids given twice, machines at unknown sites or on one port, and options that contradict the
 * role. Fills names left out with the id. */
void check_config(struct source *source, struct config *config);

#endif
