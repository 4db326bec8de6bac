/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a plain line, without the line: what plain_read() does, in three fifths of its
 * instructions, where the processor has AVX2 and BMI2. What each byte is is told by 32 at once, and
 * the digits of a number are brought together by one shuffle. */
#include "plain_move.h"

#include <string.h>

#include "line_plain.h"
#include "plain_number.h"

#ifdef __x86_64__

#include <immintrin.h>

#define WIDE static inline __attribute__((always_inline, target("avx2,bmi,bmi2,popcnt")))

/* Sources of eight digits, the last one last, in a number of so many characters behind its sign, of
 * which `before` stand before the point; 0x80 is a zero. */
#define FROM(digit, before) (uint8_t)((digit) < 0 ? 0x80 : (digit) + ((digit) >= (before)))
#define DIGIT(i, n, before) FROM((i)-8 + (n) - ((before) < (n)), before)
#define DIGITS(n, before)                                                                          \
    {                                                                                              \
        DIGIT(0, n, before), DIGIT(1, n, before), DIGIT(2, n, before), DIGIT(3, n, before),        \
            DIGIT(4, n, before), DIGIT(5, n, before), DIGIT(6, n, before), DIGIT(7, n, before)     \
    }
#define NUMBERS(n)                                                                                 \
    {                                                                                              \
        DIGITS(n, 0), DIGITS(n, 1), DIGITS(n, 2), DIGITS(n, 3), DIGITS(n, 4), DIGITS(n, 5),        \
            DIGITS(n, 6), DIGITS(n, 7), DIGITS(n, 8)                                               \
    }
static const uint8_t sources[9][9][8] = {NUMBERS(0), NUMBERS(1), NUMBERS(2), NUMBERS(3), NUMBERS(4),
                                         NUMBERS(5), NUMBERS(6), NUMBERS(7), NUMBERS(8)};
#undef NUMBERS
#undef DIGITS
#undef DIGIT
#undef FROM

/* A line's bytes, and what they are: bit i for the i-th. Bit n stands for the end of the line. */
struct outline {
    uint64_t words, stops; /* where words begin behind the command, and where their numbers end */
    uint64_t events;       /* where numbers end or have a point */
    bool glued;            /* a word behind the first one has no blank before it */
};

WIDE uint64_t bits_of(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

WIDE uint64_t equal(const __m256i bytes[2], char to)
{
    __m256i wanted = _mm256_set1_epi8(to);

    return bits_of(_mm256_cmpeq_epi8(bytes[0], wanted), _mm256_cmpeq_epi8(bytes[1], wanted));
}

/* `count` characters from `first` on: moved to the lowest values a signed byte has. */
WIDE uint64_t among(const __m256i bytes[2], char first, char count)
{
    __m256i move = _mm256_set1_epi8((char)(-128 - first)),
            beyond = _mm256_set1_epi8((char)(-128 + count));

    return bits_of(_mm256_cmpgt_epi8(beyond, _mm256_add_epi8(bytes[0], move)),
                   _mm256_cmpgt_epi8(beyond, _mm256_add_epi8(bytes[1], move)));
}

/* False: the line is not plain. If true it is, unless a letter stands there twice. */
WIDE bool set_outline(struct outline *o, const __m256i bytes[2], size_t n)
{
    uint64_t end = (uint64_t)1 << n, inside = end - 1;
    uint64_t words = among(bytes, 'A', 26) & inside & ~(uint64_t)1;
    uint64_t digits = among(bytes, '0', 10) & inside, blanks = equal(bytes, ' ') & inside;
    uint64_t points = equal(bytes, '.') & inside, minuses = equal(bytes, '-') & inside;
    uint64_t numbers = words << 1; /* a minus may stand first, then a point, then a digit must */
    uint64_t behind = (points << 1) + digits; /* what is behind the digits behind a point */
    uint64_t begun = words & ~(blanks << 1);

    if (((words | digits | blanks | points | minuses | 1) ^ inside) | (minuses & ~numbers) |
        (blanks << 1 & ~words) | (~(words | blanks) & 4) | (behind & ~digits & points))
        return false;
    numbers += minuses;
    numbers += numbers & points;
    o->words = words;
    o->stops = begun | blanks | end;
    o->stops &= o->stops - 1; /* less that of the command */
    o->events = o->stops | points;
    o->glued = (begun & ~(uint64_t)7) != 0;
    return (numbers & ~digits) == 0;
}

/* The number of n characters, up to eight, at p, behind its sign. */
WIDE double wide_number(const char *p, size_t n, size_t before, const struct plain_scale *scale)
{
    __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)p);
    __m128i from = _mm_loadl_epi64((const __m128i *)(const void *)sources[n][before]);
    __m128i digits = _mm_and_si128(_mm_shuffle_epi8(bytes, from), _mm_set1_epi8(15));
    __m128i fours = _mm_madd_epi16(_mm_maddubs_epi16(digits, _mm_set1_epi16(0x010a)),
                                   _mm_set1_epi32(0x00010064));
    __m128i all = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x00012710));
    double mantissa = _mm_cvtsd_f64(_mm_cvtepi32_pd(all));

    return mantissa * scale->high + mantissa * scale->low;
}

