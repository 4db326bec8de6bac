/* SPDX-License-Identifier: Apache-2.0 */
/* Many ports gone at once are one incident: told once, and the machines come back one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/link_set.h"
#include "machines/fleet.h"
#include "machines/incident.h"

enum { MACHINES = 6, START = 100000 };

struct rig {
    struct host host; /* first */
    uv_loop_t loop;
    struct link_set *set;
    struct fleet fleet;
    struct link link;
    unsigned told;
    char words[160], site[ID_SIZE];
};

static void changed(struct host *host, struct machine *m, bool at_once)
{
    (void)host;
    (void)m;
    (void)at_once;
}

static void keep_event(struct host *host, struct event *event)
{
    struct rig *rig = (struct rig *)host;

    assert_int_equal(event->kind, EVENT_INCIDENT);
    rig->told++;
    memcpy(rig->words, event->reason, sizeof rig->words);
    memcpy(rig->site, event->site, sizeof rig->site);
    event_free(event);
}

static int64_t wall(struct host *host, int64_t now)
{
    (void)host;
    return 1586262728250 + now;
}

static const struct host_ops host_ops = {.changed = changed, .event = keep_event, .wall = wall};

static struct config *config_with(unsigned machines)
{
    char text[2000];
    struct config *config = NULL;
    struct config_faults faults;
    int n = snprintf(text, sizeof text,
                     "{\"sites\": [{\"id\": \"caen\", \"name\": \"Caen\"}, {\"id\": \"flers\", "
                     "\"name\": \"Flers\"}], \"machines\": [");

    for (unsigned i = 0; i < machines; i++)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      "%s{\"id\": \"p%u\", \"site\": \"%s\", \"model\": \"ender-3\", \"port\": "
                      "\"/dev/pts/9%u\"}",
                      i == 0 ? "" : ",", i, i < 5 ? "caen" : "flers", i);
    snprintf(text + n, sizeof text - (size_t)n, "]}");
    assert_int_equal(config_parse("usine.json", text, strlen(text), &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    return config;
}

/* p0 to p4 stand in Caen, p5 in Flers; all are connected. */
static int begin(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);

    assert_non_null(rig);
    rig->host.ops = &host_ops;
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    assert_int_equal(link_set_create(&rig->set, &rig->loop), ERR_OK);
    fleet_init(&rig->fleet, rig->set, &rig->host);
    assert_int_equal(fleet_configure(&rig->fleet, config_with(MACHINES)), ERR_OK);
    for (size_t i = 0; i < MACHINES; i++) {
        rig->fleet.machines[i]->link = &rig->link;
        rig->fleet.machines[i]->phase = PHASE_READY;
        rig->fleet.machines[i]->state = MACHINE_IDLE;
    }
    *state = rig;
    return 0;
}

static int end(void **state)
{
    struct rig *rig = *state;

    fleet_finish(&rig->fleet);
    link_set_close(rig->set);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
    free(rig);
    return 0;
}

static struct machine *machine(struct rig *rig, unsigned i)
{
    return rig->fleet.machines[i];
}

static void lose(struct rig *rig, unsigned i, int64_t now)
{
    machine(rig, i)->link = NULL;
    machine(rig, i)->phase = PHASE_CLOSED;
    incident_lost(&rig->fleet, machine(rig, i), now);
}

static void open_port(struct rig *rig, unsigned i, int64_t now)
{
    assert_true(incident_may_open(machine(rig, i)));
    machine(rig, i)->link = &rig->link;
    machine(rig, i)->phase = PHASE_OPENED;
    machine(rig, i)->opened_at = now;
    incident_opened(machine(rig, i), now);
}

static void two_at_once_are_two_faults(void **state)
{
    struct rig *rig = *state;

    lose(rig, 0, START);
    lose(rig, 1, START + 10);
    incident_tick(&rig->fleet, START + 5000);
    lose(rig, 2, START + 6000);
    incident_tick(&rig->fleet, START + 9000);
    assert_int_equal(rig->told, 0);
    assert_false(machine(rig, 0)->swept);
    open_port(rig, 0, START + 9000);
    open_port(rig, 1, START + 9000);
}

static void three_of_different_sites_are_no_incident(void **state)
{
    struct rig *rig = *state;

    lose(rig, 0, START);
    lose(rig, 1, START);
    lose(rig, 5, START);
    incident_tick(&rig->fleet, START + 5000);
    assert_int_equal(rig->told, 0);
}

static void many_are_told_once_by_their_number(void **state)
{
    struct rig *rig = *state;

    for (unsigned i = 0; i < 4; i++)
        lose(rig, i, START + i * 300);
    for (int64_t t = START + 900; t < START + 60000; t += 50)
        incident_tick(&rig->fleet, t);
    assert_int_equal(rig->told, 1);
    assert_string_equal(rig->site, "caen");
    assert_non_null(strstr(rig->words, "4 machines of caen vanished together"));
    assert_true(machine(rig, 0)->swept);
    assert_true(machine(rig, 3)->swept);
    assert_false(machine(rig, 4)->swept);
    assert_true(incident_may_open(machine(rig, 5)));
}

static void they_come_back_one_by_one(void **state)
{
    struct rig *rig = *state;
    int64_t t = START + 5000;

    for (unsigned i = 0; i < 3; i++)
        lose(rig, i, START);
    incident_tick(&rig->fleet, START + 2000);
    open_port(rig, 1, t);
    incident_tick(&rig->fleet, t + 500);
    assert_false(incident_may_open(machine(rig, 0))); /* p1 is being greeted */
    machine(rig, 1)->phase = PHASE_READY;
    incident_tick(&rig->fleet, t + 550);
    open_port(rig, 0, t + 550);
    incident_tick(&rig->fleet, t + 1500);
    assert_false(incident_may_open(machine(rig, 2)));
    incident_tick(&rig->fleet, t + 1550); /* p0 does not answer: the others do not wait for it */
    open_port(rig, 2, t + 1550);
    machine(rig, 2)->phase = PHASE_READY;
    incident_tick(&rig->fleet, t + 6000);
    assert_int_equal(rig->told, 1); /* p0 is still away */
    machine(rig, 0)->phase = PHASE_READY;
    incident_tick(&rig->fleet, t + 6050);
    assert_int_equal(rig->told, 2);
    assert_non_null(strstr(rig->words, "the 3 machines of caen that vanished together are back"));
    assert_false(rig->fleet.sites[0]->incident.open);
    incident_tick(&rig->fleet, t + 9000);
    assert_int_equal(rig->told, 2);
}

static void a_machine_taken_away_does_not_hold_up_the_others(void **state)
{
    struct rig *rig = *state;

    for (unsigned i = 0; i < 4; i++)
        lose(rig, i, START);
    open_port(rig, 0, START + 100);
    incident_forget(machine(rig, 0));
    assert_true(incident_may_open(machine(rig, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_at_once_are_two_faults, begin, end),
        cmocka_unit_test_setup_teardown(three_of_different_sites_are_no_incident, begin, end),
        cmocka_unit_test_setup_teardown(many_are_told_once_by_their_number, begin, end),
        cmocka_unit_test_setup_teardown(they_come_back_one_by_one, begin, end),
        cmocka_unit_test_setup_teardown(a_machine_taken_away_does_not_hold_up_the_others, begin,
                                        end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
