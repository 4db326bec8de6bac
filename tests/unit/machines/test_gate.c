/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machines/gate.h"
#include "profiles.h"

enum { NOW = 1000000000 };

static struct gate_facts ready(const struct profile *profile)
{
    return (struct gate_facts){.profile = profile,
                               .state = MACHINE_IDLE,
                               .connected = true,
                               .not_ready = "",
                               .bed = BED_CLEAR,
                               .consent = 5,
                               .consent_ms = NOW - 1000,
                               .wall_ms = NOW};
}

static struct run_order fitting(void)
{
    struct run_order order = {.run = 1, .consent = 5, .issued_ms = NOW - 500};

    for (int i = 0; i < 3; i++) {
        order.min_mm[i] = 10;
        order.max_mm[i] = 20;
    }
    return order;
}

static void opens(const struct gate_facts *facts, const struct run_order *order)
{
    char reason[160];

    assert_true(gate_open(facts, order, reason, sizeof reason));
    assert_string_equal(reason, "");
}

static void refuses(const struct gate_facts *facts, const struct run_order *order,
                    const char *words)
{
    char reason[160];

    assert_false(gate_open(facts, order, reason, sizeof reason));
    assert_non_null(strstr(reason, words));
}

static void test_opens_for_a_ready_machine_a_fresh_consent_and_a_fitting_program(void **state)
{
    struct gate_facts facts = ready(&profile_ender3);
    struct run_order order = fitting();

    (void)state;
    opens(&facts, &order);
}

static void test_refuses_a_machine_that_is_not_ready(void **state)
{
    struct run_order order = fitting();
    struct gate_facts facts;

    (void)state;
    facts = ready(&profile_ender3);
    facts.locked = true;
    refuses(&facts, &order, "locked");
    facts = ready(&profile_ender3);
    facts.quarantined = true;
    refuses(&facts, &order, "link test");
    facts = ready(&profile_ender3);
    facts.out = true;
    refuses(&facts, &order, "out of service");
    facts = ready(&profile_ender3);
    facts.connected = false;
    refuses(&facts, &order, "not connected");
    facts = ready(&profile_ender3);
    facts.not_ready = "laser mode is off";
    refuses(&facts, &order, "laser mode is off");
    facts = ready(&profile_ender3);
    facts.home_first = true;
    refuses(&facts, &order, "home");
    facts = ready(&profile_ender3);
    facts.run_active = true;
    refuses(&facts, &order, "a run already");
    facts = ready(&profile_ender3);
    facts.changing = true;
    refuses(&facts, &order, "config has just changed");
}

static void test_refuses_in_every_state_but_idle(void **state)
{
    struct gate_facts facts = ready(&profile_ender3);
    struct run_order order = fitting();

    (void)state;
    for (int s = 0; s < MACHINE_STATES; s++) {
        facts.state = (enum machine_state)s;
        if (s == MACHINE_IDLE)
            opens(&facts, &order);
        else
            refuses(&facts, &order, machine_state_name(facts.state));
    }
}

static void test_needs_an_unused_consent_of_a_clear_bed(void **state)
{
    struct gate_facts facts = ready(&profile_ender3);
    struct run_order order = fitting();

    (void)state;
    facts.bed = BED_OCCUPIED;
    refuses(&facts, &order, "occupied");
    facts.bed = BED_UNCERTAIN;
    refuses(&facts, &order, "uncertain");
    facts = ready(&profile_ender3);
    facts.consent = 0;
    refuses(&facts, &order, "not confirmed");
    facts.consent = 6;
    refuses(&facts, &order, "used or taken back");
    facts = ready(&profile_ender3);
    facts.consent_ms = NOW - 12 * 3600000 - 1;
    refuses(&facts, &order, "12 h");
}

static void test_a_laser_needs_somebody_there_within_its_time(void **state)
{
    struct gate_facts facts = ready(&profile_grbl_600x400);
    struct run_order order = fitting();

    (void)state;
    facts.consent_ms = NOW - 599000;
    opens(&facts, &order);
    facts.consent_ms = NOW - 601000;
    refuses(&facts, &order, "presence");
}

static void test_refuses_an_old_order(void **state)
{
    struct gate_facts facts = ready(&profile_ender3);
    struct run_order order = fitting();

    (void)state;
    order.issued_ms = NOW - 60001;
    refuses(&facts, &order, "60 s");
}

static void test_refuses_what_is_too_hot_or_too_large(void **state)
{
    struct gate_facts facts = ready(&profile_ender3);
    struct run_order order = fitting();

    (void)state;
    order.nozzle_max_c = facts.profile->nozzle_max_c;
    order.bed_max_c = facts.profile->bed_max_c;
    opens(&facts, &order);
    order.nozzle_max_c = facts.profile->nozzle_max_c + 1;
    refuses(&facts, &order, "nozzle");
    order = fitting();
    order.bed_max_c = facts.profile->bed_max_c + 1;
    refuses(&facts, &order, "bed");
    order = fitting();
    order.max_mm[0] = facts.profile->max_mm[0] + 1;
    refuses(&facts, &order, "X");
    order = fitting();
    order.min_mm[1] = facts.profile->min_mm[1] - 1;
    refuses(&facts, &order, "Y");
    order.min_mm[1] = NAN;
    opens(&facts, &order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_for_a_ready_machine_a_fresh_consent_and_a_fitting_program),
        cmocka_unit_test(test_refuses_a_machine_that_is_not_ready),
        cmocka_unit_test(test_refuses_in_every_state_but_idle),
        cmocka_unit_test(test_needs_an_unused_consent_of_a_clear_bed),
        cmocka_unit_test(test_a_laser_needs_somebody_there_within_its_time),
        cmocka_unit_test(test_refuses_an_old_order),
        cmocka_unit_test(test_refuses_what_is_too_hot_or_too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
