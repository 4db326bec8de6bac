/* SPDX-License-Identifier: Apache-2.0 */
/* Many machines: who is stopped by an emergency stop, and what a reload may touch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/link_set.h"
#include "machines/fleet.h"
#include "machines/safety.h"
#include "machines/stream.h"

enum { MACHINES = 3, OUT = 400 };

static const char before[] =
    "{\"sites\": [{\"id\": \"caen\", \"name\": \"Caen\"}, {\"id\": \"flers\", \"name\": "
    "\"Flers\"}],\n"
    "\"machines\": [\n"
    "{\"id\": \"p1\", \"site\": \"caen\", \"model\": \"ender-3\", \"port\": \"/dev/pts/901\"},\n"
    "{\"id\": \"l1\", \"site\": \"caen\", \"model\": \"grbl-600x400\", \"port\": "
    "\"/dev/pts/902\"},\n"
    "{\"id\": \"p2\", \"site\": \"flers\", \"model\": \"ender-3\", \"port\": "
    "\"/dev/pts/903\"}]}\n";

struct rig {
    struct host host; /* first */
    uv_loop_t loop;
    struct link_set *set;
    struct fleet fleet;
    struct link links[MACHINES];
    char out[MACHINES][OUT];
    struct pool_job *job; /* the last one asked for */
    struct event answer;
    struct event ended;
    struct event bed;
};

static char *out_of(struct link *link)
{
    struct rig *rig = link->owner;

    return rig->out[link - rig->links];
}

static enum err take(struct link *link, const char *bytes, size_t n)
{
    strncat(out_of(link), bytes, n);
    return ERR_OK;
}

static void shut(struct link *link)
{
    strcat(out_of(link), "<closed>");
}

static const struct link_ops link_ops = {.write = take, .write_urgent = take, .close = shut};

static enum err no_port(struct host *host, struct machine *m, char *text, size_t size)
{
    (void)host;
    (void)m;
    snprintf(text, size, "no port here");
    return ERR_NOT_FOUND;
}

static void keep_job(struct host *host, struct pool_job *job)
{
    ((struct rig *)host)->job = job;
}

static void changed(struct host *host, struct machine *m, bool at_once)
{
    (void)host;
    (void)m;
    (void)at_once;
}

static void keep_event(struct host *host, struct event *event)
{
    struct rig *rig = (struct rig *)host;

    if (event->kind == EVENT_ANSWER)
        rig->answer = *event;
    if (event->kind == EVENT_RUN_ENDED)
        rig->ended = *event;
    if (event->kind == EVENT_BED)
        rig->bed = *event;
    event_free(event);
}

static int64_t wall(struct host *host, int64_t now)
{
    (void)host;
    return 1586262728250 + now;
}

static const struct host_ops host_ops = {
    .open = no_port, .pool = keep_job, .changed = changed, .event = keep_event, .wall = wall};

static struct config *config_of(const char *text)
{
    struct config *config = NULL;
    struct config_faults faults;

