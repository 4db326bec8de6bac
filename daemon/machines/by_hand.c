/* SPDX-License-Identifier: Apache-2.0 */
/* Read with the tokeniser of the policy, as the firmware would: "M0104 S999" and "m3s1000" are what
 * they mean, not what they look like. */
#include "by_hand.h"

#include <stddef.h>
#include <string.h>

#include "gcode/line.h"

enum { LINE_MAX_SENT = 90 }; /* with room for what the dialect adds (FAULTS.md section 1 rule 5) */

static const char *const own_order = "that has an order of its own: stop, unlock, cancel";
static const char *const too_hot = "hotter than the machine's profile allows";
static const char *const no_beam = "a beam is switched on by an approved program only";

static bool is_never(const struct gcode_line *line)
{
    static const short numbers[] = {24, 32, 108, 110, 111, 112, 410, 876, 997, 999};

    if (line->letter != 'M')
        return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (line->number == numbers[i])
            return true;
    return false;
}

static bool above(const struct gcode_line *line, double limit)
{
    double value;

    return (gcode_line_value(line, 'S', &value) && value > limit) ||
           (gcode_line_value(line, 'R', &value) && value > limit);
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

        if (word->letter == 'M' && (word->value == 3 || word->value == 4 || word->value == 106))
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
    if (is_never(&line) || (line.letter == '$' && strcmp(text, "$X") == 0))
        return own_order;
    if (profile->kind == KIND_LASER && line.letter != '$' && lights(&line))
        return no_beam;
    if (profile->kind == KIND_PRINTER && heats_beyond(&line, profile))
        return too_hot;
    return NULL;
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
