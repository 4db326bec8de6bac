/* SPDX-License-Identifier: Apache-2.0 */
/* Runs: started, then ended as finished, failed, cancelled or refused. What has happened has
 * happened, so memory changes at once; the note is kept until the disk takes it. A refused start
 * gives the consent back and is not tried again at once; every other end leaves the bed to a
 * person's word. */
#include "happen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clockwork.h"
#include "machines.h"
#include "orders.h"
#include "request.h"
#include "runs.h"
#include "start.h"
#include "store/store_machine.h"
#include "tally.h"
#include "used.h"
#include "wirelog.h"

enum { REFUSED_BACKOFF_MS = 30000 };

struct happening {
    struct note note; /* first */
    struct run_row run;
    struct fact fact;           /* qty 0: none */
    struct fact used;           /* the same: material */
    struct machine_row machine; /* id "": none */
    int64_t give_back;          /* this consent is in force again; 0: none */
};

/* ---- started ---- */

static enum err started_apply(struct store_work *work, struct db *db)
{
    struct happening *happening = (struct happening *)(void *)work;

    return store_run_started(db, happening->run.id, happening->run.started_ms);
}

void happen_started(struct queue *queue, const struct event *event)
{
    struct run_item *item = runs_find(queue, event->run);
    struct machine_item *machine;
    struct happening *happening;

    if (item == NULL || item->run.status != RUN_STATUS_ORDERED)
        return;
    machine = machines_find(queue, item->run.machine);
    runs_become(queue, item, RUN_STATUS_STARTED);
    item->run.started_ms = item->heard_ms = event->at_ms;
    if (machine != NULL)
        machine->refused[0] = '\0';
    happening = note_begin(queue, sizeof *happening, started_apply);
    if (happening == NULL)
        return;
    happening->run = runs_row(&item->run);
    note_write(&happening->note);
}

/* ---- ended ---- */

static enum err ended_apply(struct store_work *work, struct db *db)
{
    struct happening *happening = (struct happening *)(void *)work;
    enum err err = store_run_ended(db, &happening->run);

    if (err == ERR_OK && happening->fact.qty != 0)
        err = store_fact_append(db, &happening->fact);
    if (err == ERR_OK && happening->used.qty != 0)
        err = store_fact_append(db, &happening->used);
    if (err == ERR_OK && happening->give_back != 0)
        err = store_consent_used(db, happening->give_back, 0);
    if (err == ERR_OK && happening->machine.id[0] != '\0')
        err = store_machine_put(db, &happening->machine);
    return err;
}

static struct fact ran(const struct run *run)
{
    struct fact fact = {.at_ms = run->ended_ms,
                        .day = ledger_day(run->ended_ms),
                        .kind = FACT_RAN,
                        .run = run->id,
                        .job = run->job,
                        .qty = 1};

    memcpy(fact.site, run->site, sizeof fact.site);
    memcpy(fact.machine, run->machine, sizeof fact.machine);
    memcpy(fact.part, run->part, sizeof fact.part);
    snprintf(fact.reason, sizeof fact.reason, "%s", run_status_name(run->status));
    return fact;
}

/* Writes the end down. The run is still listed. */
static void note_end(struct queue *queue, const struct run_item *item,
                     const struct machine_item *machine)
{
    struct happening *happening = note_begin(queue, sizeof *happening, ended_apply);

    if (happening == NULL)
        return;
    happening->run = runs_row(&item->run);
    if (item->run.status != RUN_STATUS_REFUSED)
        happening->fact = ran(&item->run);
    else if (machine != NULL && machine->consent == item->run.consent)
        happening->give_back = machine->consent;
    if (happening->fact.qty != 0 && used_by_run(queue, &item->run, &happening->used))
        tally_count(queue, &happening->used);
    if (machine != NULL)
        machines_row(machine, &happening->machine);
    note_write(&happening->note);
}

/* Nothing was sent: the consent holds, but the same start is not asked again at once. */
static void refused(struct queue *queue, struct run_item *item, struct machine_item *machine)
{
    item->run.judged = true;
    if (machine == NULL)
        return;
    if (machine->consent == 0)
        machine->consent = item->run.consent;
    machine->refused_until_ms = clock_wall(queue->clock) + REFUSED_BACKOFF_MS;
    memcpy(machine->refused, item->run.reason, sizeof machine->refused);
}