    assert_int_equal(config_parse("usine.json", text, strlen(text), &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    return config;
}

static struct machine *machine(struct rig *rig, const char *id)
{
    for (size_t i = 0; i < rig->fleet.count; i++)
        if (strcmp(rig->fleet.machines[i]->own->id, id) == 0)
            return rig->fleet.machines[i];
    return NULL;
}

/* A fleet of p1 and l1 in Caen, p2 in Flers, all idle on links of their own. */
static int begin(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);

    assert_non_null(rig);
    rig->host.ops = &host_ops;
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    assert_int_equal(link_set_create(&rig->set, &rig->loop), ERR_OK);
    fleet_init(&rig->fleet, rig->set, &rig->host);
    assert_int_equal(fleet_configure(&rig->fleet, config_of(before)), ERR_OK);
    assert_int_equal(rig->fleet.count, MACHINES);
    for (size_t i = 0; i < MACHINES; i++) {
        struct machine *m = rig->fleet.machines[i];

        rig->links[i] = (struct link){.ops = &link_ops, .owner = rig};
        m->link = &rig->links[i];
        m->phase = PHASE_READY;
        m->state = MACHINE_IDLE;
    }
    *state = rig;
    return 0;
}

static void finish_job(struct rig *rig)
{
    struct pool_job *job = rig->job;

    rig->job = NULL;
    if (job == NULL)
        return;
    job->run(job->data);
    job->done(job->data);
}

static int end(void **state)
{
    struct rig *rig = *state;

    fleet_finish(&rig->fleet);
    while (rig->job != NULL)
        finish_job(rig);
    link_set_close(rig->set);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
    free(rig);
    return 0;
}

static void stop(struct rig *rig, const char *site, const char *id)
{
    struct order order = {.kind = ORDER_ESTOP, .token = 7, .by = "marie"};

    snprintf(order.site, sizeof order.site, "%s", site);
    snprintf(order.machine, sizeof order.machine, "%s", id);
    fleet_order(&rig->fleet, &order);
}

static void test_a_site_is_stopped_and_no_other(void **state)
{
    struct rig *rig = *state;

    stop(rig, "caen", "");
    assert_memory_equal(rig->out[0], "\nM112\n", 6);
    assert_memory_equal(rig->out[1], "!\x18", 2);
    assert_string_equal(rig->out[2], "");
    assert_int_equal(machine(rig, "p1")->state, MACHINE_LOCKED);
    assert_int_equal(machine(rig, "l1")->state, MACHINE_LOCKED);
    assert_int_equal(machine(rig, "p2")->state, MACHINE_IDLE);
    assert_int_equal(rig->answer.token, 7);
    assert_int_equal(rig->answer.err, ERR_OK);
}

static void test_all_are_stopped_and_the_unreachable_is_told(void **state)
{
    struct rig *rig = *state;
    struct machine *gone = machine(rig, "p2");

    gone->link = NULL;
    gone->phase = PHASE_CLOSED;
    gone->state = MACHINE_OFFLINE;
    stop(rig, "", "");
    for (size_t i = 0; i < MACHINES; i++)
        assert_int_equal(rig->fleet.machines[i]->state, MACHINE_LOCKED);
    assert_int_equal(rig->answer.err, ERR_LINK);
    assert_non_null(strstr(rig->answer.reason, "2 machines; 1 could not be reached"));
}

static void test_one_machine_is_stopped(void **state)
{
    struct rig *rig = *state;

    stop(rig, "", "l1");
    assert_string_equal(rig->out[0], "");
    assert_memory_equal(rig->out[1], "!\x18", 2);
    assert_string_equal(rig->out[2], "");
}

static void test_an_unknown_site_is_said_to_be_unknown(void **state)
{
    struct rig *rig = *state;

    stop(rig, "rouen", "");
    assert_int_equal(rig->answer.err, ERR_NOT_FOUND);
    for (size_t i = 0; i < MACHINES; i++)
        assert_string_equal(rig->out[i], "");
}

/* A program long enough that most of it is read after the reload. */
static void write_program(char *path, struct run_order *run)
{
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

    assert_non_null(file);
    for (int i = 0; i < 4000; i++)
        fprintf(file, "G1 X%d.5 F3000\n", i % 200);
    fclose(file);
    snprintf(run->path, sizeof run->path, "%s", path);
    assert_int_equal(hash_file(path, run->sha256), ERR_OK);
    run->run = 5;
    run->lines = 4000;
}

/* `before` with another port for machine p2 and another baud rate for machine p1 if asked. */
static struct config *changed_config(bool p1_too)
{
    char text[sizeof before + 40];
    const char *p2 = strstr(before, "/dev/pts/903");
    const char *p1 = strstr(before, "\"/dev/pts/901\"") + strlen("\"/dev/pts/901\"");

