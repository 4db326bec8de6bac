/* SPDX-License-Identifier: Apache-2.0 */
/* Boards that say anything at any time, people who order anything at any time, cables that come and
 * go: the floor never stops itself, and never does what nobody allowed. Seeded: a failure repeats.
 */
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

enum { WALKS = 400, STEPS = 220 };

struct walk {
    struct rig rig;
    uint32_t random;
    uint32_t seed;
    bool laser;
    bool may_resume; /* a person has just said so */
    bool ran;        /* a run was under way before this step */
    bool settings;   /* $$ was asked last */
    unsigned starts, consents;
};

static uint32_t roll(struct walk *w, uint32_t below)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 17;
    w->random ^= w->random << 5;
    return w->random % below;
}

static const char *const marlin_words[] = {
    "ok",
    "ok",
    "ok",
    "ok P15 B3",
    "ok N10001 P15 B3",
    "ok T:205.1 /205.0 B:60.0 /60.0 @:0 B@:0",
    " T:20.00 /0.00 B:20.00 /0.00 @:0 B@:0",
    " T:209.50 /210.00 B:59.50 /60.00 @:0 B@:0",
    " T:209.50 /250.00 B:59.50 /60.00 @:0 B@:0",
    " T:100.00 /210.00 B:20.00 /60.00 @:0 B@:0 W:?",
    "Error:checksum mismatch, Last Line: 10001",
    "Error:Line Number is not Last Line Number+1, Last Line: 10000",
    "Error:Line Number is not Last Line Number+1, Last Line: 10003",
    "Error:No Checksum with line number, Last Line: 10000",
    "Error:Line Number is not Last Line Number+1, Last Line: 0",
    "Resend: 10001",
    "Resend: 10002",
    "Resend: 10004",
    "Resend: 1",
    "Resend: -5",
    "start",
    "echo:busy: processing",
    "echo:busy: paused for user",
    "//action:pause",
    "//action:paused",
    "//action:resume",
    "//action:resumed",
    "//action:cancel",
    "//action:disconnect",
    "//action:prompt_begin Change the sheet",
    "echo:Unknown command: \"M1?4 S0\"",
    "echo: cold extrusion prevented",
    "echo:Printer locked! (Unlock with M511 or LCD)",
    "echo:DEBUG:DRYRUN",
    "Error:Printer halted. kill() called!",
    "Error:Thermal Runaway, system stopped! Heater_ID: E0",
    "Error:RX BUF overflow, increase RX_BUFFER_SIZE: 127",
    "wait",
    "Begin file list",
    "End file list",
    "FIRMWARE_NAME:Marlin 2.1.2.7 MACHINE_TYPE:Rig",
    "FIRMWARE_NAME:Marlin 2.1.2.7 MACHINE_TYPE:Other",
    "Cap:EMERGENCY_PARSER:1",
    "fsensor_stop_and_save_print",
    "\xff\xfe%s%n\x01",
};

static const char *const grbl_words[] = {
    "ok",
    "ok",
    "ok",
    "ok",
    "error:9",
    "error:36",
    "error:1",
    "ALARM:1",
    "ALARM:2",
    "ALARM:3",
    "ALARM:9",
    "Grbl 1.1h ['$' for help]",
    "[MSG:'$H'|'$X' to unlock]",
    "[MSG:Reset to continue]",
    "[MSG:Check Door]",
    "[MSG:Sleeping]",
    "[MSG:Enabled]",
    "[VER:1.1h.20190830:]",
    "[VER:1.1f.20260817:]",
    "[OPT:V,15,128]",
    "[OPT:V,0,-7]",
    "$30=1000",
    "$32=1",
    "$22=1",
    "$32=0",
    "<Idle|MPos:0.000,0.000,0.000|Bf:15,128|FS:0,0>",
    "<Idle|MPos:0.000,0.000,0.000|FS:0,0>",
    "<Idle|MPos:0.000,0.000,0.000|FS:0,500>",
    "<Idle|MPos:0.000,0.000,0.000>",
    "<Run|MPos:1.516,0.000,0.000|Bf:14,128|FS:1200,500>",
    "<Run|MPos:1.516,0.000,0.000|Bf:15,128|FS:1200,500>",
    "<Hold:1|MPos:1.516,0.000,0.000|FS:1200,500>",
    "<Hold:0|MPos:1.516,0.000,0.000|FS:0,0>",
    "<Door:0|MPos:1.516,0.000,0.000|FS:0,0>",
    "<Jog|MPos:1.516,0.000,0.000|FS:1200,0>",
    "<Home|MPos:1.516,0.000,0.000|FS:1200,0>",
    "<Alarm|MPos:1.516,0.000,0.000|FS:0,0>",
    "<Check|MPos:1.516,0.000,0.000|FS:0,0>",
    "<Sleep|MPos:1.516,0.000,0.000|FS:0,0>",
    "<\xff|\x01%n",
};

