/* SPDX-License-Identifier: Apache-2.0 */
/* Clearing: the person's counts become the run's verdict and facts of the ledger, their word that
 * the bed is clear becomes a consent; both in one transaction. Then jobs and today's counts move,
 * the floor hears of the consent, and the dispatcher looks for the next start. */
#include "bed.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "clockwork.h"
#include "jobs.h"
#include "machines.h"
#include "orders.h"
#include "programs.h"
#include "request.h"
#include "runs.h"
#include "start.h"
#include "store/store_machine.h"
#include "tally.h"
#include "verdict.h"

enum { HOLD_MAX_MS = 60000 };

struct clearing {
    struct request request; /* first */
    struct verdict verdict; /* run id 0: none awaited */
    struct machine_row machine;
    bool consents; /* the machine is in the config */
};

static enum err clearing_apply(struct store_work *work, struct db *db)
{
    struct clearing *clearing = (struct clearing *)(void *)work;
    enum err err = ERR_OK;

    if (clearing->verdict.run.id != 0)
        err = verdict_apply(&clearing->verdict, db);
    if (err == ERR_OK && clearing->consents)
        err = store_consent_add(db, &clearing->machine);
    if (err == ERR_OK && clearing->consents)
        err = store_machine_put(db, &clearing->machine);
    return err;
}

static void clearing_failed(struct request *request, enum err err)
{
    struct clearing *clearing = (struct clearing *)(void *)request;
    struct machine_item *machine = machines_find(request->queue, clearing->machine.id);

    (void)err;
    if (machine != NULL)
        machine->busy = false;
}

static void count_verdict(struct queue *queue, const struct verdict *verdict)
{
    struct run_item *item = runs_find(queue, verdict->run.id);

    for (size_t i = 0; i < verdict->fact_count; i++) {
        jobs_count(queue, &verdict->facts[i]);
        tally_count(queue, &verdict->facts[i]);
    }
    programs_judged(queue, &verdict->run);
    if (item != NULL)
        runs_forget(queue, item);
}

static void clearing_committed(struct request *request)
{
    struct queue *queue = request->queue;
    struct clearing *clearing = (struct clearing *)(void *)request;
    struct machine_item *machine = machines_find(queue, clearing->machine.id);

    if (clearing->verdict.run.id != 0)
        count_verdict(queue, &clearing->verdict);
    if (machine != NULL)
        machine->busy = false;
    if (machine != NULL && clearing->consents) {
        machine->bed = BED_CLEAR;
        machine->consent = clearing->machine.consent;
        machine->given_ms = clearing->machine.given_ms;
        machine->hold_ms = clearing->machine.hold_ms;
        machine->refused_until_ms = 0;
        machine->refused[0] = '\0';
        memcpy(machine->given_by, clearing->machine.by, sizeof machine->given_by);
        log_info("%s: clear, says %s", machine->config->id, machine->given_by);
        orders_consent(queue, machine);
        clockwork_update(queue, machine);
    }
    start_soon(queue);
}

/* A presence word for a laser runs out: then clearing again renews it. */
static bool consent_stale(const struct queue *queue, const struct machine_item *machine)
{
    double attend_ms = machine->config->profile.attend_max_min * 60000.0;

    return machine->config->profile.kind == KIND_LASER && attend_ms > 0 &&
           (double)(clock_wall(queue->clock) - machine->given_ms) > attend_ms;
}

/* Why the bed cannot be declared clear now; NULL: it can. */
static const char *not_now(const struct queue *queue, const struct machine_item *machine,
                           const struct run_item *run, bool count_only)
{
    const struct machine_view *view = machines_view(queue, machine);

    if (run != NULL && run->run.status <= RUN_STATUS_STARTED)
        return "a run is under way: wait for its end, or cancel it";
    if (count_only)
        return run == NULL ? "no run awaits a verdict, so there is nothing to count" : NULL;
    if (view->state >= MACHINE_HEATING && view->state <= MACHINE_STOPPING)
        return "the machine is moving or hot at work: wait until it is idle";
    if (run == NULL && machine->consent != 0 && view->bed == BED_CLEAR &&
        machine->refused[0] == '\0' && !consent_stale(queue, machine))
        return "the bed is already clear and no run awaits a verdict";
    return NULL;
}

static void fill(struct clearing *clearing, struct queue *queue, const struct clear_request *ask)
{
    const struct machine_item *machine = machines_find(queue, ask->machine);
    struct machine_row *row = &clearing->machine;

    snprintf(row->id, sizeof row->id, "%s", ask->machine);
    snprintf(row->by, sizeof row->by, "%s", ask->by);
    clearing->consents = machine != NULL && !ask->count_only;
    if (!clearing->consents)
        return;
    machines_row(machine, row);
    row->bed = (int64_t)BED_CLEAR;
    row->consent = clearing->request.id = ++queue->last_consent;
    row->given_ms =
        clearing->verdict.run.id != 0 ? clearing->verdict.run.judged_ms : clock_wall(queue->clock);
    row->hold_ms = ask->hold_ms < 0 ? 0 : ask->hold_ms > HOLD_MAX_MS ? HOLD_MAX_MS : ask->hold_ms;
}

