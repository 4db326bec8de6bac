/* SPDX-License-Identifier: Apache-2.0 */
#include "dialog.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialog_expect.h"
#include "gcode/checksum.h"
#include "profiles.h"

static bool fail(struct dialog *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail(struct dialog *d, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(d->fault, sizeof d->fault, format, args);
    va_end(args);
    return false;
}

/* Lets the machine say what the dialog has gathered, cut as this run wants it. */
static void say_gathered(struct dialog *d)
{
    size_t n = d->gathered_n;
    size_t from = 0;

    d->gathered_n = 0;
    if (n == 0)
        return;
    if (d->split == DIALOG_WHOLE) {
        rig_say(&d->rig, d->gathered, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bool end = d->gathered[i] == '\n';
        bool cut = d->split == DIALOG_BYTES || (int)(i + 1 - d->line_from) == d->split;

        if (end)
            d->line_from = i + 1;
        if (!cut && !end)
            continue;
        rig_say(&d->rig, d->gathered + from, i + 1 - from);
        from = i + 1;
    }
    d->line_from = 0;
}

/* The next line of the host; the board in `answer` remembers the last number it took. */
static const char *hear(struct dialog *d)
{
    const char *line = rig_heard(&d->rig);
    unsigned n;

    if (line != NULL && sscanf(line, "N%u", &n) == 1 && n >= SUPPLY_NUMBER - 1)
        d->last = n;
    return line;
}

/* Keeps what the machine says; \xNN is a byte. */
static void gather(struct dialog *d, const char *line)
{
    size_t from = d->gathered_n;
    unsigned byte;

    while (*line != '\0' && d->gathered_n < sizeof d->gathered - 1) {
        bool hex = line[0] == '\\' && sscanf(line, "\\x%2x", &byte) == 1;

        d->gathered[d->gathered_n++] = hex ? (char)byte : *line;
        line += hex ? 4 : 1;
    }
    d->gathered[d->gathered_n++] = '\n';
    if (d->gathered_n - from > d->longest)
        d->longest = d->gathered_n - from;
}

/* "#3 G1 X10" is line 3 with number and checksum; "probe" is N5 M105. */
static void expand(char *out, size_t size, const char *words)
{
    unsigned k;
    int at = 0;
    size_t n;

    if (strcmp(words, "probe") == 0) {
        n = gcode_number_line(out, size, 5, "M105", 4);
        out[n - 1] = '\0';
    } else if (sscanf(words, "#%u %n", &k, &at) == 1 && at > 0) {
        n = gcode_number_line(out, size, SUPPLY_NUMBER + k, words + at, strlen(words + at));
        out[n - 1] = '\0';
    } else {
        snprintf(out, size, "%.*s", (int)size - 1, words);
    }
}

static bool expect_line(struct dialog *d, const char *words)
{
    char want[160];
    const char *line;

    say_gathered(d);
    expand(want, sizeof want, words);
    line = hear(d);
    if (line == NULL)
        return fail(d, "the host wrote nothing, \"%s\" was expected", want);
    if (strcmp(line, want) != 0)
        return fail(d, "the host wrote \"%s\", \"%s\" was expected", line, want);
    return true;
}

/* Answers all the host says with ok until it is silent, the job's first line or the end. */
static bool answer(struct dialog *d, bool stop_at_job)
{
    for (int idle = 0; idle < 3;) {
        const char *line;

        if (stop_at_job && d->rig.machine.stream.open)
            return true;
        line = hear(d);
        if (line == NULL) {
            rig_pass(&d->rig, 50);
            idle++;
            continue;
        }
        idle = 0;
        if (!dialog_reply(d, line))
            return fail(d, "no answer is known to \"%s\"", line);
    }
    return true;
}

static bool connect_board(struct dialog *d)
{
    d->rig.plugged = true;
    rig_pass(&d->rig, 50);
    if (!d->rig.machine.dialect->numbered)
        rig_say(&d->rig, "\r\nGrbl 1.1h ['$' for help]\r\n", 28);
    rig_pass(&d->rig, 400);
    if (!answer(d, false))
        return false;
    if (d->rig.machine.phase != PHASE_READY)
        return fail(d, "the greeting did not end");
    return true;
}

static bool start(struct dialog *d)
{
    if (d->program_n > 0)
        rig_program(&d->rig, d->program);
    rig_start(&d->rig);
    return answer(d, true);
}

static bool order(struct dialog *d, const char *words)
{
    static const struct {
        const char *word;
        enum order_kind kind;
    } orders[] = {
        {"pause", ORDER_PAUSE},
        {"resume", ORDER_RESUME},
        {"cancel", ORDER_CANCEL},
        {"estop", ORDER_ESTOP},
        {"unlock", ORDER_UNLOCK},
        {"test", ORDER_TEST},
        {"out", ORDER_OUT},
        {"in", ORDER_IN},
        {"adopt", ORDER_ADOPT},
        {"consent", ORDER_CONSENT},
        {"withdraw", ORDER_WITHDRAW},
        {"start", ORDER_START},
        {"restore-locked", ORDER_OCCUPY},
    };

    if (strncmp(words, "send ", 5) == 0) {
        rig_order(&d->rig, ORDER_SEND, words + 5);
        return true;
    }
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(words, orders[i].word) == 0) {
            if (orders[i].kind == ORDER_ADOPT || orders[i].kind == ORDER_START)
                rig_program(&d->rig, d->program);
            rig_order(&d->rig, orders[i].kind, NULL);
            return true;
        }
    return fail(d, "no such order: %s", words);
}

static bool begin_machine(struct dialog *d, const char *words)
{
    static const struct {
        const char *word;
        const struct profile *profile;
    } machines[] = {
        {"printer", &profile_ender3},
        {"laser", &profile_grbl_600x400},
        {"marlin-laser", &profile_marlin_laser},
    };

    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (strcmp(words, machines[i].word) == 0) {
            rig_begin(&d->rig, machines[i].profile);
            d->begun = true;
            return true;
        }
    return fail(d, "no such machine: %s", words);
}

/* Job lines from..to are heard in order and each is answered with ok. */
static bool oks(struct dialog *d, const char *words)
{
    unsigned n = (unsigned)strtoul(words, NULL, 10);

    for (unsigned i = 0; i < n; i++) {
        if (hear(d) == NULL)
            return fail(d, "the host wrote only %u of %u lines", i, n);
        rig_say(&d->rig, "ok\n", 3);
    }
    return true;
}

/* The system tells of a port that has come back: its machine tries at once. */
static void plug(struct dialog *d)
{
    d->rig.plugged = true;
    d->rig.machine.retry_at = 0;
}

static bool command(struct dialog *d, const char *line)
{
    if (strncmp(line, "order ", 6) == 0)
        return order(d, line + 6);
    if (strncmp(line, "oks ", 4) == 0)
        return oks(d, line + 4);
    if (strncmp(line, "machine ", 8) == 0)
        return begin_machine(d, line + 8);
    if (strncmp(line, "set ", 4) == 0)
        return dialog_set(d, line + 4) || fail(d, "nothing to set: %s", line + 4);
    if (strcmp(line, "connect") == 0)
        return connect_board(d);
    if (strcmp(line, "start") == 0)
        return start(d);
    if (strcmp(line, "answer") == 0)
        return answer(d, false);
    if (strcmp(line, "stop") == 0)
        machine_release(&d->rig.machine);
    else if (strcmp(line, "plug") == 0)
        plug(d);
    else if (strcmp(line, "unplug") == 0)
        rig_unplug(&d->rig);
    else
        return fail(d, "not a line of a dialog: %s", line);
    return true;
}

/* Time passes; the board reports each 2 s (M155 S2), as a polled one each 0.5 s. */
static void pass(struct dialog *d, int64_t ms)
{
    int64_t every = d->rig.machine.dialect->numbered ? 2000 : 500;
    int64_t until = d->rig.now + ms;

    while (d->report[0] != '\0' && d->rig.now < until) {
        int64_t left = until - d->rig.now;
        int64_t next = d->report_at + every - d->rig.now;

        if (next <= 0) {
            rig_say(&d->rig, d->report, strlen(d->report));
            rig_say(&d->rig, "\n", 1);
            d->report_at = d->rig.now;
            next = every;
        }
        rig_pass(&d->rig, next < left ? next : left);
    }
    rig_pass(&d->rig, until - d->rig.now);
}

/* One line of the file. */
static bool play(struct dialog *d, const char *line)
{
    const char *extra;

    if (*line == '\0' || *line == '#')
        return true;
    if (strncmp(line, "| * ", 4) == 0) { /* many lines */
        for (int i = 0; i < 150; i++)
            d->program_n += (size_t)snprintf(d->program + d->program_n,
                                             sizeof d->program - d->program_n, "%s\n", line + 4);
        return true;
    }
    if (*line == '|') {
        d->program_n += (size_t)snprintf(d->program + d->program_n,
                                         sizeof d->program - d->program_n, "%s\n", line + 2);
        return true;
    }
    if (!d->begun && strncmp(line, "machine ", 8) != 0)
        return fail(d, "the first line names the machine");
    if (*line == '<' && d->gathered_n == 0 && (extra = rig_heard(&d->rig)) != NULL)
        return fail(d, "the host wrote \"%s\" unasked", extra);
    if (*line == '<') {
        gather(d, line[1] == ' ' ? line + 2 : line + 1);
        return true;
    }
    if (*line == '>')
        return expect_line(d, line + 2);
    say_gathered(d);
    if (*line == '=')
        return dialog_expect(d, line + 2);
    if (strcmp(line, "answer") == 0 || strncmp(line, "oks ", 4) == 0)
        return command(d, line);
    if ((extra = rig_heard(&d->rig)) != NULL)
        return fail(d, "the host wrote \"%s\" unasked", extra);
    if (*line == '+') {
        pass(d, strtol(line + 1, NULL, 10));
        return true;
    }
    return command(d, line);
}

bool dialog_play(const char *file, int split, size_t *longest, char *text, size_t size)
{
    struct dialog *d = calloc(1, sizeof *d);
    FILE *in = fopen(file, "r");
    char line[512];
    bool well = in != NULL && d != NULL;
    int number = 0;

    if (well)
        d->split = split;
    while (well && fgets(line, sizeof line, in) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        well = play(d, line);
    }
    if (well && d->begun)
        say_gathered(d);
    if (well && (!d->begun || rig_heard(&d->rig) != NULL))
        well = fail(d, "the host wrote more at the end");
    if (!well)
        snprintf(text, size, "%s:%d: %s", file, number, d == NULL ? "memory" : d->fault);
    if (d != NULL) {
        *longest = d->longest;
        if (d->begun)
            rig_end(&d->rig);
    }
    if (in != NULL)
        fclose(in);
    free(d);
    return well;
}