WIDE bool read_values(struct plain_move *move, const char *text, struct outline *o)
{
    uint32_t letters = 0; /* bit 1 is A */
    int words = 0;

    for (; o->words != 0; o->words &= o->words - 1, words++) {
        size_t at = (size_t)__builtin_ctzll(o->words), stop = (size_t)__builtin_ctzll(o->stops);
        size_t event = (size_t)__builtin_ctzll(o->events); /* its point, or stop */
        size_t negative = text[at + 1] == '-', first = at + 1 + negative;
        uint32_t letter = (unsigned char)text[at] & 31;

        o->stops &= o->stops - 1;
        o->events &= ~(uint64_t)1 << stop;
        if (stop - first <= 8)
            move->values[letter] = wide_number(text + first, stop - first, event - first,
                                               &plain_scales[negative][8 - (stop - event)]);
        else if (!plain_number_slowly(text + at + 1, text + stop, &move->values[letter]))
            return false;
        letters |= (uint32_t)1 << letter;
    }
    move->letters = letters >> 1;
    return __builtin_popcount(letters) == words;
}

static __attribute__((target("avx2,bmi,bmi2,popcnt"))) const char *
read_wide(struct plain_move *move, const char *text)
{
    const __m256i bytes[2] = {_mm256_loadu_si256((const __m256i *)(const void *)text),
                              _mm256_loadu_si256((const __m256i *)(const void *)(text + 32))};
    size_t end = (size_t)__builtin_ctzll(equal(bytes, '\n') | (uint64_t)1 << 63);
    size_t n = end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    struct outline o;

    if (n - 4 > PLAIN_MAX - 4 || text[0] != 'G' || (text[1] & ~1) != '0' ||
        !set_outline(&o, bytes, n) || !read_values(move, text, &o))
        return NULL;
    move->number = text[1] - '0';
    if (o.glued &&
        ((move->letters & GCODE_LETTER('E')) != 0 ||
         ((move->letters & GCODE_LETTER('X')) != 0 && text[2 + (text[2] == ' ')] != 'X')))
        return NULL; /* "Y0X10" may be meant as sixteen, "X1E2" as a hundred: line.c knows */
    return text + end;
}

#endif

const char *plain_move_read_portable(struct plain_move *move, const char *text)
{
    const char *end = memchr(text, '\n', PLAIN_MOVE_ROOM);
    struct gcode_line line;
    size_t n;

    if (end == NULL)
        return NULL;
    n = (size_t)(end - text);
    if (!plain_read(&line, text, n > 0 && text[n - 1] == '\r' ? n - 1 : n))
        return NULL;
    move->number = line.number;
    move->letters = line.letters;
    for (unsigned i = 1; i < line.count; i++)
        move->values[GCODE_INDEX(line.words[i].letter)] = line.words[i].value;
    return end;
}

const char *plain_move_read(struct plain_move *move, const char *text)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return read_wide(move, text);
#endif
    return plain_move_read_portable(move, text);
}
