/* SPDX-License-Identifier: Apache-2.0 */
/* The usual line goes through read_words() once, in place. A line number, a tab or a Grbl comment
 * in parentheses needs a cleaned copy first, and then the same read_words().
 *
 * What firmware does, and we read alike:
 *   - blanks may stand between a letter and its number, and need not stand between words;
 *   - ';' ends the line; '(...)' is a comment in Grbl only, also without the ')';
 *   - Marlin knows upper case only (transcript marlin-*: lower case is "Unknown command"), Grbl
 * both;
 * Where firmwares differ ("X1 0", "X1 X2", "X1E2", "/G1") the line has a fault and is never sent.
 */
#include "line.h"

#include <string.h>

#include "checksum.h"
#include "decimal.h"
#include "line_plain.h"

enum outcome { READ_DONE, READ_NEEDS_COPY };

static enum gcode_line_fault fault_of_byte(char c, enum gcode_flavour flavour)
{
    unsigned char byte = (unsigned char)c;

    if (byte < 0x20 || byte > 0x7e || byte == '\\' || byte == '*')
        return GCODE_LINE_BAD_BYTE;
    if (flavour == GCODE_MARLIN ? byte == '(' : byte == '?' || byte == '!' || byte == '~')
        return GCODE_LINE_BAD_BYTE; /* Grbl obeys ? ! ~ wherever they stand */
    return byte == '.' || byte == '-' ? GCODE_LINE_BAD_NUMBER : GCODE_LINE_BAD_FORM;
}

static enum outcome fail(struct gcode_line *line, enum gcode_line_fault fault, const char *at)
{
    size_t offset = (size_t)(at - line->text);

    line->fault = fault;
    line->len = 0;
    line->fault_at = offset > UINT16_MAX ? UINT16_MAX : (uint16_t)offset;
    return READ_DONE;
}

/* Commands whose rest is text for people, a file name or a list, not words. */
static bool takes_text(char letter, int number)
{
    static const struct {
        short first, last;
    } ranges[] = {{0, 1},     {16, 16},   {23, 23},   {28, 28},  {30, 33},
                  {115, 115}, {117, 118}, {810, 819}, {928, 928}};

    if (letter == '$' || letter == '[' || letter == '@')
        return true;
    if (letter != 'M')
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (number >= ranges[i].first && number <= ranges[i].last)
            return true;
    return false;
}

/* The rest of the line is free text: only its bytes are judged. */
static enum outcome read_text(struct gcode_line *line, const char *p, const char *end,
                              enum gcode_flavour flavour)
{
    const char *last = p;

    line->has_string = true;
    for (; p < end && *p != ';'; p++) {
        if (*p == '\t' && line->text != line->copy)
            return READ_NEEDS_COPY;
        if (*p == '(' && flavour == GCODE_GRBL)
            return READ_NEEDS_COPY;
        if (*p != ' ' && fault_of_byte(*p, flavour) == GCODE_LINE_BAD_BYTE)
            return fail(line, GCODE_LINE_BAD_BYTE, p);
        if (*p != ' ')
            last = p + 1;
    }
    if (last - line->text > GCODE_TEXT_MAX)
        return fail(line, GCODE_LINE_TOO_LONG, line->text + GCODE_TEXT_MAX);
    line->len = (uint16_t)(last - line->text);
    return READ_DONE;
}

/* The first word names the command, unless it is a modal word of Grbl ("X10"). */
static void set_command(struct gcode_line *line, char letter, const struct decimal *d)
{
    uint64_t scale = 1;

    if (letter != 'G' && letter != 'M' && letter != 'T' && letter != 'D' && letter != 'P')
        return;
    line->letter = letter;
    if (d->digits == 0 || d->negative || d->mantissa > 999999)
        return;
    if (d->decimals == 0) {
        line->number = (int)d->mantissa;
        return;
    }
    for (unsigned i = 0; i < d->decimals; i++)
        scale *= 10;
    line->number = (int)(d->mantissa / scale);
    line->sub = (int)(d->mantissa % scale);
}

/* M862.3 P "MK3S": the quoted value of the word before. Returns NULL when the quote stays open. */
static const char *skip_quoted(struct gcode_line *line, const char *p, const char *end)
{
    const char *close = memchr(p + 1, '"', (size_t)(end - p - 1));

    if (close == NULL || line->letter != 'M' || line->number != 862 || line->count < 2)
        return NULL;
    for (const char *q = p; q < close; q++)
        if (*q == ';' || fault_of_byte(*q, GCODE_MARLIN) == GCODE_LINE_BAD_BYTE)
            return NULL;
    line->has_string = true;
    line->words[line->count - 1].len =
        (uint16_t)(close + 1 - line->text - line->words[line->count - 1].at);
    return close + 1;
}

/* Firmware that reads numbers with strtod() (Prusa's, Marlin 1.0) takes "Y0X10" for sixteen and
 * "X1E2" for a hundred. */
