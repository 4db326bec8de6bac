/* SPDX-License-Identifier: Apache-2.0 */
/* One line at a time: what is wrong with the line itself, then G0 to G3 (nearly all lines), then
 * the tables. The state changes only on lines that pass. */
#include "policy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "policy_parts.h"

void policy_refuse(struct policy_ruling *ruling, const char *format, ...)
{
    va_list args;

    ruling->verdict = POLICY_REFUSE;
    va_start(args, format);
    vsnprintf(ruling->why, sizeof ruling->why, format, args);
    va_end(args);
}

void policy_drop(struct policy_ruling *ruling, const char *why)
{
    ruling->verdict = POLICY_DROP;
    snprintf(ruling->why, sizeof ruling->why, "%s", why);
}

void policy_begin(struct policy_state *state, const struct profile *profile)
{
    *state = (struct policy_state){.profile = profile};
}

/* "M907 M42 G43.1": is the line's command one of these? */
static bool is_listed(const char *list, const struct gcode_line *line)
{
    char name[32];
    size_t n;

    if (line->letter == 0 || line->number < 0)
        return false;
    if (line->sub == 0)
        n = (size_t)snprintf(name, sizeof name, "%c%d", line->letter, line->number);
    else
        n = (size_t)snprintf(name, sizeof name, "%c%d.%d", line->letter, line->number, line->sub);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
            return true;
    return false;
}

static void refuse_fault(const struct gcode_line *line, struct policy_ruling *ruling)
{
    const char *words = gcode_fault_words(line->fault);
    unsigned char byte = 0;

    if (line->fault == GCODE_LINE_BAD_BYTE)
        byte = (unsigned char)line->text[line->fault_at];
    if (line->fault != GCODE_LINE_BAD_BYTE)
        policy_refuse(ruling, "the line %s (column %d): correct or remove it", words,
                      (int)line->fault_at + 1);
    else if (byte > 0x20 && byte < 0x7f)
        policy_refuse(ruling, "the line %s: '%c' (column %d): remove it", words, byte,
                      (int)line->fault_at + 1);
    else
        policy_refuse(ruling, "the line %s: 0x%02x (column %d): remove it", words, (unsigned)byte,
                      (int)line->fault_at + 1);
}

/* Line numbers are ours to give: those of the file are stripped if all of its lines carry one. */
static bool numbers_agree(struct policy_state *state, const struct gcode_line *line,
                          struct policy_ruling *ruling)
{
    bool numbered = line->has_n;

    if (state->numbers == NUMBERS_UNSEEN)
        state->numbers = numbered ? NUMBERS_ALL : NUMBERS_NONE;
    if ((state->numbers == NUMBERS_ALL) == numbered)
        return true;
    policy_refuse(ruling, numbered ? "line number N in a file whose other lines have none: "
                                     "save it without line numbers"
                                   : "no line number N in a file whose other lines have one: "
                                     "save it without line numbers");
    return false;
}

static bool fits_wire(const struct policy_state *state, const struct gcode_line *line,
                      struct policy_ruling *ruling)
{
    int limit = state->profile->flavour == GCODE_GRBL ? POLICY_TEXT_GRBL : POLICY_TEXT_MARLIN;

    if (line->len <= limit || line->has_string)
        return true;
    policy_refuse(ruling, "%d characters: the machine takes %d at most; shorten the line",
                  (int)line->len, limit);
    return false;
}

void policy_check(struct policy_state *state, const struct gcode_line *line,
                  struct policy_ruling *ruling)
{
    ruling->verdict = POLICY_SEND;
    ruling->action = ACTION_NONE;
    ruling->rewritten = NULL;
    ruling->cut = 0;
    ruling->moves = false;
    ruling->why[0] = '\0';
    if (line->fault != GCODE_LINE_OK) {
        refuse_fault(line, ruling);
        return;
    }
    if (line->len == 0) {
        policy_drop(ruling, "nothing to execute");
        return;
    }
    if (!numbers_agree(state, line, ruling) || !fits_wire(state, line, ruling))
        return;
    if (state->profile->allow[0] != '\0' && is_listed(state->profile->allow, line)) {
        if (line->len > POLICY_TEXT_GRBL)
            policy_refuse(ruling, "%d characters: shorten the line", (int)line->len);
        return;
    }
    if (state->profile->flavour == GCODE_GRBL)
        policy_grbl(state, line, ruling);
    else if (line->letter == 'G' && line->number >= 0 && line->number <= 3 && line->sub == 0)
        policy_move(state, line, ruling);
    else
        policy_marlin(state, line, ruling);
}

void policy_end(struct policy_state *state, struct policy_ruling *ruling)
{
    ruling->verdict = POLICY_SEND;
    ruling->action = ACTION_NONE;
    ruling->rewritten = NULL;
    ruling->cut = 0;
    ruling->moves = false;
    ruling->why[0] = '\0';
    if (state->numbers == NUMBERS_UNSEEN)
        policy_refuse(ruling, "there is no command in it: is it a G-code file, with lines that end "
                              "in LF?");
    else if (state->profile->kind == KIND_LASER && !state->ended_off)
        policy_refuse(ruling, "the file does not end with its beam off: add M5 at its end");
}
