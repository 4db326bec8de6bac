/* SPDX-License-Identifier: Apache-2.0 */
#include "plant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "queue/queue.h"

/* ---- telling ---- */

static enum machine_time kind_of(const struct machine_view *view)
{
    switch (view->state) {
    case MACHINE_HEATING:
        return TIME_HEATING;
    case MACHINE_RUNNING:
        return TIME_RUNNING;
    case MACHINE_LOCKED:
        return TIME_DOWN;
    case MACHINE_HELD:
        return TIME_WAITING;
    case MACHINE_IDLE:
        return view->bed == BED_CLEAR ? TIME_IDLE : TIME_WAITING;
    case MACHINE_OFFLINE:
    case MACHINE_GREETING:
    case MACHINE_FINISHING:
    case MACHINE_STOPPING:
    case MACHINE_STATES:
        break;
    }
    return TIME_OFFLINE;
}

static void book(struct plant_machine *m)
{
    int64_t span[2] = {m->spends_ms, m->plant->agenda->now_ms};

    truth_spent(m->plant->truth, truth_machine(m->plant->truth, m->view.id), m->spends, span);
    m->spends_ms = span[1];
}

static void tell(struct plant_machine *m)
{
    struct event event = {.kind = EVENT_VIEWS, .views = &m->view, .view_count = 1};

    book(m);
    m->spends = kind_of(&m->view);
    m->view.heard_ms = m->plant->agenda->now_ms;
    m->plant->stirred = true;
    queue_on_event(m->plant->queue, &event);
}

static void become(struct plant_machine *m, enum machine_state state)
{
    m->turn++;
    m->view.state = state;
    m->view.since_ms = m->plant->agenda->now_ms;
    m->view.waiting_for = WAITING_NOTHING;
    if (state == MACHINE_LOCKED)
        m->view.waiting_for = WAITING_UNLOCK;
    else if (state == MACHINE_HELD)
        m->view.waiting_for = WAITING_MATERIAL;
    else if (state == MACHINE_IDLE && m->view.bed != BED_CLEAR)
        m->view.waiting_for = m->laser ? WAITING_LOAD : WAITING_CLEAR;
    tell(m);
}

static void happen(struct plant_machine *m, struct event event)
{
    event.at_ms = m->plant->agenda->now_ms;
    snprintf(event.machine, sizeof event.machine, "%s", m->view.id);
    m->plant->stirred = true;
    queue_on_event(m->plant->queue, &event);
}

/* ---- runs ---- */

static const struct plant_program *program_of(const struct plant *plant, const char *sha256)
{
    for (size_t i = 0; i < plant->program_count; i++)
        if (strcmp(plant->programs[i].sha256, sha256) == 0)
            return &plant->programs[i];
    fprintf(stderr, "operation: a run of an unknown program %.12s\n", sha256);
    exit(2);
}

/* What of the run is good; a stack that fails half-way has its lower pieces. */
static void fill_bed(struct plant_machine *m, double share_done)
{
    static const char *const reasons[] = {"warped", "layers shifted", "stringing", "peg broken"};
    static const char *const cut[] = {"scratched", "not cut through", "sheet slipped"};
    const struct plant_program *program = program_of(m->plant, m->run.sha256);
    struct plant_pieces *bed = &m->on_bed;
    int64_t whole = (int64_t)floor(share_done * (double)program->pieces);

    *bed = (struct plant_pieces){.good = 0};
    snprintf(bed->part, sizeof bed->part, "%s", program->part);
    for (int64_t i = 0; i < program->pieces; i++)
        if (i < whole && dice_share(&m->dice) >= m->plant->luck.scrap)
            bed->good++;
        else
            bed->scrap++;
    if (bed->scrap > program->pieces - whole)
        snprintf(bed->reason, sizeof bed->reason, "%s",
                 m->laser ? cut[(size_t)(dice_share(&m->dice) * 3)]
                          : reasons[(size_t)(dice_share(&m->dice) * 4)]);
    else if (bed->scrap > 0)
        snprintf(bed->reason, sizeof bed->reason, "print failed");
}