static inline bool looks_otherwise(const struct decimal *d, const char *p, const char *end)
{
    if (d->digits == 0 || p >= end)
        return false;
    if (*p == 'E')
        return end - p > 1 && ((p[1] >= '0' && p[1] <= '9') || p[1] == '-' || p[1] == '+');
    return d->mantissa == 0 && d->decimals == 0 && (*p == 'X' || *p == 'x');
}

/* What the loop over words carries: not in the line itself, so that it can stay in registers. */
struct cursor {
    const char *text, *end;
    const char *after; /* of the last word */
    unsigned count;
    uint32_t letters;
    enum gcode_flavour flavour;
};

/* What is wrong with a word just read, or OK. */
static inline __attribute__((always_inline)) enum gcode_line_fault
judge_word(const struct cursor *c, char letter, const struct decimal *d, const char *p)
{
    if (c->count == GCODE_WORDS_MAX)
        return GCODE_LINE_TOO_MANY_WORDS;
    if (d->digits - 1 >= DECIMAL_DIGITS_MAX &&
        (d->digits > 0 || d->signs || c->flavour == GCODE_GRBL))
        return GCODE_LINE_BAD_NUMBER;
    if (c->count > 0 && looks_otherwise(d, p, c->end))
        return GCODE_LINE_BAD_NUMBER;
    if ((c->letters & GCODE_LETTER(letter)) != 0 &&
        (c->flavour == GCODE_MARLIN || (letter != 'G' && letter != 'M')))
        return GCODE_LINE_REPEATED;
    return c->after - c->text > GCODE_TEXT_MAX ? GCODE_LINE_TOO_LONG : GCODE_LINE_OK;
}

/* Keeps the value of a word behind the command by its letter; the first one counts. */
static inline void take_value(struct gcode_line *line, struct cursor *c,
                              const struct gcode_word *word)
{
    uint32_t letter = GCODE_LETTER(word->letter);

    if ((c->letters & letter) != 0)
        return;
    c->letters |= letter;
    line->bare |= word->has_value ? 0 : letter;
    line->values[GCODE_INDEX(word->letter)] = word->value;
}

/* Reads the word at p; returns the first byte after its number. On a fault the line says so. */
static inline __attribute__((always_inline)) const char *
read_word(struct gcode_line *line, struct cursor *c, const char *p, char letter)
{
    const char *at = p++;
    struct decimal d;
    struct gcode_word *word = &line->words[c->count % GCODE_WORDS_MAX];
    enum gcode_line_fault fault;
    double value;

    while (p < c->end && *p == ' ')
        p++;
    p = decimal_read(p, c->text, c->end, &d);
    c->after = d.digits > 0 ? p : at + 1;
    fault = judge_word(c, letter, &d, p);
    if (fault != GCODE_LINE_OK) {
        fail(line, fault, at);
        return p;
    }
    value = (double)d.mantissa / decimal_powers[d.decimals];
    word->value = d.negative ? -value : value;
    word->letter = letter;
    word->has_value = d.digits > 0;
    word->at = (uint16_t)(at - c->text);
    word->len = (uint16_t)(c->after - at);
    if (c->count++ == 0)
        set_command(line, letter, &d);
    if (c->count > 1 || line->letter == 0 || letter == 'D' || letter == 'P')
        take_value(line, c, word);
    return p;
}

static inline __attribute__((always_inline)) void settle(struct gcode_line *line,
                                                         const struct cursor *c)
{
    line->count = (uint8_t)c->count;
    line->letters = c->letters;
    line->len = (uint16_t)(c->after - c->text);
}

static enum outcome read_odd(struct gcode_line *line, const char *p, const char *end,
                             enum gcode_flavour flavour);

/* Walks the words of line->text up to `end`. */
static enum outcome read_words(struct gcode_line *line, const char *p, const char *end,
                               enum gcode_flavour flavour)
{
    struct cursor c = {line->text, end, p, line->count, line->letters, flavour};

    while (p < end) {
        char letter = *p;

        if (letter == ' ') {
            p++;
            continue;
        }
        if (flavour == GCODE_GRBL && letter >= 'a' && letter <= 'z')
            letter = (char)(letter - 'a' + 'A');
        if ((unsigned char)(letter - 'A') >= 26) {
            settle(line, &c);
            return letter == ';' ? READ_DONE : read_odd(line, p, end, flavour);
        }
        p = read_word(line, &c, p, letter);
        if (line->fault != GCODE_LINE_OK)
            return READ_DONE;
        if (c.count == 1 && flavour == GCODE_MARLIN && takes_text(line->letter, line->number)) {
            settle(line, &c);
            return read_text(line, c.after, end, flavour);
        }
    }
    settle(line, &c);
    return READ_DONE;
}

/* A byte that begins no word: quoted text, text commands, something to clean away, or a fault. */
static enum outcome read_odd(struct gcode_line *line, const char *p, const char *end,
                             enum gcode_flavour flavour)
{
    const char *next;

