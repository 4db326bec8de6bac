/* SPDX-License-Identifier: Apache-2.0 */
/* A board with Marlin's manners behind a bad cable, both ways: what it executes is the program,
 * each line once, in order; a run that ends early has executed a beginning of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gcode/checksum.h"
#include "profiles.h"
#include "rig.h"

enum { LINES = 230, SEEDS = 25, QUEUE = 4 };

struct marlin {
    struct rig rig;
    uint32_t random;
    unsigned damage;  /* of 1000 lines, each way */
    unsigned swallow; /* of 1000 oks */
    bool advanced;
    uint32_t last; /* number accepted last */
    char executed[LINES][16];
    unsigned count;
    unsigned repeated; /* lines executed beyond the program: none are allowed */
};

static uint32_t draw(struct marlin *b, uint32_t below)
{
    b->random = b->random * 1664525u + 1013904223u;
    return (b->random >> 8) % below;
}

/* One byte of a line flipped in one bit, lost, or replaced. */
static void damage(struct marlin *b, char *line, size_t *n)
{
    size_t at;

    if (*n < 2 || draw(b, 1000) >= b->damage)
        return;
    at = draw(b, (uint32_t)*n);
    switch (draw(b, 3)) {
    case 0:
        line[at] = (char)(line[at] ^ (1 << draw(b, 8)));
        break;
    case 1:
        memmove(line + at, line + at + 1, *n - at - 1);
        (*n)--;
        break;
    default:
        line[at] = (char)(32 + draw(b, 95));
        break;
    }
}

static void say(struct marlin *b, const char *text)
{
    char line[200];
    size_t n = (size_t)snprintf(line, sizeof line, "%s\n", text);

    if (strncmp(text, "ok", 2) == 0 && draw(b, 1000) < b->swallow)
        return;
    damage(b, line, &n);
    rig_say(&b->rig, line, n);
}

static void refuse(struct marlin *b, const char *why)
{
    char text[120];

    snprintf(text, sizeof text, "Error:%s, Last Line: %u", why, b->last);
    say(b, text);
    snprintf(text, sizeof text, "Resend: %u", b->last + 1);
    say(b, text);
    say(b, "ok");
}

static void execute(struct marlin *b, const char *text, size_t n)
{
    if (b->count == LINES) {
        b->repeated++;
        return;
    }
    snprintf(b->executed[b->count++], sizeof b->executed[0], "%.*s", (int)n, text);
}

static void say_ok(struct marlin *b, bool numbered)
{
    char text[40];

    if (b->advanced && numbered)
        snprintf(text, sizeof text, "ok N%u P15 B%u", b->last, QUEUE - 1);
    else
        snprintf(text, sizeof text, b->advanced ? "ok P15 B3" : "ok");
    say(b, text);
}

/* GcodeQueue::get_serial_commands, in short (FIRMWARE.md, Marlin 4, 7, 9). */
static void hear(struct marlin *b, const char *line, size_t n)
{
    const char *star = memchr(line, '*', n);
    const char *text = memchr(line, ' ', n);
    unsigned number;

    if (line[0] != 'N' || sscanf(line, "N%u", &number) != 1 || text == NULL) {
        if (star != NULL && line[0] == 'N')
            refuse(b, "No Line Number with checksum");
        else
            say_ok(b, false); /* without a number: taken as it is */
        return;
    }
    if (strncmp(text + 1, "M110", 4) != 0 && number != b->last + 1) {
        if (number != b->last && number + 1 != b->last)
            refuse(b, "Line Number is not Last Line Number+1");
        return; /* it has it already: not a word */
    }
    if (star == NULL) {
        refuse(b, "No Checksum with line number");
        return;
    }
    if (gcode_checksum(line, (size_t)(star - line)) != (uint8_t)atoi(star + 1)) {
        refuse(b, "checksum mismatch");
        return;
    }
    b->last = number;
    if (number >= SUPPLY_NUMBER)
        execute(b, text + 1, (size_t)(star - text) - 1);
    say_ok(b, true);
}

