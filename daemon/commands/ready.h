/* SPDX-License-Identifier: Apache-2.0 */
/* Is the daemon ready for work? Alive is not enough: what people say must reach the disk. */
#ifndef USINE_COMMANDS_READY_H
#define USINE_COMMANDS_READY_H

#include "office.h"

/* Writes a beat through the store and ends the answer when it is on disk: "ready", or the store's
 * error (507 full disk, 503 locked database) with what to do. */
void ready_ask(struct office *office, struct answer *answer);

#endif