static void end_run(struct queue *queue, struct run_item *item)
{
    struct machine_item *machine = machines_find(queue, item->run.machine);

    log_info("%s: run %lld %s%s%s", item->run.machine, (long long)item->run.id,
             run_status_name(item->run.status), item->run.reason[0] != '\0' ? ": " : "",
             item->run.reason);
    if (item->run.status == RUN_STATUS_REFUSED)
        refused(queue, item, machine);
    note_end(queue, item, machine);
    if (item->run.judged)
        runs_forget(queue, item);
    if (machine != NULL)
        clockwork_update(queue, machine);
    start_soon(queue);
}

void happen_ended(struct queue *queue, const struct event *event)
{
    static const enum run_status statuses[] = {
        [RUN_FINISHED] = RUN_STATUS_FINISHED,
        [RUN_FAILED] = RUN_STATUS_FAILED,
        [RUN_CANCELLED] = RUN_STATUS_CANCELLED,
        [RUN_REFUSED] = RUN_STATUS_REFUSED,
    };
    struct run_item *item = runs_find(queue, event->run);

    if (item == NULL || item->run.status > RUN_STATUS_STARTED)
        return;
    runs_become(queue, item, statuses[event->outcome]);
    item->run.ended_ms = event->at_ms;
    item->run.acked = event->lines > item->run.acked ? event->lines : item->run.acked;
    snprintf(item->run.reason, sizeof item->run.reason, "%s", event->reason);
    if (event->outcome == RUN_FAILED && event->text != NULL)
        wirelog_save(queue, event->run, event->text);
    end_run(queue, item);
}

void happen_idle(struct queue *queue, const struct machine_item *machine)
{
    struct clear_request ask = {.by = "auto-eject"};

    if (!machine->config->profile.auto_eject || machine->busy || machine->run == NULL ||
        machine->run->run.status != RUN_STATUS_FINISHED)
        return;
    snprintf(ask.machine, sizeof ask.machine, "%s", machine->config->id);
    queue_clear(queue, &ask, NULL, NULL);
}

void happen_lost(struct queue *queue, struct run_item *item, const char *reason)
{
    runs_become(queue, item, RUN_STATUS_FAILED);
    item->run.ended_ms = clock_wall(queue->clock);
    snprintf(item->run.reason, sizeof item->run.reason, "%s", reason);
    end_run(queue, item);
}

/* ---- beds ---- */

static enum err bed_apply(struct store_work *work, struct db *db)
{
    return store_machine_put(db, &((struct happening *)(void *)work)->machine);
}

void happen_bed(struct queue *queue, const struct event *event)
{
    struct machine_item *machine = machines_find(queue, event->machine);
    struct happening *happening;

    if (machine == NULL)
        return;
    machine->bed = event->bed;
    machines_view(queue, machine)->bed = event->bed;
    if (event->bed != BED_CLEAR && (event->consent == 0 || event->consent == machine->consent))
        machine->consent = 0;
    happening = note_begin(queue, sizeof *happening, bed_apply);
    if (happening == NULL)
        return;
    machines_row(machine, &happening->machine);
    note_write(&happening->note);
    clockwork_update(queue, machine);
    queue->version++;
}

/* ---- last words ---- */

struct last_words {
    struct store_work work; /* first */
    size_t count;
    struct {
        int64_t run, heard_ms, acked;
    } words[];
};

static enum err last_words_apply(struct store_work *work, struct db *db)
{
    struct last_words *last = (struct last_words *)(void *)work;
    enum err err = ERR_OK;

    for (size_t i = 0; i < last->count && err == ERR_OK; i++)
        err =
            store_run_heard(db, last->words[i].run, last->words[i].heard_ms, last->words[i].acked);
    return err;
}

/* Not kept when the disk refuses: newer words follow in a few seconds. */
static void last_words_done(struct store_work *work, enum err err, const char *text)
{
    if (err != ERR_OK)
        log_warning("queue: %s", text);
    free(work);
}

void happen_heard(struct queue *queue)
{
    struct last_words *last =
        malloc(sizeof *last + (queue->machine_count + 1) * sizeof *last->words);

    if (last == NULL)
        return;
    last->work = (struct store_work){.apply = last_words_apply, .done = last_words_done};
    last->count = 0;
    for (size_t i = 0; i < queue->machine_count; i++) {
        const struct run_item *item = queue->machines[i].run;

        if (item == NULL || item->run.status > RUN_STATUS_STARTED || item->heard_ms == 0)
            continue;
        last->words[last->count].run = item->run.id;
        last->words[last->count].heard_ms = item->heard_ms;
        last->words[last->count++].acked = (int64_t)item->run.acked;
    }
    if (last->count == 0)
        free(last);
    else
        store_write(queue->store, &last->work);
}
