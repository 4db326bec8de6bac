/* SPDX-License-Identifier: Apache-2.0 */
/* The usual line is read by other ways than the rest, for speed. There is one tokeniser all the
 * same: whatever the line, all ways give the same, to the bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "gcode/line_plain.h"
#include "gcode/plain_move.h"
#include "profiles.h"

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_words(const struct gcode_line *a, const struct gcode_line *b)
{
    for (unsigned i = 0; i < a->count; i++) {
        const struct gcode_word *u = &a->words[i], *v = &b->words[i];

        if (u->letter != v->letter || u->has_value != v->has_value ||
            !same_bits(u->value, v->value) || u->at != v->at || u->len != v->len)
            return false;
    }
    for (char letter = 'A'; letter <= 'Z'; letter++)
        if ((a->letters & GCODE_LETTER(letter)) != 0 &&
            !same_bits(a->values[GCODE_INDEX(letter)], b->values[GCODE_INDEX(letter)]))
            return false;
    return true;
}

static bool same(const struct gcode_line *a, const struct gcode_line *b)
{
    return a->fault == b->fault && a->fault_at == b->fault_at && a->len == b->len &&
           a->letter == b->letter && a->number == b->number && a->sub == b->sub &&
           a->has_n == b->has_n && a->has_sum == b->has_sum && a->has_string == b->has_string &&
           a->n == b->n && a->letters == b->letters && a->bare == b->bare && a->count == b->count &&
           memcmp(a->text, b->text, a->len) == 0 && same_words(a, b);
}

static bool same_move(const struct gcode_line *line, const struct plain_move *move)
{
    bool same = line->fault == GCODE_LINE_OK && gcode_line_is(line, 'G', move->number) &&
                !line->has_n && line->bare == 0 && line->letters == move->letters;

    for (char letter = 'A'; same && letter <= 'Z'; letter++)
        same = (line->letters & GCODE_LETTER(letter)) == 0 ||
               same_bits(line->values[GCODE_INDEX(letter)], move->values[GCODE_INDEX(letter)]);
    return same;
}

/* The line with its end in a larger text, as the analyser reads it. True if it was plain. */
static bool compare_move(const struct gcode_line *general, char *larger, size_t n)
{
    struct plain_move move, portable;
    const char *end, *portable_end;

    larger[n] = '\n';
    end = plain_move_read(&move, larger);
    portable_end = plain_move_read_portable(&portable, larger);
    if (memchr(larger, '\n', n) != NULL)
        return false; /* it ends before */
    if ((end != NULL && (end != larger + n || !same_move(general, &move))) ||
        (portable_end != NULL && (portable_end != larger + n || !same_move(general, &portable))) ||
        (end != NULL && portable_end == NULL))
        fail_msg("the move \"%.*s\" is read in two ways", (int)n, larger);
    return end != NULL;
}

/* Reads n bytes alone, which is the general way, and as part of a larger text. True if the line was
 * plain. */
static bool compare(const char *text, size_t n, struct random *r)
{
    static const char behind[] = " X1Y-2.5\n;*E0.@z\r\t\xff";
    char *alone = malloc(n + 1), *larger = malloc(n + PLAIN_MOVE_ROOM);
    struct gcode_line general, within, plain;
    bool is_plain = false;

    assert_non_null(alone);
    assert_non_null(larger);
    memcpy(alone, text, n);
    memcpy(larger, text, n);
    for (size_t i = n; i < n + PLAIN_MOVE_ROOM; i++)
        larger[i] = behind[draw(r, sizeof behind - 1)];
    for (enum gcode_flavour flavour = GCODE_MARLIN; flavour <= GCODE_GRBL; flavour++) {
        gcode_line_parse(&general, alone, n, flavour);
        gcode_line_parse_within(&within, larger, n, n + PLAIN_ROOM, flavour);
        is_plain = plain_read(&plain, larger, n);
        if (!same(&general, &within) || (is_plain && !same(&general, &plain)))
            fail_msg("\"%.*s\" is read in two ways (flavour %d)", (int)n, text, (int)flavour);
    }
    if (!compare_move(&general, larger, n) && is_plain && memchr(text, '+', n) == NULL)
        fail_msg("\"%.*s\" is plain, but no plain move", (int)n, text);
    free(alone);
    free(larger);
    return is_plain;
}