    if (*p == '"' && flavour == GCODE_MARLIN && (next = skip_quoted(line, p, end)) != NULL) {
        if (next - line->text > GCODE_TEXT_MAX)
            return fail(line, GCODE_LINE_TOO_LONG, p);
        if (next == end || *next == ';' || *next == ' ') {
            enum outcome outcome = read_words(line, next, end, flavour);

            if (outcome == READ_DONE && line->len < next - line->text)
                line->len = (uint16_t)(next - line->text);
            return outcome;
        }
    }
    if (line->count == 0 && takes_text(*p, -1)) {
        line->letter = *p;
        return read_text(line, p + 1, end, flavour);
    }
    if ((*p == '\t' || (*p == '(' && flavour == GCODE_GRBL)) && line->text != line->copy)
        return READ_NEEDS_COPY;
    return fail(line, fault_of_byte(*p, flavour), p);
}

/* Strips "N123 ... *45". False when the line has a fault. */
static bool strip_number(struct gcode_line *line, const char **text, const char **end)
{
    const char *start = *text, *p = start + 1, *star, *comment;
    struct decimal d;

    comment = memchr(start, ';', (size_t)(*end - start));
    if (comment != NULL)
        *end = comment;
    while (p < *end && *p == ' ')
        p++;
    p = decimal_read(p, start, *end, &d);
    if (d.digits == 0 || d.digits > 9 || d.signs)
        return fail(line, GCODE_LINE_BAD_NUMBER, start) != READ_DONE;
    line->has_n = true;
    line->n = (uint32_t)d.mantissa;
    *text = p;
    star = memchr(p, '*', (size_t)(*end - p));
    if (star == NULL)
        return true;
    p = decimal_read(star + 1, start, *end, &d);
    while (p < *end && (*p == ' ' || *p == '\t'))
        p++;
    if (p < *end || d.digits == 0 || d.digits > 3 || d.signs ||
        d.mantissa != gcode_checksum(start, (size_t)(star - start)))
        return fail(line, GCODE_LINE_BAD_CHECKSUM, star) != READ_DONE;
    line->has_sum = true;
    *end = star;
    return true;
}

/* Copies the line with each tab and each comment in parentheses as one blank; cut at ';'.
 * False when it does not fit. */
static bool clean(struct gcode_line *line, const char *text, const char *end,
                  enum gcode_flavour flavour, const char **copy_end)
{
    bool comment = false;
    size_t n = 0;

    for (; text < end && (comment || *text != ';'); text++) {
        if (comment) {
            comment = *text != ')';
            continue;
        }
        if (n == sizeof line->copy)
            return false;
        comment = *text == '(' && flavour == GCODE_GRBL;
        line->copy[n++] = *text == '\t' || comment ? ' ' : *text;
    }
    *copy_end = line->copy + n;
    return true;
}

static void begin(struct gcode_line *line, const char *text)
{
    line->fault = GCODE_LINE_OK;
    line->fault_at = 0;
    line->text = text;
    line->len = 0;
    line->letter = 0;
    line->number = -1;
    line->sub = 0;
    line->has_string = false;
    line->letters = line->bare = 0;
    line->count = 0;
}

/* Any line, with its line ends removed. */
static void parse(struct gcode_line *line, const char *text, const char *end,
                  enum gcode_flavour flavour)
{
    const char *p;

    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    begin(line, text);
    line->has_n = line->has_sum = false;
    line->n = 0;
    if (text == end || *text == ';')
        return;
    if (*text == 'N' || (flavour == GCODE_GRBL && *text == 'n')) {
        if (!strip_number(line, &text, &end))
            return;
        while (text < end && (*text == ' ' || *text == '\t'))
            text++;
        line->text = text;
        if (text < end && (*text == 'N' || *text == 'n')) {
            fail(line, GCODE_LINE_BAD_FORM, text);
            return;
        }
    }
    if (read_words(line, text, end, flavour) == READ_DONE)
        return;
    if (!clean(line, text, end, flavour, &end)) {
        begin(line, text);
        fail(line, GCODE_LINE_TOO_LONG, text + GCODE_TEXT_MAX);
        return;
    }
    for (p = line->copy; p < end && *p == ' '; p++) {
    }
    memmove(line->copy, p, (size_t)(end - p));
    begin(line, line->copy);
    read_words(line, line->copy, line->copy + (end - p), flavour);
}

void gcode_line_parse_within(struct gcode_line *line, const char *text, size_t n, size_t room,
                             enum gcode_flavour flavour)
{
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        n--;
    if (room < PLAIN_ROOM || !plain_read(line, text, n))
        parse(line, text, text + n, flavour);
}

void gcode_line_parse(struct gcode_line *line, const char *text, size_t n,
                      enum gcode_flavour flavour)
{
    gcode_line_parse_within(line, text, n, n, flavour);
}
