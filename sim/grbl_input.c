/* SPDX-License-Identifier: Apache-2.0 */
/* The wire: single bytes act at once, wherever they stand; the rest goes through a ring of 128
 * bytes that overruns silently, and from there line by line into execution. One reply a line. */
#include <stdio.h>
#include <string.h>

#include "grbl_parts.h"

enum { OVERFLOW_ERROR = 11, LOCK_ERROR = 9 };

static void answer(struct grbl *g, int status)
{
    char text[24];
    int n;

    if (status == GRBL_OK) {
        board_ok(&g->board, "ok\r\n", 4);
        return;
    }
    n = snprintf(text, sizeof text, "error:%d\r\n", status);
    board_ok(&g->board, text, (size_t)n);
}

/* A `$` line ends the run it comes after; the next line of G-code begins another. */
static void count(struct grbl *g, int status)
{
    struct tally *t = &g->board.tally;

    if (g->line[0] == '$') {
        tally_run_end(t);
        g->in_run = g->in_motion = false;
    }
    if (status != GRBL_OK || g->line_used == 0 || g->line[0] == '$') {
        tally_command(t, g->raw, g->raw_used);
        return;
    }
    if (!g->in_run) {
        tally_run_begin(t, 1);
        g->in_run = true;
        g->run_line = g->board.program_line = 0;
    }
    g->board.program_line = ++g->run_line;
    tally_line(t, g->run_line, g->raw, g->raw_used);
    if (g->program_ended)
        tally_run_end(t);
    g->in_run = !g->program_ended;
}

static int execute(struct grbl *g)
{
    if (g->raw_used == 0 || g->line[0] == '$')
        g->latched = 0;
    if (g->latched != 0)
        return g->latched;
    if (g->too_long)
        return OVERFLOW_ERROR;
    if (g->line_used == 0)
        return GRBL_OK;
    if (g->line[0] == '$')
        return grbl_system(g, g->line);
    if (g->state == GRBL_ALARM || g->state == GRBL_JOG)
        return LOCK_ERROR;
    return grbl_execute(g, g->line);
}

/* The line read in full: goes on where it waited. False: it still waits. */
static bool go_on(struct grbl *g)
{
    int status = execute(g);

    if (status == GRBL_WAIT)
        return false;
    if (g->hal && status > 0)
        g->latched = status;
    if (status != GRBL_SILENT) {
        count(g, status);
        if (!g->stuck)
            answer(g, status);
    }
    g->line_used = g->raw_used = 0;
    g->program_ended = false;
    g->too_long = g->in_parens = g->in_comment = false;
    g->stage = 0;
    return true;
}

static bool suspended(const struct grbl *g)
{
    return g->state == GRBL_HOLD || g->state == GRBL_DOOR || g->state == GRBL_SLEEP || g->stuck ||
           g->deaf_until_us > 0;
}

static bool wait_over(struct grbl *g)
{
    bool over = g->wait == GRBL_READY ||
                (g->wait == GRBL_FOR_ROOM && g->planner.count < PLANNER_BLOCKS) ||
                (g->wait == GRBL_FOR_MOTION && g->planner.count == 0) ||
                (g->wait == GRBL_FOR_TIME && g->board.now_us >= g->until_us);

    if (over)
        g->wait = GRBL_READY;
    return over;
}

/* As the firmware collects a line: upper case, no blanks, no comments. */
static void take_char(struct grbl *g, char c)
{
    if (g->raw_used < sizeof g->raw)
        g->raw[g->raw_used++] = c;
    if (g->in_parens || g->in_comment) {
        g->in_parens = g->in_parens && c != ')';
        return;
    }
    if (c <= ' ' || c == '/')
        return;
    if (c == '(')
        g->in_parens = true;
    else if (c == ';')
        g->in_comment = true;
    else if (g->line_used == GRBL_LINE - 1)
        g->too_long = true;
    else
        g->line[g->line_used++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

void grbl_run(struct grbl *g)
{
    char c;

    while (!suspended(g) && wait_over(g)) {
        if (g->stage > 0 && !go_on(g))
            continue;
        if (!ring_pop(&g->rx, &c))
            return;
        if (c != '\n' && c != '\r') {
            take_char(g, c);
            continue;
        }
        if (g->hal && c == '\n' && g->skip_newline && g->raw_used == 0) {
            g->skip_newline = false;
            continue;
        }
        g->skip_newline = c == '\r';
        g->line[g->line_used] = '\0';
        go_on(g);
    }
}

/* True if the byte was one of those that never reach a line. */
static bool act_at_once(struct grbl *g, unsigned char c)
{
    switch (c) {
    case '?':
        if (g->state == GRBL_HOME)
            g->report_waiting = true;
        else if (!g->stuck)
            grbl_report(g);
        return true;
    case '!':
        grbl_hold(g, false);
        return true;
    case '~':
        grbl_cycle(g);
        return true;
    case 0x18:
        grbl_reset(g);
        return true;
    case 0x84:
        grbl_hold(g, true);
        return true;
    case 0x85:
        if (g->state == GRBL_JOG)
            grbl_hold(g, false);
        return true;
    default:
        if (c >= 0x80)
            grbl_override(g, c);
        return c >= 0x80;
    }
}

void grbl_receive(struct board *board, const char *bytes, size_t n)
{
    struct grbl *g = (struct grbl *)board;
    uint64_t lost = g->rx.lost;

    for (size_t i = 0; i < n; i++) {
        if (g->deaf_until_us > 0) {
            board->tally.lost++;
            continue;
        }
        if (g->stuck && bytes[i] != 0x18)
            continue;
        if (act_at_once(g, (unsigned char)bytes[i])) {
            grbl_run(g);
            continue;
        }
        if (bytes[i] == '\n')
            tally_line_read(&board->tally, board->read_at_ns);
        if (g->rx.used == ring_size(&g->rx))
            grbl_run(g);
        ring_push(&g->rx, bytes[i]);
        if (bytes[i] == '\n')
            grbl_run(g);
    }
    grbl_run(g);
    if (g->rx.lost > lost) {
        board->tally.overflows++;
        board->tally.lost += g->rx.lost - lost;
    }
}
