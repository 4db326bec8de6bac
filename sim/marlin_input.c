/* SPDX-License-Identifier: Apache-2.0 */
/* The wire: bytes into a ring of 128 that overruns silently, whole lines from there into the queue,
 * numbers and checksums judged on the way. FIRMWARE.md "Marlin" 4-12. */
#include <stdlib.h>
#include <string.h>

#include "marlin_parts.h"

static void ask_again(struct marlin *m, const char *why)
{
    struct board *b = &m->board;
    const char *form = b->trouble.resend_short ? "rs %u\n" : "Resend: %u\n";

    board_say(b, "Error:%s, Last Line: %u\n", why, m->last_number);
    ring_clear(&m->rx); /* what is on its way is refused with it */
    for (int i = 0; i < 1 + b->trouble.resend_twice; i++)
        board_say(b, form, m->last_number + 1);
    if (!b->trouble.resend_without_ok)
        board_ok(b, "ok\n", 3);
    b->tally.resends++;
}

/* Judges "N12 G1 X1*34". True: it may be queued, *text and *n without number and checksum. */
static bool judge(struct marlin *m, struct marlin_command *c, const char **text, size_t *n)
{
    const char *line = *text, *digits = line + 1, *star = memrchr(line, '*', *n);
    const char *m110 = strstr(line, "M110");
    const char *n110 = m110 == NULL ? NULL : strchr(m110 + 4, 'N');
    uint32_t number = (uint32_t)strtoul(n110 != NULL ? n110 + 1 : digits, NULL, 10);
    unsigned sum = 0;

    if (m110 == NULL && number != m->last_number + 1) {
        if (number != m->last_number && number + 1 != m->last_number)
            ask_again(m, "Line Number is not Last Line Number+1");
        return false;
    }
    if (star == NULL) {
        ask_again(m, "No Checksum with line number");
        return false;
    }
    for (const char *at = line; at < star; at++)
        sum ^= (unsigned char)*at;
    if (sum != strtoul(star + 1, NULL, 10)) {
        ask_again(m, "checksum mismatch");
        return false;
    }
    m->last_number = number;
    c->numbered = true;
    c->number = (uint32_t)strtoul(digits, NULL, 10);
    *n = (size_t)(star - line);
    *text = digits + strspn(digits, "0123456789 ");
    *n -= (size_t)(*text - line);
    return true;
}

/* Builds without the emergency parser see these as soon as the line is read, numbered never. */
static void early(struct marlin *m, const char *line)
{
    if (marlin_has(m, MARLIN_EMERGENCY))
        return;
    if (strncmp(line, "M108", 4) == 0)
        marlin_person_answers(m);
    else if (strncmp(line, "M112", 4) == 0)
        marlin_kill(m, "echo:M112 Shutdown");
    else if (strncmp(line, "M410", 4) == 0)
        planner_stop(&m->planner, m->board.now_us);
}

static void take_line(struct marlin *m)
{
    struct marlin_command *c = &m->queue[(m->first + m->count) % m->build->queue];
    const char *text = m->line + strspn(m->line, " ");
    size_t n = strlen(text);
    const struct trouble *t = &m->board.trouble;

    if (n == 0 || (t->drop_line > 0 && rng_unit(&m->board.trouble.rng) < t->drop_line))
        return;
    c->numbered = false;
    c->number = 0;
    if (text[0] == 'N') {
        if (!judge(m, c, &text, &n))
            return;
    } else {
        const char *star = strrchr(text, '*');

        if (star != NULL)
            n = (size_t)(star - text);
        early(m, text);
    }
    if (strcmp(text, "KILL") == 0) {
        board_befall(&m->board, MISHAP_RESET, 0);
        return;
    }
    while (n > 0 && text[n - 1] == ' ')
        n--;
    memcpy(c->text, text, n);
    c->text[n] = '\0';
    c->length = (uint8_t)n;
    m->count++;
    m->next_idle_us = m->board.now_us + board_period_us(&m->board, 1);
}

void marlin_take_lines(struct marlin *m)
{
    char c;

    while (!m->killed && m->count < m->build->queue && ring_pop(&m->rx, &c)) {
        if (c == '\n' || c == '\r') {
            m->line[m->line_used] = '\0';
            m->line_used = 0;
            m->in_comment = false;
            take_line(m);
        } else if (c == ';') {
            m->in_comment = true;
        } else if (!m->in_comment && m->line_used < MARLIN_CMD - 1) {
            m->line[m->line_used++] = c;
        }
    }
}

/* The emergency parser hears the line on the wire, numbered or not, before any buffer. */
static void emergency(struct marlin *m, char c)
{
    const char *text = m->seen;

    if (c != '\n' && c != '\r') {
        if (m->seen_used < sizeof m->seen - 1)
            m->seen[m->seen_used++] = c;
        return;
    }
    m->seen[m->seen_used] = '\0';
    m->seen_used = 0;
    if (*text == 'N')
        text += 1 + strspn(text + 1, "0123456789");
    text += strspn(text, " ");
    if (strncmp(text, "M112", 4) == 0)
        marlin_kill(m, "echo:M112 Shutdown");
    else if (strncmp(text, "M108", 4) == 0 || strncmp(text, "M876", 4) == 0)
        marlin_person_answers(m);
    else if (strncmp(text, "M410", 4) == 0)
        planner_stop(&m->planner, m->board.now_us);
    else if (marlin_has(m, MARLIN_REALTIME) && strncmp(text, "S000", 4) == 0) {
        marlin_say_position(m);
        board_say(&m->board, "S_XYZ:0\n");
    } else if (marlin_has(m, MARLIN_REALTIME) && strncmp(text, "P000", 4) == 0)
        planner_hold(&m->planner, m->board.now_us);
    else if (marlin_has(m, MARLIN_REALTIME) && strncmp(text, "R000", 4) == 0)
        planner_resume(&m->planner, m->board.now_us);
}

void marlin_receive(struct board *board, const char *bytes, size_t n)
{
    struct marlin *m = (struct marlin *)board;
    uint64_t lost = m->rx.lost;

    for (size_t i = 0; i < n && !m->killed; i++) {
        if (bytes[i] == '\n')
            tally_line_read(&board->tally, board->read_at_ns);
        if (marlin_has(m, MARLIN_EMERGENCY))
            emergency(m, bytes[i]);
        if (m->answered) /* what waited ends before this line is even queued */
            marlin_run(m);
        if (m->rx.used == RING_SIZE)
            marlin_run(m);
        ring_push(&m->rx, bytes[i]);
    }
    marlin_run(m);
    if (m->rx.lost > lost) {
        board->tally.overflows++;
        board->tally.lost += m->rx.lost - lost;
    }
}
