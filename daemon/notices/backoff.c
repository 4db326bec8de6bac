/* SPDX-License-Identifier: Apache-2.0 */
#include "backoff.h"

int64_t backoff_ms(int64_t tries, int64_t first_ms, uint32_t chance)
{
    int64_t pause = first_ms;

    for (int64_t i = 1; i < tries && pause < BACKOFF_MOST_MS; i++)
        pause *= 2;
    pause = pause < BACKOFF_MOST_MS ? pause : BACKOFF_MOST_MS;
    return pause - pause / 4 * (int64_t)(chance % 1024) / 1023;
}
