/* SPDX-License-Identifier: Apache-2.0 */
#include "rig.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void rig_program(struct rig *rig, const char *text)
{
    int fd;

    if (rig->program[0] == '\0') {
        snprintf(rig->program, sizeof rig->program, "/tmp/usine-rig-XXXXXX");
        fd = mkstemp(rig->program);
        assert(fd >= 0);
        close(fd);
    }
    FILE *file = fopen(rig->program, "w");

    assert(file != NULL);
    fputs(text, file);
    fclose(file);
    rig->lines = 0;
    for (const char *p = text; *p != '\0'; p++)
        rig->lines += *p == '\n';
    assert(hash_file(rig->program, rig->sha256) == ERR_OK);
}

static void fill_run(struct rig *rig, struct run_order *run)
{
    const struct rig_twist *twist = &rig->twist;

    run->run = rig->next_run++;
    snprintf(run->path, sizeof run->path, "%s", rig->program);
    snprintf(run->sha256, sizeof run->sha256, "%s", rig->sha256);
    run->lines = rig->lines;
    run->time_s = 60;
    run->consent = twist->consent > 0 ? twist->consent : rig->next_consent;
    run->issued_ms = rig_wall(rig) - twist->age_ms;
    run->heard_ms = rig_wall(rig) - twist->away_ms;
    run->acked = twist->acked;
    if (twist->lines > 0)
        run->lines = twist->lines;
    run->held = twist->held;
    run->nozzle_max_c = twist->nozzle_c;
    run->bed_max_c = twist->bed_c;
    if (twist->wrong_hash)
        run->sha256[0] = run->sha256[0] == '0' ? '1' : '0';
    for (int i = 0; i < 3; i++) {
        run->max_mm[i] = twist->reach_mm > 0 ? twist->reach_mm : NAN;
        run->min_mm[i] = twist->reach_mm > 0 ? 0 : NAN;
    }
}

void rig_start(struct rig *rig)
{
    struct order order = {.kind = ORDER_CONSENT, .consent = rig->next_consent, .by = "marie"};

    machine_order(&rig->machine, &order, rig->now);
    order.kind = ORDER_START;
    fill_run(rig, &order.run);
    rig->next_consent++;
    machine_order(&rig->machine, &order, rig->now);
    rig_pass(rig, 0);
}

void rig_order(struct rig *rig, enum order_kind kind, const char *line)
{
    struct order order = {.kind = kind, .token = 7, .by = "marie"};

    if (line != NULL)
        snprintf(order.line, sizeof order.line, "%s", line);
    if (kind == ORDER_ADOPT || kind == ORDER_START)
        fill_run(rig, &order.run);
    if (kind == ORDER_CONSENT) {
        order.consent = rig->next_consent;
        order.hold_ms = rig->twist.consent_hold_ms;
        order.given_ms = rig_wall(rig) - rig->twist.consent_age_ms;
    }
    if (kind == ORDER_OCCUPY) {
        order.bed = BED_OCCUPIED;
        order.locked = true;
        snprintf(order.line, sizeof order.line, "it was locked before the restart");
    }
    machine_order(&rig->machine, &order, rig->now);
    rig_pass(rig, 0);
}

const struct event *rig_event(const struct rig *rig, enum event_kind kind)
{
    for (unsigned i = rig->event_count; i > 0; i--)
        if (rig->events[i - 1]->kind == kind)
            return rig->events[i - 1];
    return NULL;
}
