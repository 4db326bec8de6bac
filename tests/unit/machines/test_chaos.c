/* SPDX-License-Identifier: Apache-2.0 */
/* Boards that say anything at any time and people who order anything at any time: the machine never
 * asserts, never sends of the job when it must not, never resumes or unlocks by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "profiles.h"
#include "rig.h"

enum { SEEDS = 150, STEPS = 500 };

static const char *const marlin_words[] = {
    "ok",
    "ok",
    "ok",
    "ok",
    "ok P15 B15",
    "ok N10001 P15 B3",
    "ok T:20.0 /0.0 B:20.0 /0.0 @:0 B@:0",
    " T:210.0 /210.0 B:60.0 /60.0 @:0 B@:0",
    "T:100.0 /210.0 B:60.0 /60.0 @:0 B@:0 W:?",
    "start",
    "Marlin 2.1.2.7",
    "echo:busy: processing",
    "echo:busy: paused for user",
    "Resend: 10001",
    "Resend: 10002",
    "Resend: 1",
    "Resend: -5",
    "Resend: 99999999999999999999",
    "Error:checksum mismatch, Last Line: 10000",
    "Error:Line Number is not Last Line Number+1, Last Line: 10001",
    "Error:Line Number is not Last Line Number+1, Last Line: 0",
    "Error:No Line Number with checksum, Last Line: 10001",
    "Error:No Checksum with line number, Last Line: 10001",
    "echo:Unknown command: \"G1 X\"",
    "wait",
    "Error:RX BUF overflow, increase RX_BUFFER_SIZE: 127",
    "//action:pause",
    "//action:paused",
    "//action:resume",
    "//action:resumed",
    "//action:cancel",
    "//action:disconnect",
    "//action:prompt_begin Hello",
    "Begin file list",
    "End file list",
    "FIRMWARE_NAME:Marlin 2.1.2.7 MACHINE_TYPE:Rig",
    "Cap:EMERGENCY_PARSER:1",
    "echo: cold extrusion prevented",
    "fsensor_stop_and_save_print",
    "X:0.00 Y:0.00 Z:0.00 E:0.00 Count X:0 Y:0 Z:0",
    "Error:Thermal Runaway, system stopped! Heater_ID: E0",
    "echo:DEBUG:DRYRUN",
};

static const char *const grbl_words[] = {
    "ok",
    "ok",
    "ok",
    "ok",
    "ok",
    "<Idle|MPos:0.000,0.000,0.000|Bf:15,128|FS:0,0>",
    "<Idle|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Run|MPos:0.000,0.000,0.000|Bf:3,20|FS:1200,500>",
    "<Run|MPos:0.000,0.000,0.000|Bf:15,128|FS:1200,500>",
    "<Hold:0|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Door:0|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Alarm|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Check|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Sleep|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Home|MPos:0.000,0.000,0.000|FS:0,0>",
    "error:9",
    "error:20",
    "ALARM:1",
    "ALARM:2",
    "ALARM:3",
    "ALARM:9",
    "Grbl 1.1h ['$' for help]",
    "[MSG:'$H'|'$X' to unlock]",
    "[MSG:Check Door]",
    "[MSG:Enabled]",
    "[VER:1.1h.20190830:]",
    "[OPT:V,15,128]",
    "$32=1",
    "$30=1000",
    "$32=0",
    "$22=1",
};

struct chaos {
    struct rig rig;
    const char *const *words;
    size_t word_count;
    uint32_t random;
    bool may_resume, may_unlock; /* a person has ordered it */
    uint64_t program_lines;
};

static uint32_t draw(struct chaos *c, uint32_t below)
{
    c->random = c->random * 1664525u + 1013904223u;
    return (c->random >> 8) % below;
}

static bool is_job_line(const char *line)
{
    unsigned n;

    return sscanf(line, "N%u ", &n) == 1 && n >= SUPPLY_NUMBER && strstr(line, "M112") == NULL &&
           strstr(line, "M105") == NULL;
}

/* What the host wrote while the machine was in `before`. */
static void check_writes(struct chaos *c, enum machine_state before)
{
    const struct machine *m = &c->rig.machine;
    const char *line;

    while ((line = rig_heard(&c->rig)) != NULL) {
        assert_null(strstr(line, "M999"));
        if (strcmp(line, "~") == 0)
            assert_true(c->may_resume);
        if (strcmp(line, "$X") == 0 || strcmp(line, "$H") == 0)
            assert_true(c->may_unlock);
        if (is_job_line(line) && before == m->state)
            assert_true(m->state == MACHINE_RUNNING || m->state == MACHINE_HEATING ||
                        m->state == MACHINE_FINISHING);
        if (before == MACHINE_LOCKED && m->state == MACHINE_LOCKED)
            assert_false(is_job_line(line));
    }
}

