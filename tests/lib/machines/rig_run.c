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
    run->run = rig->next_run++;
    snprintf(run->path, sizeof run->path, "%s", rig->program);
    snprintf(run->sha256, sizeof run->sha256, "%s", rig->sha256);
    run->lines = rig->lines;
    run->time_s = 60;
    run->consent = rig->next_consent;
    run->issued_ms = rig->wall + rig->now;
    run->heard_ms = rig->wall + rig->now;
    for (int i = 0; i < 3; i++)
        run->max_mm[i] = run->min_mm[i] = NAN;
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
    if (kind == ORDER_CONSENT)
        order.consent = rig->next_consent;
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