static void say(struct clearing *clearing)
{
    const struct verdict *verdict = &clearing->verdict;
    int64_t good = 0, scrap = 0;

    for (size_t i = 0; i < verdict->run.part_count; i++) {
        good += verdict->run.parts[i].good;
        scrap += verdict->run.parts[i].scrap;
    }
    if (verdict->run.id == 0)
        snprintf(clearing->request.text, sizeof clearing->request.text, "%s is clear",
                 clearing->machine.id);
    else
        snprintf(clearing->request.text, sizeof clearing->request.text,
                 "%s%s; run %lld: %lld good, %lld scrap", clearing->machine.id,
                 clearing->consents ? " is clear" : "", (long long)verdict->run.id, (long long)good,
                 (long long)scrap);
}

void queue_clear(struct queue *queue, const struct clear_request *ask, queue_done done,
                 void *context)
{
    static const struct request_steps steps = {
        .apply = clearing_apply, .committed = clearing_committed, .failed = clearing_failed};
    struct clearing *clearing = request_begin(queue, sizeof *clearing, done, context);
    struct machine_item *machine = machines_find(queue, ask->machine);
    const struct run_item *run = runs_of_machine(queue, ask->machine);
    const char *why = machine != NULL ? not_now(queue, machine, run, ask->count_only) : NULL;
    char text[STORE_TEXT_SIZE];

    if (clearing == NULL)
        return;
    if (machine == NULL && run == NULL) {
        request_refuse(&clearing->request, ERR_NOT_FOUND, "no machine \"%s\"", ask->machine);
    } else if (machine != NULL && machine->busy) {
        request_refuse(&clearing->request, ERR_BUSY,
                       "%s: a start or a clear is being written: try again", ask->machine);
    } else if (why != NULL) {
        request_refuse(&clearing->request, ERR_REFUSED, "%s: %s", ask->machine, why);
    } else if (!verdict_make(&clearing->verdict, run != NULL ? &run->run : NULL, ask,
                             clock_wall(queue->clock), text)) {
        request_refuse(&clearing->request, run != NULL ? ERR_INVALID : ERR_REFUSED, "%s: %s",
                       ask->machine, text);
    } else {
        fill(clearing, queue, ask);
        for (size_t i = 0; i < clearing->verdict.fact_count; i++)
            blocks_fresh(queue->blocks, clearing->verdict.facts[i].lot);
        say(clearing);
        if (machine != NULL)
            machine->busy = true;
        request_write(&clearing->request, &steps);
    }
}

/* ---- taking the word back ---- */

struct withdrawing {
    struct request request; /* first */
    struct machine_row machine;
    int64_t consent, at_ms;
};

static enum err withdrawing_apply(struct store_work *work, struct db *db)
{
    struct withdrawing *withdrawing = (struct withdrawing *)(void *)work;
    enum err err =
        store_consent_void(db, withdrawing->consent, withdrawing->at_ms, withdrawing->machine.by);

    return err != ERR_OK ? err : store_machine_put(db, &withdrawing->machine);
}

static void withdrawing_failed(struct request *request, enum err err)
{
    struct withdrawing *withdrawing = (struct withdrawing *)(void *)request;
    struct machine_item *machine = machines_find(request->queue, withdrawing->machine.id);

    (void)err;
    if (machine != NULL)
        machine->busy = false;
}

static void withdrawing_committed(struct request *request)
{
    struct withdrawing *withdrawing = (struct withdrawing *)(void *)request;
    struct machine_item *machine = machines_find(request->queue, withdrawing->machine.id);
    struct order *order = orders_make(ORDER_WITHDRAW);

    if (order != NULL) {
        memcpy(order->machine, withdrawing->machine.id, sizeof order->machine);
        memcpy(order->by, withdrawing->machine.by, sizeof order->by);
        order->consent = withdrawing->consent;
        orders_send(request->queue, order);
    }
    if (machine == NULL)
        return;
    machine->busy = false;
    machine->bed = BED_UNCERTAIN;
    machine->consent = 0;
}

void queue_withdraw(struct queue *queue, const char *id, const char *by, queue_done done,
                    void *context)
{
    static const struct request_steps steps = {.apply = withdrawing_apply,
                                               .committed = withdrawing_committed,
                                               .failed = withdrawing_failed};
    struct withdrawing *withdrawing = request_begin(queue, sizeof *withdrawing, done, context);
    struct machine_item *machine = machines_find(queue, id);

    if (withdrawing == NULL)
        return;
    if (machine == NULL) {
        request_refuse(&withdrawing->request, ERR_NOT_FOUND, "no machine \"%s\"", id);
    } else if (machine->busy || machine->consent == 0) {
        request_refuse(&withdrawing->request, ERR_REFUSED,
                       "%s: there is no word to take back: none was given, or a start has used it",
                       id);
    } else {
        withdrawing->consent = withdrawing->request.id = machine->consent;
        withdrawing->at_ms = clock_wall(queue->clock);
        machines_row(machine, &withdrawing->machine);
        withdrawing->machine.bed = (int64_t)BED_UNCERTAIN;
        withdrawing->machine.consent = 0;
        snprintf(withdrawing->machine.by, sizeof withdrawing->machine.by, "%s", by);
        snprintf(withdrawing->request.text, sizeof withdrawing->request.text,
                 "%s: taken back; the bed is uncertain", id);
        machine->busy = true;
        request_write(&withdrawing->request, &steps);
    }
}
