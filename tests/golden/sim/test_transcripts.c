/* SPDX-License-Identifier: Apache-2.0 */
/* The emulated boards answer as the recorded ones did: the host's side of each transcript is sent
 * to them in virtual time, and what they say is compared line by line. README.md in this folder
 * says what is compared how, and why. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/grbl.h"
#include "sim/marlin.h"

#define FOLDER "tests/golden/transcripts/"

enum { LINES = 4000, TEXT = 300, PATIENCE_S = 900 };

enum rule {
    CHATTER = 1, /* busy, temperature and status reports are compared too */
    ROOMS = 2,   /* the P and B counts of ok too */
};

struct row {
    const char *file;
    int rules;
    double until_s; /* compared up to here; 0: to the end */
    double mishap_at_s;
    enum mishap mishap;
    bool blank;  /* its EEPROM was erased */
    bool locked; /* $22=1 had been stored, and the settings of `rig` with it */
};

/* clang-format off */
static const struct row rows[] = {
    { "marlin-2.1.2.7-full-abort-moves-rt.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-abort-wait-m108.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-boot.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-emergency-numbered.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-emergency-stop.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-emergency-while-heating.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-fault-heating-failed.txt", ROOMS, 0, 2, MISHAP_RUNAWAY, 0, 0 },
    { "marlin-2.1.2.7-full-fault-mintemp.txt", CHATTER | ROOMS, 0, 5.3, MISHAP_MINTEMP, 0, 0 },
    { "marlin-2.1.2.7-full-fault-thermal-runaway.txt", ROOMS, 0, 215, MISHAP_RUNAWAY, 0, 0 },
    { "marlin-2.1.2.7-full-filament-change.txt", 0, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-keepalive.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-kill-button.txt", CHATTER | ROOMS, 0, 4.35, MISHAP_KILL, 0, 0 },
    { "marlin-2.1.2.7-full-lines-and-checksums.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-motion.txt", 0, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-objects-and-eeprom.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-prompts.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-rx-overrun.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-soft-reset.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-full-temperatures.txt", ROOMS, 54, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-laser-boot.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-laser-emergency-stop.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-laser-laser.txt", 0, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-abort-wait-m108.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-boot.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-emergency-numbered.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-emergency-stop.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-emergency-while-heating.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-lines-and-checksums.txt", CHATTER | ROOMS, 0, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-plain-temperatures.txt", ROOMS, 54, 0, 0, 0, 0 },
    { "marlin-2.1.2.7-wait-idle-wait.txt", ROOMS, 0, 0, 0, 0, 0 },
    { "grbl-1.1h-avr-boot.txt", CHATTER, 0, 0, 0, true, 0 },
    { "grbl-1.1h-avr-errors.txt", CHATTER, 0, 0, 0, true, 0 },
    { "grbl-1.1h-avr-first-boot.txt", CHATTER, 0, 0, 0, true, 0 },
    { "grbl-1.1h-avr-hard-limit.txt", CHATTER, 0, 3.6, MISHAP_LIMIT, 0, 0 },
    { "grbl-1.1h-avr-hold-resume.txt", 0, 0, 0, 0, 0, 0 },
    { "grbl-1.1h-avr-homing-and-limits.txt", CHATTER, 48.77, 0, 0, 0, true },
    { "grbl-1.1h-avr-jog.txt", 0, 0, 0, 0, 0, 0 },
    { "grbl-1.1h-avr-laser.txt", 0, 0, 0, 0, 0, 0 },
    { "grbl-1.1h-avr-locked-boot.txt", CHATTER, 54, 0, 0, 0, true },
    { "grbl-1.1h-avr-soft-reset-mid-job.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "grbl-1.1h-avr-stream-char-count.txt", 0, 24.6, 0, 0, true, 0 },
    { "grblhal-20260817-boot.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-errors.txt", CHATTER, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-hold-resume.txt", 0, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-jog.txt", 0, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-laser.txt", 0, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-soft-reset-mid-job.txt", 0, 0, 0, 0, 0, 0 },
    { "grblhal-20260817-stream-char-count.txt", 0, 45.8, 0, 0, 0, 0 },
};
/* clang-format on */

struct line {
    double at_s;
    char kind; /* '>' line, '!' bytes, '<' heard */
    size_t n;
    char text[TEXT];
};

struct replay {
    const struct row *row;
    struct board *board;
    struct line *lines; /* of the transcript */
    size_t count;
    char (*said)[TEXT];
    size_t said_count;
    char half[TEXT * 20]; /* what the board said and has not ended with a newline */
    size_t half_used;
    bool struck;
};

static size_t unescape(char *text)
{
    char *to = text;

    for (const char *c = text; *c != '\0'; c++) {
        unsigned value;

        if (c[0] == '\\' && c[1] == 'x' && sscanf(c + 2, "%2x", &value) == 1) {
            *to++ = (char)value;
            c += 3;
        } else {
            *to++ = *c;
        }
    }
    *to = '\0';
    return (size_t)(to - text);
}

static void load(struct replay *r, const char *file)
{
    char path[256], text[TEXT + 40];
    FILE *in;

    snprintf(path, sizeof path, FOLDER "%s", file);
    in = fopen(path, "r");
    assert_non_null(in);
    while (fgets(text, sizeof text, in) != NULL) {
        struct line *l = &r->lines[r->count];
        char *at;

        if (text[0] == '#')
            continue;
        text[strcspn(text, "\n")] = '\0';
        l->at_s = strtod(text, &at);
        l->kind = at[1] == '>' && at[2] == '!' ? '!' : at[1];
        at += l->kind == '!' ? 3 : 2;
        snprintf(l->text, sizeof l->text, "%s", *at == ' ' ? at + 1 : at);
        l->n = l->kind == '!' ? unescape(l->text) : strlen(l->text);
        if (l->kind == '>')
            l->text[l->n++] = '\n';
        assert_true(++r->count < LINES);
    }
    fclose(in);
}

/* Every run of digits, with its sign and point, becomes one '#'. */
static void hide_numbers(char *at)
{
    char *to = at;

    while (*at != '\0') {
        if (isdigit((unsigned char)*at) || (*at == '-' && isdigit((unsigned char)at[1]))) {
            at += 1 + strspn(at + 1, "0123456789.");
            *to++ = '#';
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
}

/* Times, temperatures, positions, dates and identities aside. False: not compared at all. */
static bool normalise(char *text, int rules)
{
    bool report = strncmp(text, " T:", 3) == 0 || text[0] == '<' || strcmp(text, "wait") == 0 ||
                  strncmp(text, "echo:busy", 9) == 0;
    char *at;

    if (strcmp(text, "x86_64 Initialized") == 0 || (report && (rules & CHATTER) == 0))
        return false;
    if ((at = strstr(text, "FIRMWARE_NAME:")) != NULL) {
        char *type = strstr(text, "SOURCE_CODE_URL"), *uuid = strstr(text, " UUID:");

        if (uuid != NULL)
            *uuid = '\0';
        if (type != NULL)
            memmove(text + 14, type, strlen(type) + 1);
    } else if (report || strstr(text, "T:") != NULL || strncmp(text, "X:", 2) == 0) {
        if ((at = strstr(text, " W:")) != NULL)
            at[3] = '\0';
        hide_numbers(text);
    } else if (strncmp(text, "ok", 2) == 0 && (rules & ROOMS) == 0) {
        hide_numbers(text);
    }
    return true;
}

static void keep(struct replay *r, const char *text)
{
    char line[TEXT];

    snprintf(line, sizeof line, "%s", text);
    line[strcspn(line, "\r")] = '\0';
    if (normalise(line, r->row->rules) && r->said_count < LINES)
        strcpy(r->said[r->said_count++], line);
}

static void hear(struct replay *r)
{
    size_t n;
    const char *bytes = buf_peek(&r->board->out, &n);

    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != '\n' && r->half_used < TEXT - 1) {
            r->half[r->half_used++] = bytes[i];
            continue;
        }
        r->half[r->half_used] = '\0';
        keep(r, r->half);
        r->half_used = 0;
    }
    buf_drop(&r->board->out, n);
}

static void pass_some(struct replay *r, double seconds)
{
    int64_t end = r->board->now_us + (int64_t)(seconds * 1e6);

    if (r->row->mishap_at_s > 0 && !r->struck && (double)end * 1e-6 >= r->row->mishap_at_s) {
        board_advance(r->board, (int64_t)(r->row->mishap_at_s * 1e6));
        board_befall(r->board, r->row->mishap, 0);
        r->struck = true;
    }
    board_advance(r->board, end);
    hear(r);
}

/* In steps, or the board's wire would overflow with reports. */
static void pass(struct replay *r, double seconds)
{
    for (; seconds > 1; seconds -= 1)
        pass_some(r, 1);
    pass_some(r, seconds);
}

/* The recorded host went on when it had its answers, so ours waits until the board has said as much
 * as the real one had by then. */
static void wait_for(struct replay *r, size_t expected)
{
    for (int i = 0; i < PATIENCE_S * 10 && r->said_count < expected; i++)
        pass(r, 0.1);
}

static void send(struct replay *r, const struct line *l, size_t *i, double until)
{
    char bytes[TEXT * 80];
    size_t n = 0;
    double at = l->at_s;

    /* what was written in one go arrives in one go */
    for (; *i < r->count && r->lines[*i].kind != '<' && r->lines[*i].at_s - at < 0.0005; ++*i) {
        if (until > 0 && r->lines[*i].at_s > until)
            break;
        memcpy(bytes + n, r->lines[*i].text, r->lines[*i].n);
        n += r->lines[*i].n;
    }
    board_receive(r->board, bytes, n);
    hear(r);
}

static void compare(struct replay *r, size_t expected_count, char (*expected)[TEXT])
{
    for (size_t i = 0; i < expected_count && i < r->said_count; i++)
        if (strcmp(expected[i], r->said[i]) != 0)
            fail_msg("%s: answer %zu is\n  \"%s\", the real board said\n  \"%s\" (after \"%s\")",
                     r->row->file, i + 1, r->said[i], expected[i], i > 0 ? expected[i - 1] : "");
    if (r->said_count < expected_count || (r->said_count > expected_count && r->row->until_s <= 0))
        fail_msg("%s: %zu answers, the real board gave %zu; ours ends \"%s\", it ends \"%s\"",
                 r->row->file, r->said_count, expected_count,
                 r->said_count > 0 ? r->said[r->said_count - 1] : "",
                 expected_count > 0 ? expected[expected_count - 1] : "");
}

static void run(struct replay *r)
{
    char(*expected)[TEXT] = calloc(LINES, sizeof *expected);
    size_t expected_count = 0;
    double last = 0, until = r->row->until_s;

    r->board->ops->power_on(r->board);
    for (size_t i = 0; i < r->count;) {
        struct line *l = &r->lines[i];

        if (until > 0 && l->at_s > until)
            break;
        if (l->kind == '<') {
            char line[TEXT];

            snprintf(line, sizeof line, "%s", l->text);
            if (normalise(line, r->row->rules))
                strcpy(expected[expected_count++], line);
            i++;
            continue;
        }
        pass(r, l->at_s - last);
        wait_for(r, expected_count);
        last = l->at_s;
        send(r, l, &i, until);
    }
    pass(r,
         r->lines[r->count - 1].at_s > last && until <= 0 ? r->lines[r->count - 1].at_s - last : 0);
    wait_for(r, expected_count);
    compare(r, expected_count, expected);
    free(expected);
}

static struct board *make(const struct row *row)
{
    const char *const prefix = "marlin-2.1.2.7-";
    char build[16];
    struct marlin *m;
    struct grbl *g;

    if (strncmp(row->file, prefix, strlen(prefix)) == 0) {
        snprintf(build, sizeof build, "%.*s", (int)strcspn(row->file + strlen(prefix), "-"),
                 row->file + strlen(prefix));
        m = calloc(1, sizeof *m);
        marlin_init(m, marlin_build(build), "rig", 1);
        return &m->board;
    }
    g = calloc(1, sizeof *g);
    grbl_init(g, "rig", 1);
    g->blank = row->blank;
    g->deaf_s = 2.4; /* the recorded board was slow */
    if (strncmp(row->file, "grblhal", 7) == 0) {
        grbl_make_hal(g);
        g->deaf_s = 0.1;
    }
    for (int i = 0; i < 3 && row->locked; i++) {
        grbl_set(g, 110 + i, i < 2 ? 6000 : 3000);
        grbl_set(g, 120 + i, i < 2 ? 500 : 200);
    }
    if (row->locked) {
        grbl_set(g, 20, 1);
        grbl_set(g, 22, 1);
        grbl_set(g, 24, 100);
        grbl_set(g, 25, 3000);
        grbl_set(g, 32, 1);
    }
    return &g->board;
}

static void the_emulated_board_answers_as_the_recorded_one(void **state)
{
    struct replay r = {.row = *state};

    r.lines = calloc(LINES, sizeof *r.lines);
    r.said = calloc(LINES, sizeof *r.said);
    r.board = make(r.row);
    load(&r, r.row->file);
    run(&r);
    tally_finish(&r.board->tally);
    free(r.board);
    free(r.said);
    free(r.lines);
}

int main(void)
{
    struct CMUnitTest tests[sizeof rows / sizeof rows[0]];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        tests[i] = (struct CMUnitTest){.name = rows[i].file,
                                       .test_func = the_emulated_board_answers_as_the_recorded_one,
                                       .initial_state = (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
