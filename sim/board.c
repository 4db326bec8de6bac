/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void board_init(struct board *b, const struct board_ops *ops, const char *name, double speed)
{
    struct rng quiet;

    b->ops = ops;
    b->name = name;
    b->speed = speed;
    buf_init(&b->out, b->out_bytes, sizeof b->out_bytes);
    rng_init(&quiet, 0, 0);
    noise_init(&b->trouble.in, &quiet, 0);
    noise_init(&b->trouble.out, &quiet, 0);
}

int64_t board_due(const struct board *b)
{
    return b->hang_until_us > b->now_us ? b->hang_until_us : b->ops->due(b);
}

void board_advance(struct board *b, int64_t now_us)
{
    int64_t due;

    while ((due = board_due(b)) <= now_us) {
        if (due > b->now_us)
            b->now_us = due;
        if (b->hang_until_us <= b->now_us)
            b->ops->step(b);
    }
    if (now_us > b->now_us)
        b->now_us = now_us;
}

void board_receive(struct board *b, char *bytes, size_t n)
{
    n = noise_spoil(&b->trouble.in, bytes, n);
    if (b->hang_until_us > b->now_us)
        b->tally.lost += n;
    else if (n > 0)
        b->ops->receive(b, bytes, n);
}

bool board_befall(struct board *b, enum mishap mishap, double seconds)
{
    if (mishap == MISHAP_HANG) {
        b->hang_until_us = b->now_us + (int64_t)(seconds * b->speed * 1e6);
        return true;
    }
    if (mishap == MISHAP_RESET) {
        b->hang_until_us = 0;
        b->tally.resets++;
        tally_run_end(&b->tally);
        b->ops->power_on(b);
        return true;
    }
    return b->ops->befall(b, mishap);
}

static bool append(struct board *b, char *text, size_t n)
{
    n = noise_spoil(&b->trouble.out, text, n);
    if (buf_append(&b->out, text, n))
        return true;
    b->tally.lost += n;
    return false;
}

void board_say(struct board *b, const char *format, ...)
{
    char text[BOARD_LINE];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n >= (int)sizeof text)
        n = (int)sizeof text - 1;
    if (n > 0)
        append(b, text, (size_t)n);
}

void board_ok(struct board *b, const char *text, size_t n)
{
    char copy[BOARD_LINE];

    if (b->trouble.swallow_ok > 0 && rng_unit(&b->trouble.rng) < b->trouble.swallow_ok)
        return;
    if (n > sizeof copy)
        n = sizeof copy;
    memcpy(copy, text, n); /* noise works in place */
    if (append(b, copy, n))
        b->tally.ok_waiting = !b->tally.excused;
}

int64_t board_period_us(const struct board *b, double s)
{
    double least = (s < 0.2 ? s : 0.2) * b->speed;

    return (int64_t)((s > least ? s : least) * 1e6);
}
