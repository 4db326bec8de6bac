/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded conversation with real firmware (tests/golden/transcripts) gives, through framer
 * and dialect, what its .chk here says: fed whole, byte by byte, and split at every position.
 * USINE_REBUILD_CHK=1 writes the .chk files anew; read the difference before you commit it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>

#include "describe.h"
#include "drivers/dialects.h"
#include "drivers/framer.h"

#define TRANSCRIPTS "tests/golden/transcripts"
#define CHECKS "tests/golden/drivers"

struct text {
    char *bytes;
    size_t used, size;
};

static void text_add(struct text *text, const char *bytes, size_t n)
{
    if (text->used + n + 1 > text->size) {
        text->size = (text->used + n + 1) * 2;
        text->bytes = realloc(text->bytes, text->size);
        assert_non_null(text->bytes);
    }
    memcpy(text->bytes + text->used, bytes, n);
    text->used += n;
    text->bytes[text->used] = '\0';
}

static const struct dialect *dialect_of(const char *name)
{
    if (strncmp(name, "grbl", 4) == 0)
        return &dialect_grbl;
    return strstr(name, "-laser-") != NULL ? &dialect_marlin_laser : &dialect_marlin;
}

/* The bytes the machine sent: the "<" lines, each with the line end of its firmware. */
static struct text read_received(const char *name)
{
    const char *end = strncmp(name, "grbl", 4) == 0 ? "\r\n" : "\n";
    struct text received = {NULL, 0, 0};
    char path[512], line[1024];
    FILE *file;

    snprintf(path, sizeof path, TRANSCRIPTS "/%s", name);
    file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *mark = strstr(line, " < ");

        if (line[0] == '#' || mark == NULL || strcspn(line, " ") != (size_t)(mark - line))
            continue;
        mark[strcspn(mark, "\n")] = '\0';
        text_add(&received, mark + 3, strlen(mark + 3));
        text_add(&received, end, strlen(end));
    }
    fclose(file);
    assert_true(received.used > 0);
    return received;
}

/* Feeds n bytes and appends what comes out to text. */
static void feed(struct framer *framer, const struct dialect *dialect, const char *bytes, size_t n,
                 struct text *out)
{
    struct description d;
    struct reply reply;
    const char *line;
    size_t length;

    while ((line = framer_next(framer, &bytes, &n, &length)) != NULL) {
        assert_int_equal(strlen(line), length);
        dialect->decode(line, length, &reply);
        describe(&d, &reply);
        text_add(out, d.text, strlen(d.text));
    }
    assert_int_equal(n, 0);
}

static struct text decode_in_pieces(const struct dialect *dialect, const struct text *received,
                                    size_t piece)
{
    struct text out = {NULL, 0, 0};
    struct framer framer;

    framer_init(&framer);
    for (size_t at = 0; at < received->used; at += piece)
        feed(&framer, dialect, received->bytes + at,
             received->used - at < piece ? received->used - at : piece, &out);
    return out;
}

/* A split at position p can only matter to the lines around it: for each line, that line and the
 * next are fed in two pieces, split at each of their positions, and must come out as in one piece.
 */
static void check_splits(const struct dialect *dialect, const char *bytes, size_t n)
{
    struct text whole = {NULL, 0, 0}, split = {NULL, 0, 0};
    struct framer framer;

    framer_init(&framer);
    feed(&framer, dialect, bytes, n, &whole);
    assert_int_equal(framer.used, 0);
    for (size_t p = 1; p < n; p++) {
        split.used = 0;
        framer_init(&framer);
        feed(&framer, dialect, bytes, p, &split);
        feed(&framer, dialect, bytes + p, n - p, &split);
        assert_int_equal(framer.used, 0);
        if (whole.used > 0)
            assert_string_equal(split.bytes, whole.bytes);
    }
    free(whole.bytes);
    free(split.bytes);
}

static const char *line_after(const char *p)
{
    const char *end = strchr(p, '\n');

    return end == NULL ? NULL : end + 1;
}

static void check_all_splits(const struct dialect *dialect, const struct text *received)
{
    const char *here = received->bytes;
    const char *next;

    while (here != NULL && (next = line_after(here)) != NULL) {
        const char *after = line_after(next);

        check_splits(dialect, here, (size_t)((after != NULL ? after : next) - here));
        here = next;
    }
}

static void write_check(const char *path, const struct text *decoded)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(decoded->bytes, 1, decoded->used, file), decoded->used);
    assert_int_equal(fclose(file), 0);
}

static void compare_check(const char *path, const struct text *decoded)
{
    const char *expect = decoded->bytes;
    char line[1024];
    int number = 0;
    FILE *file = fopen(path, "r");

    if (file == NULL)
        fail_msg("%s is missing: run with USINE_REBUILD_CHK=1 and read it", path);
    while (fgets(line, sizeof line, file) != NULL) {
        size_t n = strcspn(expect, "\n");

        number++;
        if (strncmp(line, expect, n) != 0 || line[n] != '\n')
            fail_msg("%s:%d: expected %s       got %.*s", path, number, line, (int)n, expect);
        expect += n + (expect[n] == '\n');
    }
    fclose(file);
    if (*expect != '\0')
        fail_msg("%s ends after line %d, but more came: %.100s", path, number, expect);
}

static void replay(const char *name)
{
    const struct dialect *dialect = dialect_of(name);
    struct text received = read_received(name);
    struct text whole = decode_in_pieces(dialect, &received, received.used);
    struct text bytewise = decode_in_pieces(dialect, &received, 1);
    char path[512];

    snprintf(path, sizeof path, CHECKS "/%.*s.chk", (int)(strlen(name) - 4), name);
    if (getenv("USINE_REBUILD_CHK") != NULL)
        write_check(path, &whole);
    compare_check(path, &whole);
    assert_string_equal(bytewise.bytes, whole.bytes);
    check_all_splits(dialect, &received);
    free(received.bytes);
    free(whole.bytes);
    free(bytewise.bytes);
}

static void every_transcript_reads_as_its_chk_says(void **state)
{
    DIR *dir = opendir(TRANSCRIPTS);
    struct dirent *entry;
    int count = 0;

    (void)state;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        size_t n = strlen(entry->d_name);

        if (n < 5 || strcmp(entry->d_name + n - 4, ".txt") != 0)
            continue;
        replay(entry->d_name);
        count++;
    }
    closedir(dir);
    assert_true(count >= 48);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_transcript_reads_as_its_chk_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