static void end_run(struct plant_machine *m, enum run_outcome outcome, const char *reason)
{
    struct plant *plant = m->plant;
    size_t day = truth_day(plant->truth, plant->agenda->now_ms);
    double total = m->run.time_s * m->pace;
    struct event event = {.kind = EVENT_RUN_ENDED, .run = m->run.run, .outcome = outcome};

    fill_bed(m, outcome == RUN_FINISHED ? 1 : fmin(fmax(1 - m->left_s / total, 0), 0.99));
    truth_pieces(plant->truth, m->view.id, m->on_bed.part, day)->runs++;
    snprintf(event.reason, sizeof event.reason, "%s", reason);
    event.lines = outcome == RUN_FINISHED ? m->run.lines : 0;
    m->view.last_run = m->view.run;
    m->view.last_outcome = outcome;
    m->view.run = 0;
    m->view.progress = 0;
    m->view.eta_s = -1;
    happen(m, event);
}

static void on_ended(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn != m->turn)
        return;
    end_run(m, RUN_FINISHED, "");
    become(m, MACHINE_IDLE);
    m->plant->need(m->plant->crew, m, NEED_CLEAR);
}

static void stop_clock(struct plant_machine *m)
{
    m->left_s -= (double)(m->plant->agenda->now_ms - m->began_ms) / SECOND;
}

static void on_failed(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn != m->turn)
        return;
    stop_clock(m);
    m->plant->failed++;
    end_run(m, RUN_FAILED, "stopped by a person: the print came loose");
    become(m, MACHINE_IDLE);
    m->plant->need(m->plant->crew, m, NEED_CLEAR);
}

static void on_empty(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn != m->turn)
        return;
    stop_clock(m);
    m->plant->runouts++;
    become(m, MACHINE_HELD);
    m->plant->need(m->plant->crew, m, NEED_REFILL);
}

static void on_broken(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn != m->turn)
        return;
    stop_clock(m);
    m->plant->broken++;
    end_run(m, RUN_FAILED, m->laser ? "ALARM:1 hard limit" : "Error:Thermal Runaway");
    become(m, MACHINE_LOCKED);
    m->plant->need(m->plant->crew, m, NEED_REPAIR);
}

/* The run goes on, to its end or to the mishap that comes first. */
static void go_on(struct plant_machine *m)
{
    const struct plant_luck *luck = &m->plant->luck;
    double failed = dice_exponential(&m->dice, luck->fail_hours * 3600);
    double empty = dice_exponential(&m->dice, luck->runout_hours * 3600);
    double broken = dice_exponential(&m->dice, luck->break_hours * 3600);
    double first = fmin(broken, m->laser ? INFINITY : fmin(failed, empty));
    struct agenda *agenda = m->plant->agenda;

    become(m, MACHINE_RUNNING);
    m->began_ms = agenda->now_ms;
    if (first >= m->left_s)
        agenda_add(agenda, m->left_s, on_ended, m, m->turn);
    else if (first == broken)
        agenda_add(agenda, broken, on_broken, m, m->turn);
    else if (first == failed)
        agenda_add(agenda, failed, on_failed, m, m->turn);
    else
        agenda_add(agenda, empty, on_empty, m, m->turn);
}

static void on_hot(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn == m->turn)
        go_on(m);
}

static void start(struct plant_machine *m, const struct order *order)
{
    struct event bed = {.kind = EVENT_BED, .bed = BED_OCCUPIED, .consent = order->consent};
    struct event started = {.kind = EVENT_RUN_STARTED, .run = order->run.run};

    if (m->view.state != MACHINE_IDLE || m->view.bed != BED_CLEAR || m->consent != order->consent) {
        m->plant->refused++;
        happen(m, (struct event){.kind = EVENT_RUN_ENDED,
                                 .run = order->run.run,
                                 .outcome = RUN_REFUSED,
                                 .reason = "the bed is not clear"});
        return;
    }
    m->run = order->run;
    m->consent = 0;
    m->left_s = m->run.time_s * m->pace * dice_about(&m->dice, 1, 0.02);
    m->view.bed = BED_OCCUPIED;
    m->view.run = m->run.run;
    m->view.lines = m->run.lines;
    m->view.eta_s = m->left_s;
    happen(m, bed);
    happen(m, started);
    if (m->laser) {
        go_on(m);
        return;
    }
    become(m, MACHINE_HEATING);
    agenda_add(m->plant->agenda, dice_about(&m->dice, 240, 0.2), on_hot, m, m->turn);
}

void plant_refilled(struct plant_machine *m)
{
    go_on(m);
}

