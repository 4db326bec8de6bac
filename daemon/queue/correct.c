/* SPDX-License-Identifier: Apache-2.0 */
/* Both read the run as the database has it, within the transaction that changes it: two people who
 * correct at once come one after the other. What has been committed then moves the counts in
 * memory. */
#include "correct.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "jobs.h"
#include "machines.h"
#include "orders.h"
#include "production/lot.h"
#include "request.h"
#include "runs.h"
#include "start.h"
#include "store/store_lot.h"
#include "store/store_machine.h"
#include "store/store_verdict.h"
#include "tally.h"
#include "verdict.h"

enum { FACTS_MAX = 3 * PROGRAM_YIELDS_MAX }; /* a changed reason takes scrap away and adds it */

struct correcting {
    struct request request; /* first */
    struct correction ask;
    int64_t now_ms;
    struct run before, after;
    struct fact facts[FACTS_MAX];
    size_t fact_count;
};

static void add_fact(struct correcting *c, const struct run_part *part, enum fact_kind kind,
                     int64_t qty, const char *reason)
{
    struct fact *fact = &c->facts[c->fact_count];

    if (qty == 0)
        return;
    *fact = (struct fact){.at_ms = c->now_ms,
                          .day = ledger_day(c->before.judged_ms),
                          .kind = kind,
                          .run = c->before.id,
                          .job = part->job,
                          .qty = qty};
    memcpy(fact->site, c->before.site, sizeof fact->site);
    memcpy(fact->machine, c->before.machine, sizeof fact->machine);
    memcpy(fact->part, part->part, sizeof fact->part);
    memcpy(fact->by, c->ask.by, sizeof fact->by);
    lot_made(fact->lot, fact->day, fact->machine, c->before.sha256, c->before.material);
    snprintf(fact->reason, sizeof fact->reason, "%s", reason);
    c->fact_count++;
}

/* Scrap under another reason leaves the old one, so that the sums by reason stay right. */
static void add_facts(struct correcting *c)
{
    bool moved = strcmp(c->before.reason, c->after.reason) != 0;

    for (size_t i = 0; i < c->before.part_count; i++) {
        const struct run_part *old = &c->before.parts[i], *new = &c->after.parts[i];

        add_fact(c, new, FACT_CORRECTED, new->good - old->good, "");
        if (moved)
            add_fact(c, old, FACT_CORRECTED_SCRAP, -old->scrap, c->before.reason);
        add_fact(c, new, FACT_CORRECTED_SCRAP, moved ? new->scrap : new->scrap - old->scrap,
                 c->after.reason);
    }
}

static enum err take_run(void *context, const struct run_row *row)
{
    struct correcting *c = context;

    if (row->id == c->ask.run)
        c->before = runs_from_row(row);
    return ERR_OK;
}

static enum err refuse(struct correcting *c, enum err err, const char *words)
{
    snprintf(c->request.work.text, sizeof c->request.work.text, "run %lld: %s",
             (long long)c->ask.run, words);
    return err;
}

static enum err may(struct correcting *c)
{
    bool own = strcmp(c->before.judged_by, c->ask.by) == 0;

    if (c->before.id == 0)
        return refuse(c, ERR_NOT_FOUND, "there is no such run");
    if (!c->before.judged || c->before.status == RUN_STATUS_REFUSED)
        return refuse(c, ERR_REFUSED, "it has no verdict to correct: count it at its machine");
    if (!c->ask.any && !(own && c->now_ms - c->before.judged_ms <= CORRECT_OWN_MS))
        return refuse(c, ERR_FORBIDDEN,
                      "only who counted it may correct it, within 10 minutes: ask a coordinator");
    return ERR_OK;
}

static enum err correct(struct correcting *c)
{
    enum err err = may(c);

    if (err != ERR_OK)
        return err;
    c->after = c->before;
    if (!verdict_judge(&c->after, &c->ask.part, c->request.work.text))
        return ERR_INVALID;
    add_facts(c);
    if (c->fact_count == 0)
        return refuse(c, ERR_REFUSED, "these are its counts already");
    return ERR_OK;
}

/* Into the lot that the verdict named: it may have another name than one made today would have. */
static enum err write_facts(struct correcting *c, struct db *db)
{
    char lot[LOT_SIZE] = "";
    enum err err = store_lot_of_run(db, c->before.id, lot);

    for (size_t i = 0; i < c->fact_count && err == ERR_OK; i++) {
        if (lot[0] != '\0')
            memcpy(c->facts[i].lot, lot, sizeof lot);
        err = store_fact_append(db, &c->facts[i]);
    }
    return err;
}

static enum err read_run(struct correcting *c, struct db *db)
{
    struct run_range range = {.before = c->ask.run + 1, .limit = 1};

    return store_run_list(db, &range, take_run, c);
}

static enum err correcting_apply(struct store_work *work, struct db *db)
{
    struct correcting *c = (struct correcting *)(void *)work;
    struct run_row row;
    enum err err = read_run(c, db);

    if (err == ERR_OK)
        err = correct(c);
    if (err != ERR_OK)
        return err;
    row = runs_row(&c->after);
    row.corrected_ms = c->now_ms;
    memcpy(row.corrected_by, c->ask.by, sizeof row.corrected_by);
    err = store_run_corrected(db, &row);
    return err != ERR_OK ? err : write_facts(c, db);
}

static void count_facts(struct queue *queue, const struct correcting *c)
{
    for (size_t i = 0; i < c->fact_count; i++) {
        jobs_count(queue, &c->facts[i]);
        tally_count(queue, &c->facts[i]);
    }
}

