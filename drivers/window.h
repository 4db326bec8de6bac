/* SPDX-License-Identifier: Apache-2.0 */
/* Lines sent and not yet answered, by count and by bytes. Pure; no malloc. */
#ifndef USINE_DRIVERS_WINDOW_H
#define USINE_DRIVERS_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WINDOW_SLOTS = 128 }; /* most lines in flight */

struct window {
    uint16_t lines_max, bytes_max; /* limits now; bytes_max 0: not counted */
    uint16_t count, bytes;         /* in flight */
    uint16_t first;                /* slot of the oldest */
    uint8_t sizes[WINDOW_SLOTS];   /* wire bytes of each line in flight */
};

void window_init(struct window *window, unsigned lines_max, unsigned bytes_max);

/* True if a line of n wire bytes (at most 255) may go now. */
bool window_has_room(const struct window *window, size_t n);

/* A line of n wire bytes went out; window_has_room said yes. */
void window_sent(struct window *window, size_t n);

/* The oldest line was answered. Returns its size, 0 if none was in flight (a surplus ok). */
size_t window_acked(struct window *window);

/* Everything in flight is forgotten (reset, resend). */
void window_clear(struct window *window);

#endif