/* Takes what the host wrote; true if there was something. */
static bool work(struct marlin *b)
{
    char line[256];
    const char *heard = rig_heard(&b->rig);
    size_t n;

    if (heard == NULL)
        return false;
    n = (size_t)snprintf(line, sizeof line - 1, "%s", heard);
    damage(b, line, &n);
    line[n] = '\0';
    hear(b, line, n);
    return true;
}

static const struct event *ended(struct marlin *b)
{
    return rig_event(&b->rig, EVENT_RUN_ENDED);
}

static void check(struct marlin *b)
{
    const struct event *end = ended(b);
    char want[16];

    assert_non_null(end);
    for (unsigned i = 0; i < b->count; i++) {
        snprintf(want, sizeof want, "G1 X%u", i);
        assert_string_equal(b->executed[i], want);
    }
    assert_int_equal(b->repeated, 0);
    if (end->outcome != RUN_FINISHED)
        return;
    assert_int_equal(b->count, LINES);
    assert_int_equal(end->lines, LINES);
}

/* One run behind that cable. Returns whether it finished. */
static bool run(struct marlin *b)
{
    static const char hello[] = "FIRMWARE_NAME:Marlin 2.1.2.7\nok\n";
    char program[LINES * 12];
    size_t n = 0;
    unsigned damaged = b->damage, swallowed = b->swallow;
    bool finished;

    for (unsigned i = 0; i < LINES; i++)
        n += (size_t)snprintf(program + n, sizeof program - n, "G1 X%u\n", i);
    rig_begin(&b->rig, &profile_ender3);
    rig_program(&b->rig, program);
    b->rig.plugged = true;
    b->damage = b->swallow = 0;
    while (b->rig.machine.state != MACHINE_IDLE) {
        const char *line = rig_heard(&b->rig);

        if (line == NULL)
            rig_pass(&b->rig, 50);
        else if (strcmp(line, "M115") == 0)
            rig_say(&b->rig, hello, sizeof hello - 1);
        else
            rig_say(&b->rig, "ok\n", 3);
    }
    rig_start(&b->rig);
    while (!b->rig.machine.stream.open && ended(b) == NULL)
        if (!work(b))
            rig_pass(&b->rig, 50);
    b->damage = damaged;
    b->swallow = swallowed;
    for (int i = 0; i < 400000 && ended(b) == NULL; i++) {
        if (!work(b))
            rig_pass(&b->rig, 50);
        if (b->rig.machine.state == MACHINE_HELD)
            rig_order(&b->rig, ORDER_RESUME, NULL);
    }
    check(b);
    finished = ended(b)->outcome == RUN_FINISHED;
    rig_end(&b->rig);
    return finished;
}

static void campaign(unsigned damaged, unsigned swallowed, bool advanced, unsigned least)
{
    struct marlin *b = calloc(1, sizeof *b);
    unsigned finished = 0;

    assert_non_null(b);
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        memset(b, 0, sizeof *b);
        b->random = seed * 2654435761u;
        b->damage = damaged;
        b->swallow = swallowed;
        b->advanced = advanced;
        finished += run(b);
    }
    free(b);
    assert_true(finished >= least);
}

static void test_a_good_cable(void **state)
{
    (void)state;
    campaign(0, 0, false, SEEDS);
    campaign(0, 0, true, SEEDS);
}

static void test_a_poor_cable_changes_nothing(void **state)
{
    (void)state;
    campaign(10, 0, false, SEEDS - 2);
    campaign(10, 0, true, SEEDS - 2);
}

static void test_lost_answers_change_nothing(void **state)
{
    (void)state;
    campaign(0, 20, false, 1);
    campaign(0, 20, true, 1);
}

static void test_a_bad_cable_never_leaves_a_gap_or_a_repeat(void **state)
{
    (void)state;
    campaign(80, 20, false, 0);
    campaign(80, 20, true, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_cable),
        cmocka_unit_test(test_a_poor_cable_changes_nothing),
        cmocka_unit_test(test_lost_answers_change_nothing),
        cmocka_unit_test(test_a_bad_cable_never_leaves_a_gap_or_a_repeat),
    };

    if (freopen("/dev/null", "w", stderr) == NULL) /* thousands of state changes */
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