    snprintf(text, sizeof text, "%.*s%s%.*s/dev/pts/904%s", (int)(p1 - before), before,
             p1_too ? ", \"baud\": 250000" : "", (int)(p2 - p1), p1, p2 + 12);
    return config_of(text);
}

static void begin_run(struct machine *m, const struct run_order *run)
{
    m->run.active = m->run.prologue = true;
    m->run.order = *run;
    m->bed = BED_OCCUPIED;
    m->state = MACHINE_RUNNING;
    assert_true(stream_begin(m, 0));
    m->stream.open = true;
}

static void test_a_reload_in_a_run_leaves_the_run_alone(void **state)
{
    struct rig *rig = *state;
    struct machine *m = machine(rig, "p1");
    char path[] = "/tmp/usine-fleet-XXXXXX";
    struct run_order run = {0};

    write_program(path, &run);
    begin_run(m, &run);
    assert_int_equal(fleet_configure(&rig->fleet, changed_config(false)), ERR_OK);
    fleet_tick(&rig->fleet);
    fleet_tick(&rig->fleet); /* p2 has closed its link for its new port */
    assert_string_equal(rig->out[2], "<closed>");
    machine_on_closed(machine(rig, "p2"), "closed", (int64_t)uv_now(&rig->loop));
    fleet_tick(&rig->fleet);
    fleet_tick(&rig->fleet); /* and with it the last use of the old config is gone */
    while (rig->job != NULL)
        finish_job(rig); /* reads with the profile the run began with */
    assert_true(m->run.active);
    assert_int_equal(m->state, MACHINE_RUNNING);
    assert_non_null(strstr(rig->out[0], "N10000 G1 X0.5 F3000*"));
    assert_null(strstr(rig->out[0], "<closed>"));
    unlink(path);
}

static void test_a_changed_machine_changes_after_its_run(void **state)
{
    struct rig *rig = *state;
    struct machine *m = machine(rig, "p1");
    char path[] = "/tmp/usine-fleet-XXXXXX";
    struct run_order run = {0};

    write_program(path, &run);
    begin_run(m, &run);
    assert_int_equal(fleet_configure(&rig->fleet, changed_config(true)), ERR_OK);
    fleet_tick(&rig->fleet);
    fleet_tick(&rig->fleet);
    assert_true(m->run.active);
    assert_int_equal(m->own->baud, 115200);
    run_end(m, RUN_FAILED, "for the test");
    m->state = MACHINE_IDLE;
    m->cool = m->stop.home = true;
    fleet_tick(&rig->fleet);
    fleet_tick(&rig->fleet);
    assert_non_null(strstr(rig->out[0], "<closed>"));
    machine_on_closed(m, "closed", (int64_t)uv_now(&rig->loop));
    fleet_tick(&rig->fleet);
    fleet_tick(&rig->fleet);
    m = machine(rig, "p1");
    assert_int_equal(m->own->baud, 250000);
    assert_int_equal(m->bed, BED_UNCERTAIN);
    assert_true(m->cool);      /* heaters may be on still */
    assert_true(m->stop.home); /* and its position is as doubtful as before */
    unlink(path);
}

/* The word was for the machine on its old port; between the reload and the new link nothing may
 * start on it, and the office must hear that the word is void, or a restart would bring it back. */
static void test_a_reload_takes_the_word_on_a_bed_back_at_once(void **state)
{
    struct rig *rig = *state;
    struct machine *m = machine(rig, "p2");
    struct order consent = {.kind = ORDER_CONSENT, .machine = "p2", .by = "marie", .consent = 4};
    struct order start = {.kind = ORDER_START, .machine = "p2", .run = {.run = 9, .consent = 4}};

    fleet_order(&rig->fleet, &consent);
    assert_int_equal(m->bed, BED_CLEAR);
    assert_int_equal(fleet_configure(&rig->fleet, changed_config(false)), ERR_OK);
    assert_int_equal(m->bed, BED_UNCERTAIN);
    assert_int_equal(rig->bed.consent, 4);
    consent.consent = start.run.consent = 5; /* given before the reload was seen to be through */
    fleet_order(&rig->fleet, &consent);
    start.run.issued_ms = wall(&rig->host, m->now);
    fleet_order(&rig->fleet, &start);
    assert_int_equal(rig->ended.run, 9);
    assert_int_equal(rig->ended.outcome, RUN_REFUSED);
    assert_non_null(strstr(rig->ended.reason, "config has just changed"));
    assert_string_equal(rig->out[2], "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_site_is_stopped_and_no_other, begin, end),
        cmocka_unit_test_setup_teardown(test_all_are_stopped_and_the_unreachable_is_told, begin,
                                        end),
        cmocka_unit_test_setup_teardown(test_one_machine_is_stopped, begin, end),
        cmocka_unit_test_setup_teardown(test_an_unknown_site_is_said_to_be_unknown, begin, end),
        cmocka_unit_test_setup_teardown(test_a_reload_in_a_run_leaves_the_run_alone, begin, end),
        cmocka_unit_test_setup_teardown(test_a_changed_machine_changes_after_its_run, begin, end),
        cmocka_unit_test_setup_teardown(test_a_reload_takes_the_word_on_a_bed_back_at_once, begin,
                                        end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