/* Some ordinary answers, so that chaos also comes in the middle of runs. */
static void behave(struct chaos *c)
{
    for (int i = 0; i < 30; i++) {
        const char *line = rig_heard(&c->rig);

        if (line == NULL)
            rig_pass(&c->rig, 100);
        else if (strcmp(line, "$$") == 0)
            rig_say(&c->rig, "$22=1\n$30=1000\n$32=1\nok\n", 24);
        else if (strncmp(line, "$I", 2) == 0)
            rig_say(&c->rig, "[VER:1.1h.20190830:]\n[OPT:V,15,128]\nok\n", 39);
        else if (strncmp(line, "M115", 4) == 0)
            rig_say(&c->rig, "FIRMWARE_NAME:Marlin 2.1.2.7 MACHINE_TYPE:Rig\nok\n", 49);
        else if (strlen(line) > 1)
            rig_say(&c->rig, "ok\n", 3);
    }
}

static void one_order(struct chaos *c)
{
    static const enum order_kind kinds[] = {
        ORDER_PAUSE, ORDER_RESUME, ORDER_CANCEL,   ORDER_UNLOCK,  ORDER_TEST,  ORDER_OUT,
        ORDER_IN,    ORDER_WIRE,   ORDER_WITHDRAW, ORDER_CONSENT, ORDER_ESTOP, ORDER_ADOPT,
        ORDER_SEND,  ORDER_UNLOCK, ORDER_RESUME,   ORDER_OCCUPY,
    };
    enum order_kind kind = kinds[draw(c, sizeof kinds / sizeof *kinds)];

    c->may_resume = c->may_resume || kind == ORDER_RESUME;
    c->may_unlock = c->may_unlock || kind == ORDER_UNLOCK;
    rig_order(&c->rig, kind, kind == ORDER_SEND ? "G28" : NULL);
}

static void say_something(struct chaos *c)
{
    const char *word = c->words[draw(c, (uint32_t)c->word_count)];
    char line[600];
    size_t n = (size_t)snprintf(line, sizeof line, "%s\n", word);

    if (draw(c, 8) == 0)
        line[draw(c, (uint32_t)n)] = (char)draw(c, 256); /* noise */
    if (draw(c, 40) == 0) {
        memset(line, 'o', sizeof line);
        n = sizeof line;
    }
    rig_say(&c->rig, line, n);
}

/* The machine may close its runs only by its own rules. */
static void check_ends(struct chaos *c)
{
    for (unsigned i = 0; i < c->rig.event_count; i++) {
        struct event *e = c->rig.events[i];

        if (e->kind == EVENT_RUN_ENDED && e->outcome == RUN_FINISHED)
            assert_true(e->lines == c->program_lines);
        if (e->kind == EVENT_RUN_ENDED && e->outcome != RUN_FINISHED)
            assert_string_not_equal(e->reason, "");
        free(e->text);
        free(e->views);
        free(e);
    }
    c->rig.event_count = 0;
}

static void one_step(struct chaos *c)
{
    enum machine_state before = c->rig.machine.state;

    switch (draw(c, 12)) {
    case 0:
        one_order(c);
        break;
    case 1:
        rig_pass(&c->rig, draw(c, 100) == 0 ? 70000 : draw(c, 4000));
        break;
    case 2:
        behave(c);
        return;
    case 3:
        if (draw(c, 5) == 0)
            rig_start(&c->rig);
        break;
    case 4:
        if (draw(c, 15) == 0)
            rig_unplug(&c->rig);
        c->rig.plugged = true;
        break;
    case 5:
        c->rig.stall = (int)draw(c, 2);
        break;
    default:
        say_something(c);
        break;
    }
    check_writes(c, before);
}

static void play(const struct profile *profile, const char *const *words, size_t count,
                 const char *program)
{
    struct chaos *c = calloc(1, sizeof *c);

    assert_non_null(c);
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        memset(c, 0, sizeof *c);
        c->random = seed * 2654435761u;
        c->words = words;
        c->word_count = count;
        rig_begin(&c->rig, profile);
        rig_program(&c->rig, program);
        c->program_lines = c->rig.lines;
        c->rig.plugged = true;
        for (int i = 0; i < STEPS; i++) {
            one_step(c);
            check_ends(c);
        }
        rig_end(&c->rig);
    }
    free(c);
}

static void test_a_printer_among_the_mad(void **state)
{
    (void)state;
    play(&profile_ender3, marlin_words, sizeof marlin_words / sizeof *marlin_words,
         "M104 S210\nG28\nG1 X10\nG1 X20\nG1 X30\nG1 X40\n");
}

static void test_a_grbl_laser_among_the_mad(void **state)
{
    (void)state;
    play(&profile_grbl_600x400, grbl_words, sizeof grbl_words / sizeof *grbl_words,
         "G21\nG90\nM4 S0\nG1 X10 Y10 F600 S100\nG1 X20 S100\nM5\n");
}

static void test_a_marlin_laser_among_the_mad(void **state)
{
    (void)state;
    play(&profile_marlin_laser, marlin_words, sizeof marlin_words / sizeof *marlin_words,
         "G21\nM3 I\nG1 X10 Y10 F600 S31\nM5\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_printer_among_the_mad),
        cmocka_unit_test(test_a_grbl_laser_among_the_mad),
        cmocka_unit_test(test_a_marlin_laser_among_the_mad),
    };

    if (freopen("/dev/null", "w", stderr) == NULL) /* thousands of state changes */
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
