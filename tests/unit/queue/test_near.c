/* SPDX-License-Identifier: Apache-2.0 */
/* Few parts travel: while there is enough of a part, only the sites nearest to assembly make it. */
#include "queue/near.h"
#include "table.h"

/* Visors (part 0), which a machine at a site that assembles and one 30 km away can cut, and
 * headbands (part 1), of which there are 100: so many visors more than headbands. */
static struct table two_sites(double visors_ahead)
{
    struct table t = begin();

    add_part(&t, 100 + visors_ahead, 500);
    add_part(&t, 100, 500);
    t.parts[0].in_kits = t.parts[1].in_kits = true;
    add_job(&t, 0, 100);
    add_job(&t, 1, 100);
    add_program(&t, 0, 0, 2);
    add_program(&t, 1, 1, 1);
    t.sites[1].far_km = 30;
    add_machine(&t, 0)->site = 1; /* the far one is asked about by why() */
    add_machine(&t, 0)->site = 0;
    return t;
}

static size_t given(struct table *t)
{
    tie(t);
    near_fill(&t->d);
    return choose(t);
}

static enum refusal far_one(struct table *t)
{
    tie(t);
    near_fill(&t->d);
    return why(t);
}

static void enough_is_made_near(void **state)
{
    struct table t = two_sites(200);

    (void)state;
    assert_int_equal(far_one(&t), REFUSAL_NEARER);
    assert_int_equal(given(&t), 1);
    assert_int_equal(t.choices[0].machine, 1);
}

static void what_holds_the_kits_back_is_made_everywhere(void **state)
{
    struct table t = two_sites(50);

    (void)state;
    assert_int_equal(far_one(&t), REFUSAL_LATER);
    assert_int_equal(given(&t), 2);
    t = two_sites(200);
    t.job_rows[1].state = JOB_HELD; /* nobody asks for headbands: visors are all there is to make */
    assert_int_equal(given(&t), 2);
}

static void the_next_site_helps_when_the_near_one_cannot(void **state)
{
    struct table t = two_sites(200);

    (void)state;
    t.views[1].state = MACHINE_OFFLINE;
    assert_int_equal(given(&t), 1);
    assert_int_equal(t.choices[0].machine, 0);
    t = two_sites(200);
    t.views[1].flags = FLAG_OUT_OF_SERVICE;
    assert_int_equal(given(&t), 1);
    t = two_sites(200);
    t.machines[1].material = 2; /* another sheet is loaded there */
    t.programs[0].material = 1;
    assert_int_equal(given(&t), 1);
    assert_int_equal(t.choices[0].machine, 0);
    t = two_sites(200);
    t.views[1].state = MACHINE_RUNNING; /* it is at it */
    assert_int_equal(given(&t), 0);
}

static void what_people_decided_stands(void **state)
{
    static const size_t far_site = 1, far_machine = 0;
    struct table t = two_sites(200);

    (void)state;
    t.jobs[0].sites = &far_site;
    t.jobs[0].site_count = 1;
    assert_int_equal(far_one(&t), REFUSAL_LATER);
    t = two_sites(200);
    t.jobs[0].preferred = &far_machine;
    t.jobs[0].preferred_count = 1;
    assert_int_equal(far_one(&t), REFUSAL_LATER);
    t = two_sites(200);
    t.job_rows[0].due_ms = NOW + 3600000; /* no time to wait */
    assert_int_equal(far_one(&t), REFUSAL_LATER);
    t.job_rows[0].due_ms = NOW + 3 * 86400000;
    assert_int_equal(far_one(&t), REFUSAL_NEARER);
    t.parts[0].in_kits = false; /* it goes to no assembly */
    assert_int_equal(far_one(&t), REFUSAL_LATER);
}

static void how_far_a_site_is(void **state)
{
    static const char text[] =
        "{\"sites\":[{\"id\":\"caen\",\"name\":\"C\",\"lat\":49.18585,\"lon\":-0.35912,"
        "\"assembly\":true},{\"id\":\"rouen\",\"name\":\"R\",\"lat\":49.44313,\"lon\":1.09932,"
        "\"assembly\":true},{\"id\":\"lisieux\",\"name\":\"L\",\"lat\":49.1466,\"lon\":0.22925}]}";
    struct config_faults faults;
    struct config *config = NULL;

    (void)state;
    if (config_parse("test", text, sizeof text - 1, &config, &faults) != ERR_OK)
        fail_msg("%s", faults.items[0].text);
    config_faults_finish(&faults);
    assert_true(far_from_assembly(config, 0) < 0.001);
    assert_true(fabs(far_from_assembly(config, 2) - 43) < 1); /* Caen, not Rouen */
    config->sites[0].assembly = config->sites[1].assembly = false;
    assert_true(far_from_assembly(config, 2) < 0.001);
    config_unref(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_is_made_near),
        cmocka_unit_test(what_holds_the_kits_back_is_made_everywhere),
        cmocka_unit_test(the_next_site_helps_when_the_near_one_cannot),
        cmocka_unit_test(what_people_decided_stands),
        cmocka_unit_test(how_far_a_site_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