void plant_repaired(struct plant_machine *m)
{
    become(m, MACHINE_IDLE);
    m->plant->need(m->plant->crew, m, NEED_CLEAR);
}

/* ---- machines come and go ---- */

static void on_greeted(void *context, int64_t turn)
{
    struct plant_machine *m = context;

    if (turn != m->turn)
        return;
    become(m, MACHINE_IDLE);
    m->plant->need(m->plant->crew, m, NEED_CLEAR);
}

static struct plant_machine *find(struct plant *plant, const char *id)
{
    for (size_t i = 0; i < plant->count; i++)
        if (strcmp(plant->machines[i]->view.id, id) == 0)
            return plant->machines[i];
    return NULL;
}

/* A technician has plugged it in and switched it on; it greets in a while. */
static void add(struct plant *plant, const struct config_machine *config)
{
    struct plant_machine *m = calloc(1, sizeof *m);
    struct truth_machine *truth = truth_machine(plant->truth, config->id);

    if (m == NULL)
        exit(2);
    m->plant = plant;
    m->laser = config->profile.kind == KIND_LASER;
    m->dice = dice_named(plant->seed, config->id);
    m->pace = dice_about(&m->dice, 1.02, 0.02);
    m->view = (struct machine_view){.state = MACHINE_OFFLINE, .bed = BED_UNCERTAIN, .eta_s = -1};
    snprintf(m->view.id, sizeof m->view.id, "%s", config->id);
    snprintf(m->view.site, sizeof m->view.site, "%s", config->site);
    snprintf(truth->site, sizeof truth->site, "%s", config->site);
    truth->joined_ms = m->spends_ms = plant->agenda->now_ms;
    m->spends = TIME_OFFLINE;
    plant->machines[plant->count++] = m;
    agenda_add(plant->agenda, dice_about(&m->dice, 120, 0.5), on_greeted, m, m->turn);
}

static void configure(struct plant *plant, const struct config *config)
{
    for (size_t i = 0; i < config->machine_count; i++)
        if (find(plant, config->machines[i].id) == NULL)
            add(plant, &config->machines[i]);
}

/* ---- orders ---- */

bool plant_order(void *floor, struct order *order)
{
    struct plant *plant = floor;

    list_add(&plant->inbox, &order->message.node);
    return true;
}

static void obey(struct plant *plant, const struct order *order)
{
    struct plant_machine *m = find(plant, order->machine);

    if (order->kind == ORDER_CONFIGURE)
        configure(plant, order->config);
    if (m == NULL)
        return;
    if (order->kind == ORDER_START)
        start(m, order);
    if (order->kind != ORDER_CONSENT)
        return;
    m->consent = order->consent;
    m->view.bed = BED_CLEAR;
    become(m, m->view.state);
}

bool plant_obey(struct plant *plant)
{
    bool any = !list_empty(&plant->inbox);

    while (!list_empty(&plant->inbox)) {
        struct order *order = list_entry(list_take(&plant->inbox), struct order, message.node);

        obey(plant, order);
        if (order->kind == ORDER_CONFIGURE)
            config_unref(order->config);
        free(order);
    }
    return any;
}

/* ---- looking ---- */

void plant_report(struct plant *plant)
{
    for (size_t i = 0; i < plant->count; i++) {
        struct plant_machine *m = plant->machines[i];
        double done_s = (double)(plant->agenda->now_ms - m->began_ms) / SECOND;

        if (m->view.state != MACHINE_RUNNING)
            continue;
        m->view.eta_s = fmax(m->left_s - done_s, 0);
        m->view.progress = fmin(1 - m->view.eta_s / (m->run.time_s * m->pace * 1.1), 0.99);
        m->view.line = (uint64_t)(m->view.progress * (double)m->view.lines);
        tell(m);
    }
}

void plant_book(struct plant *plant)
{
    for (size_t i = 0; i < plant->count; i++)
        book(plant->machines[i]);
}

void plant_finish(struct plant *plant)
{
    while (!list_empty(&plant->inbox)) {
        struct order *order = list_entry(list_take(&plant->inbox), struct order, message.node);

        if (order->kind == ORDER_CONFIGURE)
            config_unref(order->config);
        free(order);
    }
    for (size_t i = 0; i < plant->count; i++)
        free(plant->machines[i]);
}