static size_t put_number(char *out, struct random *r)
{
    unsigned digits = draw(r, 8) == 0 ? draw(r, 18) : draw(r, 7), point = draw(r, digits + 2);
    size_t n = 0;

    if (draw(r, 4) == 0)
        out[n++] = draw(r, 10) == 0 ? '+' : '-';
    for (unsigned i = 0; i < digits; i++) {
        if (i == point)
            out[n++] = '.';
        out[n++] = (char)('0' + (draw(r, 3) == 0 ? 0 : draw(r, 10)));
    }
    if (point == digits)
        out[n++] = '.';
    return n;
}

/* A line such as slicers write, now and then with another letter or blank. At most 128 bytes. */
static size_t put_line(char *out, struct random *r)
{
    static const char letters[] = "XYZEFSIJXYEXYE";
    unsigned words = 1 + draw(r, 4);
    bool spaced = draw(r, 3) != 0;
    size_t n = 2;

    out[0] = 'G';
    out[1] = (char)('0' + (draw(r, 20) == 0 ? draw(r, 10) : draw(r, 2)));
    for (unsigned i = 0; i < words; i++) {
        if (spaced ? draw(r, 40) != 0 : draw(r, 40) == 0)
            out[n++] = ' ';
        out[n++] = draw(r, 30) == 0 ? (char)('@' + draw(r, 64)) : letters[draw(r, 14)];
        n += put_number(out + n, r);
    }
    if (draw(r, 30) == 0)
        out[n++] = ' ';
    if (draw(r, 10) == 0)
        out[n++] = '\r';
    return n;
}

static void random_lines_are_read_in_one_way(void **state)
{
    static const char hostile[] = " .-+0;(\"*N\tGXE\\\x80\xb0\xff@[`{:/";
    struct random r = {2020};
    char line[160];
    unsigned plain = 0;

    (void)state;
    for (unsigned i = 0; i < 30000; i++) {
        size_t n = put_line(line, &r);

        plain += compare(line, n, &r);
        line[draw(&r, (unsigned)n)] = hostile[draw(&r, sizeof hostile - 1)];
        compare(line, n, &r);
        compare(line, draw(&r, (unsigned)n), &r);
    }
    assert_in_range(plain, 9000, 27000); /* both ways were taken */
}

/* Each byte in each place of a plain line, and each length of it. */
static void any_byte_in_any_place_is_read_in_one_way(void **state)
{
    static const char model[] = "G1 X-12.5 Y.125 E1234567 F1800.0";
    struct random r = {1};
    char line[sizeof model];

    (void)state;
    for (size_t at = 0; at < sizeof model - 1; at++) {
        compare(model, at, &r);
        memcpy(line, model, sizeof model);
        for (unsigned byte = 0; byte < 256; byte++) {
            line[at] = (char)byte;
            compare(line, sizeof model - 1, &r);
        }
    }
}

/* The number as strtod() reads it: exactly rounded. */
static void numbers_are_exactly_rounded(void **state)
{
    char text[PLAIN_MAX + PLAIN_ROOM] = "";
    struct gcode_line line;
    int n;

    (void)state;
    for (unsigned mantissa = 0; mantissa < 10000000; mantissa += mantissa < 2000 ? 1 : 1511)
        for (unsigned decimals = 0; decimals < 7; decimals++) {
            char digits[9];

            snprintf(digits, sizeof digits, "%07u", mantissa);
            n = snprintf(text, sizeof text, "G1 X%.*s.%s", (int)(7 - decimals), digits,
                         digits + 7 - decimals);
            assert_true(plain_read(&line, text, (size_t)n));
            assert_true(same_bits(line.words[1].value, strtod(text + 4, NULL)));
        }
}

static void the_samples_are_read_in_one_way(void **state)
{
    struct random r = {3};
    char line[1024];
    unsigned plain = 0, moves = 0;

    (void)state;
    for (unsigned i = 0; i < sample_count; i++) {
        FILE *file = fopen(samples[i].path, "r");

        assert_non_null(file);
        for (unsigned count = 0; count < 3000 && fgets(line, sizeof line, file) != NULL; count++) {
            moves += strncmp(line, "G1 ", 3) == 0;
            plain += compare(line, strcspn(line, "\n"), &r);
        }
        fclose(file);
    }
    assert_true(plain > moves / 10 * 9); /* it is the usual line indeed */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lines_are_read_in_one_way),
        cmocka_unit_test(any_byte_in_any_place_is_read_in_one_way),
        cmocka_unit_test(numbers_are_exactly_rounded),
        cmocka_unit_test(the_samples_are_read_in_one_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
