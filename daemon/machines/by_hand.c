/* SPDX-License-Identifier: Apache-2.0 */
/* Read with the tokeniser of the policy, as the firmware would: "M0104 S999" and "m3s1000" are what
 * they mean, not what they look like. */
#include "by_hand.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "gcode/line.h"

enum { LINE_MAX_SENT = 90 }; /* with room for what the dialect adds (FAULTS.md section 1 rule 5) */

static const char *const own_order = "that has an order of its own: stop, unlock, cancel";
static const char *const too_hot = "hotter than the machine's profile allows";
static const char *const no_beam = "a beam is switched on by an approved program only";
static const char *const hides = "it would run, store or forge what nobody sees: not by hand";
static const char *const keeps_modes =
    "a held run goes on just as it was: by hand only heaters, fans "
    "and straight moves meanwhile";

/* Commands by number, from one to another. */
struct span {
    char letter;
    short first, last;
};

static bool among(const struct span *spans, size_t n, const struct gcode_line *line)
{
    for (size_t i = 0; i < n; i++)
        if (line->letter == spans[i].letter && line->number >= spans[i].first &&
            line->number <= spans[i].last)
            return true;
    return false;
}

#define AMONG(spans, line) among(spans, sizeof(spans) / sizeof *(spans), line)

/* What stands behind the $, as Grbl hears it: "$ n0=m3" is "N0=M3". */
static void read_dollar(const char *text, char *name, size_t size)
{
    size_t n = 0;

    for (text++; *text != '\0' && n + 1 < size; text++)
        if (*text != ' ')
            name[n++] = (char)toupper((unsigned char)*text);
    name[n] = '\0';
}

static bool is_unlock(const char *text)
{
    char name[8];

    read_dollar(text, name, sizeof name);
    return strcmp(name, "X") == 0;
}

/* $N0=… is run at each reset. */
static bool is_startup_line(const char *text)
{
    char name[8];

    read_dollar(text, name, sizeof name);
    return name[0] == 'N' && strchr(name, '=') != NULL;
}

static bool has_own_order(const struct gcode_line *line)
{
    static const struct span spans[] = {{'M', 24, 24},   {'M', 32, 32},   {'M', 108, 108},
                                        {'M', 110, 112}, {'M', 410, 410}, {'M', 876, 876},
                                        {'M', 997, 997}, {'M', 999, 999}};

    return AMONG(spans, line);
}

/* M28 stores what follows instead of doing it, M43 drives pins, M118 speaks in the firmware's
 * place, M145 fills what M104 I takes, M808 to M819 are loops and macros; G18 and G19 turn the arcs
 * of the next program. */
static bool is_hidden(const struct gcode_line *line, const char *text)
{
    static const struct span spans[] = {{'M', 28, 28},   {'M', 43, 43},   {'M', 118, 118},
                                        {'M', 145, 145}, {'M', 808, 819}, {'M', 928, 928}};

    if (line->letter == '$')
        return is_startup_line(text);
    for (unsigned i = 0; i < line->count; i++)
        if (line->words[i].letter == 'G' &&
            (floor(line->words[i].value) == 18 || floor(line->words[i].value) == 19))
            return true;
    return AMONG(spans, line) ||
           (line->letter != 0 && line->letter != 'G' && line->letter != 'M' && line->letter != 'T');
}

static bool above(const struct gcode_line *line, double limit)
{
    double value;

    for (const char *letter = "SRB"; *letter != '\0'; letter++) /* B: most of M104's autotemp */
        if (gcode_line_value(line, *letter, &value) && value > limit)
            return true;
    return gcode_line_has(line, 'I'); /* a preset of the firmware's own */
}

static bool heats_beyond(const struct gcode_line *line, const struct profile *profile)
{
    if (line->letter != 'M')
        return false;
    switch (line->number) {
    case 104:
    case 109:
        return above(line, profile->nozzle_max_c);
    case 140:
    case 190:
        return above(line, profile->bed_max_c);
    case 141: /* a chamber: no profile says what it may have */
    case 191:
        return above(line, 0);
    case 303: /* autotune heats what E names: the bed with E-1 */
        return above(line, gcode_line_has(line, 'E') && profile->bed_max_c < profile->nozzle_max_c
                               ? profile->bed_max_c
                               : profile->nozzle_max_c);
    default:
        return false;
    }
}

/* M3, M4 anywhere in the line, laser on the fan output, or a power with a move. */
static bool lights(const struct gcode_line *line)
{
    double power = 0;

    for (unsigned i = 0; i < line->count; i++) {
        const struct gcode_word *word = &line->words[i];
        double number = floor(word->value); /* Marlin does M3.5 as M3 */

        if (word->letter == 'M' && (number == 3 || number == 4 || number == 106))
            return true;
    }
    return gcode_line_value(line, 'S', &power) && power > 0;
}

const char *by_hand_refusal(const struct profile *profile, const char *text)
{
    struct gcode_line line;
    size_t n = strlen(text);

    if (n == 0 || n > LINE_MAX_SENT)
        return "a line has 1 to 90 characters";
    gcode_line_parse(&line, text, n, profile->flavour);
    if (line.fault != GCODE_LINE_OK)
        return gcode_fault_words(line.fault);
    if (line.has_n || line.text != text || line.len != n)
        return "only the command: no comment, line number, checksum or blanks around it";
    if (has_own_order(&line) || (line.letter == '$' && is_unlock(text)))
        return own_order;
    if (is_hidden(&line, text))
        return hides;
    if (profile->kind == KIND_LASER && line.letter != '$' && lights(&line))
        return no_beam;
    if (profile->kind == KIND_PRINTER && heats_beyond(&line, profile))
        return too_hot;
    return NULL;
}

const char *by_hand_refusal_held(const struct profile *profile, const char *text)
{
    static const struct span spans[] = {
        {'G', 0, 1},     {'G', 4, 4},     {'G', 10, 11},   {'M', 17, 17},
        {'M', 104, 107}, {'M', 109, 109}, {'M', 114, 115}, {'M', 119, 119},
        {'M', 140, 140}, {'M', 150, 150}, {'M', 190, 190}, {'M', 220, 221},
        {'M', 300, 300}, {'M', 400, 400}, {'M', 503, 503}, {'M', 701, 702}};
    struct gcode_line line;

    if (profile->flavour == GCODE_GRBL)
        return "it answers no line while it is held: resume or cancel first";
    gcode_line_parse(&line, text, strlen(text), profile->flavour);
    return line.fault == GCODE_LINE_OK && AMONG(spans, &line) ? NULL : keeps_modes;
}

bool by_hand_is_question(const struct profile *profile, const char *text)
{
    static const short numbers[] = {27, 31, 105, 114, 115, 119, 503};
    struct gcode_line line;

    gcode_line_parse(&line, text, strlen(text), profile->flavour);
    if (line.fault != GCODE_LINE_OK)
        return false;
    if (line.letter == '$')
        return strlen(text) == 2 && strchr("$IGN#", text[1]) != NULL;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (line.count == 1 && gcode_line_is(&line, 'M', numbers[i]))
            return true;
    return false;
}
