/* SPDX-License-Identifier: Apache-2.0 */
/* G0 or G1, then words with at most one blank before each: a capital, a number of up to eight
 * characters (or any length, then more slowly), and nothing else. Where the words begin is told
 * from one bit of each byte, for the whole line at once; so no word waits for the number before it,
 * and there is one question whether all was as supposed, at the end. A branch for each thing that
 * may be odd would be what the processor guesses wrong. */
#include "line_plain.h"

#include <string.h>

#include "decimal.h"
#include "plain_number.h"

/* Bit i for the i-th byte that has bit 6 set. Of what may be in such a line, only capitals have. */
static inline uint64_t capitals(const char *text)
{
    uint64_t found = 0, bytes;

    for (unsigned i = 0; i < PLAIN_MAX / 8; i++) {
        memcpy(&bytes, text + 8 * i, 8);
        /* each bit goes to its place in the highest byte */
        found |= ((bytes & 0x4040404040404040u) * 0x0004081020408102u >> 56) << (8 * i);
    }
    return found;
}

/* The number between p and end; eight bytes from p on are readable. 0 if it is one. */
static inline uint64_t read_number(const char *p, const char *end, double *value)
{
    uint64_t bytes, negative, others, odd = 0;
    int64_t n = end - p;
    unsigned point = 56;
    const struct plain_scale *scale;
    double mantissa;

    if (n > 8)
        return !plain_number_slowly(p, end, value);
    memcpy(&bytes, p, 8);
    negative = (bytes & 0xff) == '-';
    n -= (int64_t)negative;
    bytes = as_digits(bytes) >> (8 * negative) << ((64 - 8 * n) & 63); /* zeros in front */
    others = non_digits(bytes);
    if (others != 0) {
        uint64_t before;

        point = (unsigned)__builtin_ctzll(others) & 56;
        before = bytes & (((uint64_t)1 << point) - 1);
        odd = (others & (others - 1)) | ((bytes >> point & 0xff) ^ ('.' ^ '0'));
        bytes -= (uint64_t)('.' ^ '0') << point;
        bytes += (before << 8) - before;
        n--;
    }
    mantissa = (double)(int64_t)digits_value(bytes);
    scale = &plain_scales[negative][point / 8];
    *value = mantissa * scale->high + mantissa * scale->low;
    return odd | (n <= 0);
}

/* What every plain line has in common. */
static inline void begin(struct gcode_line *line, const char *text, size_t n)
{
    line->fault = GCODE_LINE_OK;
    line->fault_at = 0;
    line->text = text;
    line->len = (uint16_t)n;
    line->letter = 'G';
    line->number = text[1] - '0';
    line->sub = 0;
    line->has_n = line->has_sum = line->has_string = false;
    line->n = line->bare = 0;
    line->words[0].value = text[1] - '0';
    line->words[0].at = 0;
    line->words[0].len = 2;
    line->words[0].letter = 'G';
    line->words[0].has_value = true;
}

bool plain_read(struct gcode_line *line, const char *text, size_t n)
{
    struct gcode_word *word = line->words;
    uint32_t letters = 0, bad = 0; /* bit 1 is A */
    uint64_t odd = 0, words;
    size_t first, blanks = 1;

    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || n < 4 || n > PLAIN_MAX || text[0] != 'G' ||
        (text[1] != '0' && text[1] != '1') || text[n - 1] == ' ')
        return false;
    words = capitals(text) & (((uint64_t)1 << n) - 1);
    words = (words & ~(uint64_t)1) | (uint64_t)1 << n; /* as if one followed the end */
    first = (size_t)__builtin_ctzll(words);
    if (first != 2 && (first != 3 || text[2] != ' '))
        return false;
    begin(line, text, n);
    for (size_t at = first, next; at != n; at = next) {
        uint32_t c = (unsigned char)text[at], letter = (uint32_t)1 << (c & 31);
        size_t blank;

        words &= words - 1;
        next = (size_t)__builtin_ctzll(words);
        blank = text[next - 1] == ' ';
        blanks += blank;
        word++;
        odd |= read_number(text + at + 1, text + next - blank, &word->value);
        word->at = (uint16_t)at;
        word->len = (uint16_t)(next - blank - at);
        word->letter = (char)c;
        word->has_value = true;
        line->values[c & 31] = word->value;
        bad |= (c & 0xa0) | (letters & letter);
        letters |= letter;
    }
    line->letters = letters >> 1;
    line->count = (uint8_t)(word - line->words + 1);
    if ((odd | bad | (letters & ~((GCODE_LETTER('Z') << 2) - 2))) != 0)
        return false;
    /* "Y0X10" may be meant as sixteen, "X1E2" as a hundred: line.c knows */
    return blanks + 1 >= line->count ||
           ((line->letters & GCODE_LETTER('E')) == 0 &&
            (line->words[1].letter == 'X' || (line->letters & GCODE_LETTER('X')) == 0));
}