static void correcting_committed(struct request *request)
{
    struct correcting *c = (struct correcting *)(void *)request;

    count_facts(request->queue, c);
    snprintf(request->text, sizeof request->text, "run %lld is corrected", (long long)c->ask.run);
    log_info("%s: run %lld corrected by %s", c->before.machine, (long long)c->ask.run, c->ask.by);
    start_soon(request->queue);
}

void queue_correct(struct queue *queue, const struct correction *ask, queue_done done,
                   void *context)
{
    static const struct request_steps steps = {.apply = correcting_apply,
                                               .committed = correcting_committed};
    struct correcting *c = request_begin(queue, sizeof *c, done, context);

    if (c == NULL)
        return;
    c->ask = *ask;
    c->now_ms = clock_wall(queue->clock);
    c->request.id = ask->run;
    request_write(&c->request, &steps);
}

/* ---- taking a verdict back ---- */

struct undoing {
    struct correcting c;        /* first */
    struct machine_row machine; /* consent: what is taken back; 0: none */
};

static enum err take_last(void *context, const struct run_row *row)
{
    struct undoing *u = context;

    if (u->c.before.id == 0 && row->status != (int64_t)RUN_STATUS_REFUSED) {
        u->c.before = runs_from_row(row);
        u->c.ask.run = row->id;
    }
    return ERR_OK;
}

static enum err unjudge(struct undoing *u, struct db *db)
{
    struct correcting *c = &u->c;
    struct run_row row;
    enum err err;

    if (c->before.id == 0 || !c->before.judged || strcmp(c->before.judged_by, c->ask.by) != 0 ||
        c->now_ms - c->before.judged_ms > CORRECT_UNDO_MS) {
        snprintf(c->request.work.text, sizeof c->request.work.text,
                 "%s: no count of yours of the last minute: correct the run instead",
                 u->machine.id);
        return ERR_REFUSED;
    }
    c->after = c->before;
    for (size_t i = 0; i < c->after.part_count; i++)
        c->after.parts[i].good = c->after.parts[i].scrap = 0;
    add_facts(c);
    c->after.judged = false;
    c->after.judged_ms = 0;
    c->after.judged_by[0] = '\0';
    row = runs_row(&c->after);
    err = write_facts(c, db); /* they stand at the time of the verdict, which goes then */
    return err != ERR_OK ? err : store_run_unjudged(db, &row);
}

static enum err undoing_apply(struct store_work *work, struct db *db)
{
    struct undoing *u = (struct undoing *)(void *)work;
    struct run_range range = {.before = INT64_MAX, .limit = 10, .machine = u->machine.id};
    int64_t consent = u->machine.consent;
    enum err err = store_run_list(db, &range, take_last, u);

    if (err == ERR_OK)
        err = unjudge(u, db);
    if (err != ERR_OK || consent == 0)
        return err;
    err = store_consent_void(db, consent, u->c.now_ms, u->c.ask.by);
    u->machine.consent = 0;
    if (err == ERR_OK)
        err = store_machine_put(db, &u->machine);
    u->machine.consent = consent;
    return err;
}

static void undoing_failed(struct request *request, enum err err)
{
    struct undoing *u = (struct undoing *)(void *)request;
    struct machine_item *machine = machines_find(request->queue, u->machine.id);

    (void)err;
    if (machine != NULL)
        machine->busy = false;
}

static void withdraw(struct queue *queue, struct machine_item *machine, const struct undoing *u)
{
    struct order *order = orders_make(ORDER_WITHDRAW);

    machine->bed = BED_UNCERTAIN;
    machine->consent = 0;
    if (order == NULL)
        return;
    memcpy(order->machine, u->machine.id, sizeof order->machine);
    memcpy(order->by, u->c.ask.by, sizeof order->by);
    order->consent = u->machine.consent;
    orders_send(queue, order);
}

static void undoing_committed(struct request *request)
{
    struct undoing *u = (struct undoing *)(void *)request;
    struct queue *queue = request->queue;
    struct machine_item *machine = machines_find(queue, u->machine.id);

    if (runs_insert(queue, &u->c.after) == NULL)
        log_error("%s: out of memory: run %lld awaits its verdict only after a restart",
                  u->machine.id, (long long)u->c.after.id);
    count_facts(queue, &u->c);
    if (machine != NULL)
        machine->busy = false;
    if (machine != NULL && u->machine.consent != 0)
        withdraw(queue, machine, u);
    request->id = u->c.after.id;
    snprintf(request->text, sizeof request->text, "%s: taken back; run %lld awaits its verdict",
             u->machine.id, (long long)u->c.after.id);
}

void queue_undo(struct queue *queue, const char *id, const char *by, queue_done done, void *context)
{
    static const struct request_steps steps = {
        .apply = undoing_apply, .committed = undoing_committed, .failed = undoing_failed};
    struct undoing *u = request_begin(queue, sizeof *u, done, context);
    struct machine_item *machine = machines_find(queue, id);

    if (u == NULL)
        return;
    if (machine == NULL) {
        request_refuse(&u->c.request, ERR_NOT_FOUND, "no machine \"%.64s\"", id);
    } else if (machine->busy) {
        request_refuse(&u->c.request, ERR_BUSY,
                       "%s: a start or a clear is being written: try again", id);
    } else if (machine->run != NULL) {
        request_refuse(&u->c.request, ERR_REFUSED,
                       "%s: the next run has been ordered: pause it, and correct the count instead",
                       id);
    } else {
        snprintf(u->c.ask.by, sizeof u->c.ask.by, "%s", by);
        u->c.now_ms = clock_wall(queue->clock);
        machines_row(machine, &u->machine);
        snprintf(u->machine.by, sizeof u->machine.by, "%s", by);
        u->machine.bed = (int64_t)BED_UNCERTAIN;
        u->machine.consent = machine->consent;
        machine->busy = true;
        request_write(&u->c.request, &steps);
    }
}
