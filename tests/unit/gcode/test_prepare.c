/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gcode/checksum.h"
#include "gcode/prepare.h"
#include "profiles.h"

/* A file of its own for a test; the caller unlinks. */
static void write_file(char path[64], const char *text, size_t n)
{
    FILE *file;
    int fd;

    snprintf(path, 64, "/tmp/usine-prepare-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    file = fdopen(fd, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void append(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void append(char *out, size_t size, const char *format, ...)
{
    size_t used = strlen(out);
    va_list args;

    va_start(args, format);
    assert_true(vsnprintf(out + used, size - used, format, args) < (int)(size - used));
    va_end(args);
}

static void describe(const struct prepared_line *line, char *out, size_t size)
{
    static const char *const names[] = {"none", "pause", "message", "nozzle", "bed", "progress"};

    if (line->kind == PREPARED_SEND)
        append(out, size, "%llu>%.*s\n", (unsigned long long)line->number, (int)line->len,
               line->text);
    else
        append(out, size, "%llu:%s %g %g%s \"%.*s\"\n", (unsigned long long)line->number,
               names[line->action], line->value, line->left_min,
               line->wait_cooling ? " cooling" : "", (int)line->len, line->text);
}

/* All that comes out of text, one line each. */
static enum err prepare(const char *text, const struct profile *profile, char *out, size_t size)
{
    struct prepared *prepared = NULL;
    struct prepared_line line;
    char path[64];
    bool end = false;
    enum err err;

    out[0] = '\0';
    write_file(path, text, strlen(text));
    assert_int_equal(prepared_open(&prepared, path, profile), ERR_OK);
    while ((err = prepared_next(prepared, &line, &end)) == ERR_OK && !end)
        describe(&line, out, size);
    prepared_close(prepared);
    unlink(path);
    return err;
}

static void a_print_is_stripped_and_its_waits_become_watching(void **state)
{
    char out[2048];

    (void)state;
    assert_int_equal(prepare("\xef\xbb\xbf; made by hand\n"
                             "M862.3 P \"MK3S\" ; model\n"
                             "M115 U3.11.0\r\n"
                             "M109 S215.5 T0 ; heat\n"
                             "M190 R60\n"
                             "  G28 W\n"
                             "M117 Layer 1 ; of 2\n"
                             "G1 X10 Y10   E1 F1200\n"
                             "\n"
                             "M73 P10 R12\nM73 Q10 S12\n"
                             "M0 Check it\nM600\n"
                             "M104 S0",
                             &profile_mk3, out, sizeof out),
                     ERR_OK);
    assert_string_equal(out, "0>M104 S215.5 T0\n"
                             "1:nozzle 215.5 0 \"\"\n"
                             "1>M140 S60\n"
                             "2:bed 60 0 cooling \"\"\n"
                             "2>G28 W\n"
                             "3:message 0 0 \"Layer 1\"\n"
                             "3>G1 X10 Y10   E1 F1200\n"
                             "4:progress 10 12 \"\"\n"
                             "4:pause 0 0 \"Check it\"\n"
                             "4:pause 0 0 \"change the filament\"\n"
                             "4>M104 S0\n");
}

static void a_laser_file_keeps_its_text_but_default_words(void **state)
{
    char out[2048];

    (void)state;
    assert_int_equal(prepare("(header) \nG00 G17 G40 G21 G54\nG54\nG90\nM4 S0\n"
                             "g1x10y5s200f600 (cut)\nG1 X12 (a) S0\nM5\nM2\n",
                             &profile_grbl_600x400, out, sizeof out),
                     ERR_OK);
    assert_string_equal(out, "0>G00 G17 G21\n1>G90\n2>M4 S0\n3>g1x10y5s200f600\n"
                             "4>G1 X12   S0\n5>M5\n6>M2\n");
}

static void what_the_policy_refuses_ends_the_stream(void **state)
{
    char out[2048], path[64];
    struct prepared *prepared;
    struct prepared_line line;
    bool end;

    (void)state;
    assert_int_equal(prepare("G21\nM500\nG90\n", &profile_mk3, out, sizeof out), ERR_INVALID);
    assert_string_equal(out, "0>G21\n");
    assert_int_equal(prepare("M4 S0\nG1 X1 S5 F100\n", &profile_grbl_600x400, out, sizeof out),
                     ERR_INVALID); /* the beam stays on */
    write_file(path, "M500\nG21\n", 9);
    assert_int_equal(prepared_open(&prepared, path, &profile_mk3), ERR_OK);
    for (int i = 0; i < 3; i++) /* and nothing more comes */
        assert_int_equal(prepared_next(prepared, &line, &end), ERR_INVALID);
    prepared_close(prepared);
    unlink(path);
}

static void files_that_cannot_be_read_say_so(void **state)
{
    struct prepared *prepared = NULL;
    struct prepared_line line;
    bool end;

    (void)state;
    assert_int_equal(prepared_open(&prepared, "/nonexistent/x.gcode", &profile_mk3), ERR_NOT_FOUND);
    assert_int_equal(prepared_open(&prepared, "/tmp", &profile_mk3), ERR_OK);
    assert_int_equal(prepared_next(prepared, &line, &end), ERR_DISK); /* a folder */
    prepared_close(prepared);
    prepared_close(NULL);
}

static void file_lines_and_offsets_are_those_of_the_file(void **state)
{
    static const char text[] = "; one\r\nG21\n\nG90 ; x\nM104 S0";
    struct prepared *prepared;
    struct prepared_line line;
    char path[64];
    bool end;

    (void)state;
    write_file(path, text, sizeof text - 1);
    assert_int_equal(prepared_open(&prepared, path, &profile_mk3), ERR_OK);
    while (prepared_next(prepared, &line, &end) == ERR_OK && !end)
        assert_memory_equal(text + line.file_offset, line.text, line.len);
    assert_int_equal(prepared_seek(prepared, 2, false), ERR_OK);
    assert_int_equal(prepared_next(prepared, &line, &end), ERR_OK);
    assert_int_equal(line.file_line, 5);
    prepared_close(prepared);
    unlink(path);
}

struct transcript {
    char text[1 << 20];
    size_t used;
    size_t starts[8192]; /* where what follows line k - 1 begins */
    uint64_t count;
};

static void read_through(struct prepared *prepared, struct transcript *whole)
{
    struct prepared_line line;
    bool end = false;

    whole->used = 0;
    whole->count = 0;
    whole->starts[0] = 0;
    while (prepared_next(prepared, &line, &end) == ERR_OK && !end) {
        whole->text[whole->used] = '\0';
        describe(&line, whole->text + whole->used, sizeof whole->text - whole->used);
        whole->used += strlen(whole->text + whole->used);
        if (line.kind == PREPARED_SEND)
            whole->starts[++whole->count] = whole->used;
    }
    assert_true(end && whole->count > 50 && whole->count < 8190);
}

/* From line k on, twenty things are as they were. */
static void check_seek(struct prepared *prepared, const struct transcript *whole, uint64_t k)
{
    struct prepared_line line;
    char text[4096] = "";
    bool end = false;

    assert_int_equal(prepared_seek(prepared, k, false), ERR_OK);
    for (int i = 0; i < 20; i++) {
        if (prepared_next(prepared, &line, &end) != ERR_OK || end)
            break;
        describe(&line, text, sizeof text);
    }
    assert_memory_equal(text, whole->text + whole->starts[k], strlen(text));
    assert_int_equal(prepared_seek(prepared, k, true), ERR_OK);
    assert_int_equal(prepared_next(prepared, &line, &end), ERR_OK);
    assert_true(end == (k == whole->count));
    assert_true(end || (line.kind == PREPARED_SEND && line.number == k));
}

static void seeking_gives_what_reading_through_gives(void **state)
{
    static const struct {
        const char *path;
        const struct profile *profile;
    } files[] = {{"tests/samples/impression/mk3_repere-lot_0.20.gcode", &profile_mk3},
                 {"tests/samples/laser/grbl_ecran_x1.nc", &profile_grbl_600x400}};
    struct transcript *whole = malloc(sizeof *whole);

    (void)state;
    assert_non_null(whole);
    for (size_t f = 0; f < 2; f++) {
        struct prepared *prepared;

        assert_int_equal(prepared_open(&prepared, files[f].path, files[f].profile), ERR_OK);
        read_through(prepared, whole);
        for (uint64_t k = 0; k <= whole->count; k += k < 200 ? 1 : 61)
            check_seek(prepared, whole, k);
        assert_int_equal(prepared_seek(prepared, whole->count + 1, false), ERR_INVALID);
        prepared_close(prepared);
    }
    free(whole);
}

/* The prepared stream of each sample, by its hash: a change here is a change of what machines get,
 * and must come with a new POLICY_VERSION. */
static void the_prepared_stream_of_every_sample_is_stable(void **state)
{
    char text[HASH_TEXT_SIZE], all[8192] = "";
    FILE *file;
    char wanted[8192] = "";
    uint64_t lines;

    (void)state;
    for (unsigned i = 0; i < sample_count; i++) {
        enum err err = prepared_hash(samples[i].path, samples[i].profile, text, &lines);

        if (err != ERR_OK)
            fail_msg("%s for %s: %s", samples[i].path, samples[i].profile->id, err_words(err));
        append(all, sizeof all, "%s %llu %s %s\n", text, (unsigned long long)lines,
               samples[i].profile->id, samples[i].path);
    }
    file = fopen("tests/unit/gcode/prepared.txt", "r");
    assert_non_null(file);
    wanted[fread(wanted, 1, sizeof wanted - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(all, wanted);
}

/* Each line of each sample fits the buffer of the machine it is for. */
static void every_prepared_line_fits_the_wire(void **state)
{
    char wire[256];

    (void)state;
    for (unsigned i = 0; i < sample_count; i++) {
        struct prepared *prepared;
        struct prepared_line line;
        bool end = false;

        assert_int_equal(prepared_open(&prepared, samples[i].path, samples[i].profile), ERR_OK);
        while (prepared_next(prepared, &line, &end) == ERR_OK && !end) {
            if (line.kind != PREPARED_SEND)
                continue;
            if (samples[i].profile->flavour == GCODE_GRBL)
                assert_true(line.len <= 79);
            else
                assert_true(gcode_number_line(wire, sizeof wire, 99999999, line.text, line.len) <=
                            96);
        }
        assert_true(end);
        prepared_close(prepared);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_print_is_stripped_and_its_waits_become_watching),
        cmocka_unit_test(a_laser_file_keeps_its_text_but_default_words),
        cmocka_unit_test(what_the_policy_refuses_ends_the_stream),
        cmocka_unit_test(files_that_cannot_be_read_say_so),
        cmocka_unit_test(file_lines_and_offsets_are_those_of_the_file),
        cmocka_unit_test(seeking_gives_what_reading_through_gives),
        cmocka_unit_test(the_prepared_stream_of_every_sample_is_stable),
        cmocka_unit_test(every_prepared_line_fits_the_wire),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
