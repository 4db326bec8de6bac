/* SPDX-License-Identifier: Apache-2.0 */
/* One line of G-code into a block, with Grbl's own error numbers and in the order in which it finds
 * them (gcode.c of Grbl 1.1h, and the transcripts *-errors). */
#include <math.h>
#include <string.h>

#include "grbl_parts.h"
#include "words.h"

enum {
    LETTER = 1,
    NUMBER = 2,
    NEGATIVE = 4,
    UNSUPPORTED = 20,
    MODAL_TWICE = 21,
    NO_FEED = 22,
    NOT_WHOLE = 23,
    TWO_AXIS_COMMANDS = 24,
    WORD_TWICE = 25,
    NO_AXES = 26,
    NO_VALUE = 28,
    NO_AXES_IN_PLANE = 32,
    BAD_TARGET = 33,
    ARC_TOO_FAR = 34,
    NO_OFFSETS = 35,
    UNUSED = 36,
    TOO_LARGE = 38,
};

struct parse {
    struct grbl_block *b;
    unsigned words;                /* bits of value letters seen and not yet used */
    unsigned groups;               /* bits of modal groups seen */
    bool axis_command, has_g_axes; /* a G that takes the axis words */
    bool any_letter;               /* grblHAL takes all, and finds them unused later */
    double value[26];
};

static unsigned bit(char letter)
{
    return 1U << (letter - 'A');
}

static int group(struct parse *p, unsigned number)
{
    if ((p->groups & 1U << number) != 0)
        return MODAL_TWICE;
    p->groups |= 1U << number;
    return GRBL_OK;
}

static int axis_command(struct parse *p, int action)
{
    if (p->has_g_axes)
        return TWO_AXIS_COMMANDS;
    p->has_g_axes = true;
    p->b->action = action;
    return group(p, 0);
}

/* G words: groups 0 non-modal, 1 motion, 2 plane, 3 distance, 5 feed mode, 6 units, 12 system. */
static int read_g(struct parse *p, int code, int tenths)
{
    struct grbl_modal *m = &p->b->modal;

    if (tenths != 0 && !(code == 43 && tenths == 1) && code != 91 && code != 28 && code != 30)
        return UNSUPPORTED;
    switch (code) {
    case 0:
    case 1:
    case 2:
    case 3:
        if (p->has_g_axes)
            return TWO_AXIS_COMMANDS;
        p->has_g_axes = p->b->has_motion = true;
        m->motion = code;
        return group(p, 1);
    case 4:
        p->b->action = 4;
        return group(p, 0);
    case 10:
    case 28:
    case 30:
    case 92:
        return axis_command(p, code);
    case 53:
        return group(p, 0);
    case 17:
    case 18:
    case 19:
        m->plane = code;
        return group(p, 2);
    case 20:
    case 21:
        m->units = code;
        return group(p, 6);
    case 90:
    case 91:
        m->relative = code == 91 && tenths == 0;
        return group(p, tenths == 0 ? 3 : 4);
    case 80:
        return group(p, 1);
    case 40:
        return group(p, 7);
    case 94:
        return group(p, 5);
    case 49:
        return group(p, 8);
    case 54:
    case 55:
    case 56:
    case 57:
    case 58:
    case 59:
        m->system = code;
        return group(p, 12);
    default:
        return UNSUPPORTED;
    }
}

static int read_m(struct parse *p, int code)
{
    switch (code) {
    case 0:
    case 1:
    case 2:
    case 30:
        p->b->program = code == 1 ? -1 : code;
        return group(p, 14);
    case 3:
    case 4:
    case 5:
        p->b->modal.spindle = code;
        p->b->has_spindle = true;
        return group(p, 17);
    case 7:
    case 8:
    case 9:
        p->b->modal.coolant = code;
        return group(p, 18);
    default:
        return UNSUPPORTED;
    }
}

static int read_value(struct parse *p, char letter, double value)
{
    if (!p->any_letter && strchr("FIJKLNPRSTXYZ", letter) == NULL)
        return UNSUPPORTED;
    if (letter == 'T' && value > 255)
        return TOO_LARGE;
    if ((p->words & bit(letter)) != 0)
        return WORD_TWICE;
    if (strchr("FNPTS", letter) != NULL && value < 0)
        return NEGATIVE;
    p->words |= bit(letter);
    p->value[letter - 'A'] = value;
    return GRBL_OK;
}

static int read_words(struct parse *p, const char *at)
{
    int status = GRBL_OK;

    while (*at != '\0' && status == GRBL_OK) {
        char letter = *at++;
        double value;

        if (letter < 'A' || letter > 'Z')
            return LETTER;
        if (!words_number(&at, &value))
            return NUMBER;
        if (letter == 'G')
            status = read_g(p, (int)value, (int)lround(value * 10) % 10);
        else if (letter == 'M')
            status = value == floor(value) ? read_m(p, (int)value) : NOT_WHOLE;
        else
            status = read_value(p, letter, value);
    }
    return status;
}

static double take(struct parse *p, char letter)
{
    p->words &= ~bit(letter);
    return p->value[letter - 'A'];
}

static void take_axes(struct parse *p)
{
    static const char letters[] = "XYZ";
    double scale = p->b->modal.units == 20 ? 25.4 : 1;

    for (int i = 0; i < 3; i++) {
        if ((p->words & bit(letters[i])) == 0)
            continue;
        p->b->axes |= 1U << i;
        p->b->axis[i] = take(p, letters[i]) * scale;
    }
}

static int check_arc(struct parse *p)
{
    struct grbl_block *b = p->b;

    if (b->axes == 0)
        return NO_AXES;
    if ((b->axes & 3) == 0)
        return NO_AXES_IN_PLANE;
    b->has_radius = (p->words & bit('R')) != 0;
    b->has_offset = (p->words & (bit('I') | bit('J'))) != 0;
    if (b->has_radius)
        b->radius = take(p, 'R');
    else if (!b->has_offset)
        return NO_OFFSETS;
    b->offset[0] = take(p, 'I');
    b->offset[1] = take(p, 'J');
    return GRBL_OK;
}

static int check(struct parse *p)
{
    struct grbl_block *b = p->b;
    double feed_scale = b->modal.units == 20 ? 25.4 : 1;
    int status = GRBL_OK;

    p->words &= ~bit('N');
    if ((p->words & bit('F')) != 0)
        b->modal.feed_mm_min = take(p, 'F') * feed_scale;
    b->has_power = (p->words & bit('S')) != 0;
    if (b->has_power)
        b->modal.power = take(p, 'S');
    if ((p->words & bit('T')) != 0)
        b->modal.tool = (int)take(p, 'T');
    if (b->action == 4 && (p->words & bit('P')) == 0)
        return NO_VALUE;
    if (b->action == 4)
        b->dwell_s = take(p, 'P');
    if (b->action == 10)
        p->words &= ~(bit('L') | bit('P'));
    take_axes(p);
    if (b->action == 92 && b->axes == 0)
        return NO_AXES;
    if (b->action == 0 && (b->has_motion || b->axes != 0) && b->modal.motion != 0) {
        if (b->modal.feed_mm_min <= 0)
            return NO_FEED;
        if (b->modal.motion >= 2)
            status = check_arc(p);
    }
    if (status == GRBL_OK && p->words != 0)
        status = UNUSED;
    return status;
}

int grbl_parse(const struct grbl *g, const char *line, struct grbl_block *block)
{
    struct parse p = {.b = block, .any_letter = g->hal};
    int status;

    *block = (struct grbl_block){.modal = g->modal, .program = -1};
    status = read_words(&p, line);
    return status == GRBL_OK ? check(&p) : status;
}
