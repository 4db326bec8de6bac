/* SPDX-License-Identifier: Apache-2.0 */
/* When a message that did not arrive is tried again. Pure. */
#ifndef USINE_NOTICES_BACKOFF_H
#define USINE_NOTICES_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_MOST_MS = 3600 * 1000, BACKOFF_GIVE_UP_MS = 24 * 3600 * 1000 };

/* The pause after that many failed tries (from 1): first_ms doubled each time, at most an hour,
 * less up to a quarter by chance, so that what failed together does not come back together. */
int64_t backoff_ms(int64_t tries, int64_t first_ms, uint32_t chance);

#endif
