/* SPDX-License-Identifier: Apache-2.0 */
/* From a machine of the config to the board that emulates it. */
#ifndef USINE_SIM_MODEL_H
#define USINE_SIM_MODEL_H

#include "board.h"
#include "config/load.h"
#include "fleet.h"

/* Allocates the board of the machine's dialect with its profile's limits. number: the machine's in
 * the config, which decides the Marlin build in the mix. ERR_INVALID: no such dialect or build. */
enum err model_board(struct board **board, const struct config_machine *machine, size_t number,
                     const struct fleet_options *options);

void model_destroy(struct board *board); /* NULL is harmless */

#endif
