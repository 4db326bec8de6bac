/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "profiles.h"
#include "rig.h"

/* Takes all the host says and answers each line with ok, until it has nothing more to say. */
static unsigned answer_all(struct rig *rig)
{
    unsigned lines = 0;

    for (int idle = 0; idle < 4;) {
        const char *line = rig_heard(rig);

        if (line == NULL) {
            rig_pass(rig, 50);
            idle++;
            continue;
        }
        idle = 0;
        lines++;
        if (strncmp(line, "M105", 4) == 0)
            rig_say(rig, "ok T:20.0 /0.0 B:20.0 /0.0 @:0 B@:0\n", 36);
        else
            rig_say(rig, "ok\n", 3);
    }
    return lines;
}

static void connect_printer(struct rig *rig)
{
    rig->plugged = true;
    rig_pass(rig, 400);
    answer_all(rig);
    assert_int_equal(rig->machine.state, MACHINE_IDLE);
}

static void test_runs_a_small_program(void **state)
{
    struct rig rig;
    const struct event *ended;

    (void)state;
    rig_begin(&rig, &profile_ender3);
    rig_program(&rig, "G28\nG1 X10 F3000\nG1 X20\n");
    connect_printer(&rig);
    rig_start(&rig);
    answer_all(&rig);
    ended = rig_event(&rig, EVENT_RUN_ENDED);
    assert_non_null(ended);
    assert_string_equal(ended->reason, "");
    assert_int_equal(ended->outcome, RUN_FINISHED);
    assert_int_equal(ended->lines, 3);
    assert_int_equal(rig.machine.state, MACHINE_IDLE);
    assert_int_equal(rig.machine.bed, BED_OCCUPIED);
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs_a_small_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
