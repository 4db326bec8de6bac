/* SPDX-License-Identifier: Apache-2.0 */
/* G0 or G1, then words with at most one blank before each: a capital, a number of up to eight
 * characters (or any length, then more slowly), and nothing else. Where the words begin is told
 * from one bit of each byte, for the whole line at once; so no word waits for the number before it,
 * and there is one question whether all was as supposed, at the end. A branch for each thing that
 * may be odd would be what the processor guesses wrong. */
#include "line_plain.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "decimal.h"

/* 1, or -1, over a power of ten, by place of the point among eight characters (7: at the end, or
 * none; 8: none). A mantissa times `high` (29 bits) is exact, as it has 24 bits at most when there
 * is a point; with that times `low` added, the sum before rounding is off by less than 2^-80 of
 * itself. A quotient of 24 bits by at most 10^7 is further than 2^-78 from where rounding turns, so
 * the value is exactly rounded: what the division gives, which is slower. */
/* clang-format off */
static const struct scale {
    double high, low;
} scales[2][9] = {
    {{0x1.ad7f29ap-24, 0x1.795e90af0f4cap-53},
     {0x1.0c6f7ap-20, 0x1.6bdb1a6d698fep-49},
     {0x1.4f8b588p-17, 0x1.c6d1e108c3f3ep-46},
     {0x1.a36e2ebp-14, 0x1.c432ca57a786cp-46},
     {0x1.0624dd2p-10, 0x1.e353f7ced9168p-39},
     {0x1.47ae147p-7, 0x1.5c28f5c28f5c3p-36},
     {0x1.9999999p-4, 0x1.3333333333333p-33},
     {0x1p+0, 0x0p+0},
     {0x1p+0, 0x0p+0}},
    {{-0x1.ad7f29ap-24, -0x1.795e90af0f4cap-53},
     {-0x1.0c6f7ap-20, -0x1.6bdb1a6d698fep-49},
     {-0x1.4f8b588p-17, -0x1.c6d1e108c3f3ep-46},
     {-0x1.a36e2ebp-14, -0x1.c432ca57a786cp-46},
     {-0x1.0624dd2p-10, -0x1.e353f7ced9168p-39},
     {-0x1.47ae147p-7, -0x1.5c28f5c28f5c3p-36},
     {-0x1.9999999p-4, -0x1.3333333333333p-33},
     {-0x1p+0, -0x0p+0},
     {-0x1p+0, -0x0p+0}},
};
/* clang-format on */

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

/* A number longer than eight characters. 0 if it is one. */
static __attribute__((noinline, cold)) uint64_t read_slowly(const char *p, const char *end,
                                                            double *value)
{
    struct decimal d;
    const char *after = decimal_read(p, p, end, &d);

    *value = (double)d.mantissa / decimal_powers[d.decimals & 15];
    if (d.negative)
        *value = -*value;
    return after != end || d.digits == 0 || d.digits > DECIMAL_DIGITS_MAX;
}

/* The number between p and end; eight bytes from p on are readable. 0 if it is one. */
static inline uint64_t read_number(const char *p, const char *end, double *value)
{
    uint64_t bytes, negative, others, odd = 0;
    int64_t n = end - p;
    unsigned point = 56;
    const struct scale *scale;
    double mantissa;

    if (n > 8)
        return read_slowly(p, end, value);
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
    scale = &scales[negative][point / 8];
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

__attribute__((noinline)) bool plain_read_portable(struct gcode_line *line, const char *text,
                                                   size_t n)
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
    /* "Y0X10" may be meant as sixteen: line.c knows */
    return blanks + 1 >= line->count || line->words[1].letter == 'X' ||
           (line->letters & GCODE_LETTER('X')) == 0;
}

#ifdef __x86_64__

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
WIDE bool set_outline(struct outline *o, const char *text, size_t n)
{
    const __m256i bytes[2] = {_mm256_loadu_si256((const __m256i *)(const void *)text),
                              _mm256_loadu_si256((const __m256i *)(const void *)(text + 32))};
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
WIDE double wide_number(const char *p, size_t n, size_t before, const struct scale *scale)
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

/* Three quarters of the instructions of plain_read_portable() (docs/estimate.md): what each byte is
 * is told by 32 at once, and the digits of a number are brought together by one shuffle. */
static __attribute__((target("avx2,bmi,bmi2,popcnt"))) bool read_wide(struct gcode_line *line,
                                                                      const char *text, size_t n)
{
    struct gcode_word *word = line->words;
    uint32_t letters = 0; /* bit 1 is A */
    struct outline o;

    if (n - 4 > PLAIN_MAX - 4 || text[0] != 'G' || (text[1] & ~1) != '0' ||
        !set_outline(&o, text, n))
        return false;
    begin(line, text, n);
    for (; o.words != 0; o.words &= o.words - 1) {
        size_t at = (size_t)__builtin_ctzll(o.words), stop = (size_t)__builtin_ctzll(o.stops);
        size_t event = (size_t)__builtin_ctzll(o.events); /* its point, or stop */
        size_t negative = text[at + 1] == '-', first = at + 1 + negative;
        uint32_t c = (unsigned char)text[at];
        double value;

        o.stops &= o.stops - 1;
        o.events &= ~(uint64_t)1 << stop;
        if (stop - first <= 8)
            value = wide_number(text + first, stop - first, event - first,
                                &scales[negative][8 - (stop - event)]);
        else if (read_slowly(text + at + 1, text + stop, &value) != 0)
            return false;
        word++;
        word->value = value;
        word->at = (uint16_t)at;
        word->len = (uint16_t)(stop - at);
        word->letter = (char)c;
        word->has_value = true;
        line->values[c & 31] = value;
        letters |= (uint32_t)1 << (c & 31);
    }
    line->letters = letters >> 1;
    line->count = (uint8_t)(word - line->words + 1);
    if (__builtin_popcount(letters) != word - line->words)
        return false;
    return !o.glued || line->words[1].letter == 'X' || (line->letters & GCODE_LETTER('X')) == 0;
}

bool plain_read(struct gcode_line *line, const char *text, size_t n)
{
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return read_wide(line, text, n);
    return plain_read_portable(line, text, n);
}

#else

bool plain_read(struct gcode_line *line, const char *text, size_t n)
{
    return plain_read_portable(line, text, n);
}

#endif
