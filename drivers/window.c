/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

static uint16_t clamp(unsigned value, unsigned max)
{
    return (uint16_t)(value < max ? value : max);
}

void window_init(struct window *window, unsigned lines_max, unsigned bytes_max)
{
    window->lines_max = clamp(lines_max, WINDOW_SLOTS);
    window->bytes_max = clamp(bytes_max, UINT16_MAX);
    window_clear(window);
}

bool window_has_room(const struct window *window, size_t n)
{
    if (n > UINT8_MAX || window->count >= window->lines_max)
        return false;
    return window->bytes_max == 0 || window->bytes + n <= window->bytes_max;
}

void window_sent(struct window *window, size_t n)
{
    unsigned slot = ((unsigned)window->first + window->count) % WINDOW_SLOTS;

    if (window->count == WINDOW_SLOTS || n > UINT8_MAX)
        return;
    window->sizes[slot] = (uint8_t)n;
    window->count++;
    window->bytes = (uint16_t)(window->bytes + n);
}

size_t window_acked(struct window *window)
{
    size_t n;

    if (window->count == 0)
        return 0;
    n = window->sizes[window->first];
    window->first = (uint16_t)((window->first + 1u) % WINDOW_SLOTS);
    window->count--;
    window->bytes = (uint16_t)(window->bytes - n);
    return n;
}

void window_clear(struct window *window)
{
    window->count = 0;
    window->bytes = 0;
    window->first = 0;
}