static bool starts_with(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* What may be said to a machine that is locked: off, stop, and nothing else. */
static bool is_safe(const char *line)
{
    static const char *const safe[] = {"M104 S0", "M140 S0", "M107", "M112", "!", "^X", "M110 N0"};

    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        if (strcmp(line, safe[i]) == 0)
            return true;
    return line[0] == 'N' && strstr(line, "M112") != NULL;
}

/* Everything the host wrote since the last step was allowed. `locked`: it was before the step. */
static void check_said(struct walk *w, bool locked)
{
    const struct machine *m = &w->rig.machine;
    const char *line;

    while ((line = rig_heard(&w->rig)) != NULL) {
        unsigned n = 0;
        bool job = sscanf(line, "N%u ", &n) == 1 && n >= SUPPLY_NUMBER &&
                   strstr(line, "M112") == NULL && strstr(line, "M105") == NULL;

        w->settings = strcmp(line, "$$") == 0;
        if (locked && m->locked && !is_safe(line))
            fail_msg("seed %u: \"%s\" was said to a locked machine", w->seed, line);
        if (strcmp(line, "~") == 0 && !w->may_resume)
            fail_msg("seed %u: ~ without a person", w->seed);
        if (job && !w->ran && !m->run.active)
            fail_msg("seed %u: \"%s\" without a run", w->seed, line);
        if (starts_with(line, "M104 S") && atof(line + 6) > 210)
            fail_msg("seed %u: \"%s\" is hotter than the program", w->seed, line);
    }
    w->may_resume = false;
}

static unsigned check_events(struct walk *w)
{
    unsigned began = 0;

    for (unsigned i = 0; i < w->rig.event_count; i++)
        began += w->rig.events[i]->kind == EVENT_RUN_STARTED;
    if (began > w->consents)
        fail_msg("seed %u: %u runs began with %u words on the bed", w->seed, began, w->consents);
    return began;
}

static void one_order(struct walk *w)
{
    static const enum order_kind kinds[] = {
        ORDER_PAUSE, ORDER_RESUME, ORDER_CANCEL, ORDER_WITHDRAW, ORDER_TEST,
        ORDER_OUT,   ORDER_IN,     ORDER_IN,     ORDER_UNLOCK,   ORDER_ESTOP,
    };
    enum order_kind kind = kinds[roll(w, sizeof kinds / sizeof *kinds)];

    w->may_resume = kind == ORDER_RESUME;
    rig_order(&w->rig, kind, NULL);
}

static void start(struct walk *w)
{
    w->starts++;
    w->consents++;
    rig_start(&w->rig);
}

/* A start that no fresh word covers: the last one was used, or never given. */
static void start_again(struct walk *w)
{
    rig_order(&w->rig, ORDER_START, NULL);
}

static void say(struct walk *w)
{
    const char *const *words = w->laser ? grbl_words : marlin_words;
    size_t count = w->laser ? sizeof grbl_words / sizeof *grbl_words
                            : sizeof marlin_words / sizeof *marlin_words;
    const char *text = words[roll(w, 12) == 0 ? roll(w, (uint32_t)count) : 0];

    if (w->settings)
        rig_say(&w->rig, "$30=1000\n$32=1\n", 15);
    rig_say(&w->rig, text, strlen(text));
    rig_say(&w->rig, "\n", 1);
    if (w->laser && roll(w, 2) == 0)
        rig_say(&w->rig, grbl_words[26], strlen(grbl_words[26]));
    if (w->laser)
        rig_say(&w->rig, "\n", 1);
}

static void step(struct walk *w)
{
    static const int64_t times[] = {0, 50, 100, 300, 1000, 4000, 35000, 700000};
    bool locked = w->rig.machine.locked;
    uint32_t what = roll(w, 100);

    w->ran = w->rig.machine.run.active;
    if (what < 70)
        say(w);
    else if (what < 84)
        rig_pass(&w->rig, times[roll(w, 6)]);
    else if (what < 86)
        rig_pass(&w->rig, times[roll(w, 8)]);
    else if (what < 90)
        one_order(w);
    else if (what < 93)
        start(w);
    else if (what < 94)
        start_again(w);
    else if (what < 95)
        rig_order(&w->rig, ORDER_SEND, roll(w, 2) == 0 ? "M105" : "G28");
    else if (what < 96)
        rig_unplug(&w->rig);
    else
        w->rig.plugged = true;
    check_said(w, locked);
}

/* Returns how many runs began in it. */
static unsigned walk(uint32_t seed, const struct profile *profile, const char *program)
{
    struct walk *w = calloc(1, sizeof *w);
    unsigned began;

    assert_non_null(w);
    w->seed = seed;
    w->random = seed * 2654435761u + 1;
    w->laser = profile->kind == KIND_LASER && strcmp(profile->dialect, "grbl") == 0;
    rig_begin(&w->rig, profile);
    w->rig.site.max_heating = 1;
    rig_program(&w->rig, program);
    w->rig.plugged = true;
    rig_pass(&w->rig, w->laser ? 3200 : 300);
    for (int i = 0; i < 12; i++) { /* a good beginning */
        check_said(w, false);
        say(w);
    }
    start(w);
    for (int i = 0; i < STEPS; i++)
        step(w);
    began = check_events(w);
    rig_end(&w->rig);
    free(w);
    return began;
}

static void test_printers(void **state)
{
    unsigned began = 0;

    (void)state;
    for (uint32_t seed = 1; seed <= WALKS; seed++)
        began += walk(seed, &profile_ender3,
                      "M140 S60\nM104 S210\nG28\nM109 S210\nG1 X10 F3000\nM600\nG1 X20\nG1 X30\n");
    assert_in_range(began, WALKS / 10, WALKS * 10); /* the walks go where it matters */
}

static void test_lasers(void **state)
{
    unsigned began = 0;

    (void)state;
    for (uint32_t seed = 1; seed <= WALKS; seed++)
        began += walk(seed, &profile_grbl_600x400,
                      "G21\nG90\nG0 X10 Y10\nG4 P1\nM4 S0\nG1 X20 S500 F1200\nG1 X30\nM5\n");
    assert_in_range(began, WALKS / 10, WALKS * 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printers),
        cmocka_unit_test(test_lasers),
    };

    if (freopen("/dev/null", "w", stderr) == NULL) /* thousands of state changes */
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
