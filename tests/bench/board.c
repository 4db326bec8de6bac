/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void board_init(struct board *board, const struct board_rules *rules)
{
    memset(board, 0, sizeof *board);
    board->rules = rules;
}

__attribute__((format(printf, 2, 3))) static void say(struct board *b, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(b->out + b->out_n, sizeof b->out - b->out_n, format, args);
    va_end(args);
    if (n > 0 && (size_t)n < sizeof b->out - b->out_n)
        b->out_n += (size_t)n;
}

static void end_moves(struct board *b, int64_t now)
{
    int64_t ended = 0;

    while (b->planned > 0 && b->segment_end <= now) {
        ended = b->segment_end;
        b->planned--;
        b->segment_end += b->rules->segment_ns;
    }
    if (ended != 0 && b->planned == 0 && b->queued == 0)
        b->dry_since = ended;
}

static void plan_move(struct board *b, int64_t now)
{
    if (b->rules->segment_ns == 0)
        return;
    if (b->planned == 0)
        b->segment_end = now + b->rules->segment_ns + b->phase;
    b->phase = 0;
    b->planned++;
    if (b->dry_since != 0) {
        int64_t still = now - b->dry_since;

        b->stalls++;
        b->stall_ns += still;
        b->stall_max_ns = still > b->stall_max_ns ? still : b->stall_max_ns;
        b->dry_since = 0;
    }
}

static void say_ok(struct board *b, const struct board_command *c)
{
    if (c->temperatures)
        say(b, "ok T:%.2f /%.2f B:%.2f /%.2f @:0 B@:0\n", b->nozzle, b->nozzle, b->bed, b->bed);
    else if (!b->rules->advanced_ok)
        say(b, "ok\n");
    else if (c->numbered)
        say(b, "ok N%u P%u B%u\n", c->number, BOARD_PLANNER - 1 - (b->planned ? b->planned - 1 : 0),
            b->rules->buffer - b->queued);
    else
        say(b, "ok P%u B%u\n", BOARD_PLANNER - 1 - (b->planned ? b->planned - 1 : 0),
            b->rules->buffer - b->queued);
}

static bool ready(const struct board *b, const struct board_command *c)
{
    if (c->empties)
        return b->planned == 0;
    return !c->move || b->planned < BOARD_PLANNER;
}

unsigned board_run(struct board *b, int64_t now)
{
    unsigned answered = 0;

    end_moves(b, now);
    while (b->queued > 0 && ready(b, &b->queue[0])) {
        struct board_command c = b->queue[0];

        memmove(b->queue, b->queue + 1, (b->queued - 1) * sizeof b->queue[0]);
        if (c.move)
            plan_move(b, now);
        if (c.identity)
            say(b, "FIRMWARE_NAME:Marlin 2.1.2.7 (bench) PROTOCOL_VERSION:1.0 MACHINE_TYPE:Pace "
                   "EXTRUDER_COUNT:1 UUID:cede2a2f-41a2-4748-9b12-c55c62f367ff\n"
                   "Cap:AUTOREPORT_TEMP:1\nCap:EMERGENCY_PARSER:1\n");
        say_ok(b, &c);
        b->queued--;
        answered++;
    }
    if (b->report_every > 0 && now >= b->report_next) {
        say(b, " T:%.2f /%.2f B:%.2f /%.2f @:0 B@:0\n", b->nozzle, b->nozzle, b->bed, b->bed);
        b->report_next = now + b->report_every;
    }
    return answered;
}

int64_t board_due(const struct board *b)
{
    int64_t due = b->report_every > 0 ? b->report_next : INT64_MAX;
    int64_t free_at = INT64_MAX;

    if (b->queued > 0 && b->planned > 0) {
        free_at = b->segment_end;
        if (b->queue[0].empties)
            free_at += (int64_t)(b->planned - 1) * b->rules->segment_ns;
    }
    return free_at < due ? free_at : due;
}

static void refuse(struct board *b, const char *why)
{
    say(b, "Error:%s, Last Line: %u\nResend: %u\nok\n", why, b->last, b->last + 1);
    b->refused++;
}

/* Takes number and checksum off the line as Marlin does. Returns the command's text, or NULL if the
 * line was refused or silently dropped. */
static const char *check_number(struct board *b, char *line, struct board_command *c)
{
    char *star = strrchr(line, '*'), *text = line;
    unsigned char sum = 0;

    if (*line != 'N')
        return line;
    c->number = (uint32_t)strtoul(line + 1, &text, 10);
    c->numbered = true;
    while (*text == ' ')
        text++;
    if (strncmp(text, "M110", 4) != 0 && c->number != b->last + 1) {
        if (c->number != b->last && c->number + 1 != b->last)
            refuse(b, "Line Number is not Last Line Number+1");
        return NULL;
    }
    if (star == NULL) {
        refuse(b, "No Checksum with line number");
        return NULL;
    }
    for (char *p = line; p < star; p++)
        sum ^= (unsigned char)*p;
    if (strtoul(star + 1, NULL, 10) != sum) {
        refuse(b, "checksum mismatch");
        return NULL;
    }
    *star = '\0';
    b->last = c->number;
    return text;
}

static void obey(struct board *b, const char *text, struct board_command *c, int64_t now)
{
    unsigned long code = strtoul(text + 1, NULL, 10);
    const char *s = strpbrk(text, "SR"), *n = strchr(text, 'N');

    if (*text == 'G') {
        c->move = code <= 3;
        return;
    }
    if (*text != 'M')
        return;
    if (code == 104 || code == 109)
        b->nozzle = s == NULL ? b->nozzle : strtod(s + 1, NULL);
    if (code == 140 || code == 190)
        b->bed = s == NULL ? b->bed : strtod(s + 1, NULL);
    if (code == 110 && n != NULL)
        b->last = (uint32_t)strtoul(n + 1, NULL, 10);
    if (code == 155 && s != NULL) {
        b->report_every = (int64_t)strtoul(s + 1, NULL, 10) * 1000000000;
        b->report_next = now + b->report_every;
    }
    c->temperatures = code == 105;
    c->identity = code == 115;
    c->empties = code == 400;
}

static void on_line(struct board *b, int64_t now)
{
    struct board_command c = {0};
    const char *text;

    b->in[b->in_n] = '\0';
    if (b->in_n == 0)
        return;
    text = check_number(b, b->in, &c);
    if (text == NULL)
        return;
    if (b->queued == BOARD_QUEUE || b->queued == b->rules->buffer + 1) {
        b->overrun++;
        return;
    }
    obey(b, text, &c, now);
    b->lines += c.numbered;
    b->queue[b->queued++] = c;
}

unsigned board_take(struct board *b, const char *bytes, size_t n, int64_t now)
{
    unsigned lines = 0;

    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != '\n') {
            if (b->in_n < sizeof b->in - 1 && bytes[i] != '\r')
                b->in[b->in_n++] = bytes[i];
            continue;
        }
        on_line(b, now);
        b->in_n = 0;
        lines++;
    }
    return lines;
}
