/* SPDX-License-Identifier: Apache-2.0 */
/* Where people reach the pages, for links on paper. Office thread. */
#ifndef USINE_COMMANDS_PAGES_AT_H
#define USINE_COMMANDS_PAGES_AT_H

#include "office.h"

enum { PAGES_AT_MAX = 256 };

/* "https://usine.example.org": the config's `url`, or the first TCP address; "" when only the
 * socket is open. */
const char *pages_at(const struct office *office);

/* The same, unless the asker said it (said: "" no). False, with the answer given: that is no
 * address, or there is none. */
bool pages_at_said(const struct office *office, const char *said, char base[PAGES_AT_MAX],
                   struct answer *answer);

#endif
