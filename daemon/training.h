/* SPDX-License-Identifier: Apache-2.0 */
/* A training: emulated machines and a calendar that goes as fast as they do. Neither may meet what
 * is real: no machine of a workshop, and no ledger of one. */
#ifndef USINE_TRAINING_H
#define USINE_TRAINING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "config/load.h"

/* True: the time is real, or every machine of the config is emulated (its port is a
 * pseudo-terminal). False: text names one that is not. */
bool training_suits(const struct clock *clock, const struct config *config, char *text,
                    size_t size);

/* Marks a new state folder as that of a training (file "training"). ERR_REFUSED: a training found
 * a workshop's state, or a workshop a training's; ERR_DISK. text says which. */
enum err training_mark(const struct clock *clock, const char *folder, char *text, size_t size);

#endif
