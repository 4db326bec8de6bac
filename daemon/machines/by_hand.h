/* SPDX-License-Identifier: Apache-2.0 */
/* What a technician may send by hand: anything but what has an order of its own (stop, unlock),
 * what would fool the host (line numbers, dry run) or hide what is run (macros, writing to a card),
 * more heat than the profile allows, or a beam. */
#ifndef USINE_MACHINES_BY_HAND_H
#define USINE_MACHINES_BY_HAND_H

#include <stdbool.h>

#include "base/profile.h"

/* Why the line may not be sent to a machine of that profile, for people; NULL: it may. Pure. */
const char *by_hand_refusal(const struct profile *profile, const char *line);

/* The same for a machine whose run is held, of lines that by_hand_refusal() lets pass: what would
 * change how the rest of the program is understood (G91, G92, T1, M84, homing) may not. Pure. */
const char *by_hand_refusal_held(const struct profile *profile, const char *line);

/* True if the line moves nothing and sets nothing: after it the bed is as it was. Pure. */
bool by_hand_is_question(const struct profile *profile, const char *line);

#endif
