/* SPDX-License-Identifier: Apache-2.0 */
#include "clockwork.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "happen.h"
#include "machines.h"
#include "recount.h"
#include "request.h"
#include "start.h"
#include "store/store_fact.h"
#include "store/store_machine.h"
#include "tally.h"

enum {
    DAYS_AT_ONCE = 16, /* a longer gap takes several notes */
    HEARD_EVERY_MS = 5000,
    BOOK_EVERY_MS = 600000,
    JUMP_MS = 60000, /* by which the calendar may leave the other clock between two ticks */
};

struct booking {
    struct note note; /* first */
    struct machine_row machine;
    struct fact facts[DAYS_AT_ONCE];
    size_t count;
};

static enum err booking_apply(struct store_work *work, struct db *db)
{
    struct booking *booking = (struct booking *)(void *)work;
    enum err err = store_machine_booked(db, &booking->machine);

    for (size_t i = 0; i < booking->count && err == ERR_OK; i++)
        err = store_fact_append(db, &booking->facts[i]);
    return err;
}

/* Books booked_ms..now as what the machine has been doing. A clock set back books nothing until it
 * has caught up. */
static void close_interval(struct queue *queue, struct machine_item *machine, int64_t now)
{
    struct fact like = {.kind = ledger_kind(machine->time), .run = machine->time_run};

    snprintf(like.site, sizeof like.site, "%s", machine->config->site);
    snprintf(like.machine, sizeof like.machine, "%s", machine->config->id);
    snprintf(like.part, sizeof like.part, "%s", machine->time_part);
    while (machine->booked_ms < now) {
        struct booking *booking = note_begin(queue, sizeof *booking, booking_apply);

        if (booking == NULL)
            return;
        booking->count = ledger_time(&like, &machine->booked_ms, now, booking->facts, DAYS_AT_ONCE);
        memcpy(booking->machine.id, like.machine, sizeof like.machine);
        memcpy(booking->machine.site, like.site, sizeof like.site);
        booking->machine.booked_ms = machine->booked_ms;
        note_write(&booking->note);
    }
}

enum machine_time clockwork_kind(const struct machine_view *view)
{
    if ((view->flags & (FLAG_QUARANTINED | FLAG_OUT_OF_SERVICE)) != 0)
        return TIME_DOWN;
    switch (view->state) {
    case MACHINE_OFFLINE:
    case MACHINE_GREETING:
    case MACHINE_STATES:
        return TIME_OFFLINE;
    case MACHINE_LOCKED:
        return TIME_DOWN;
    case MACHINE_HEATING:
        return TIME_HEATING;
    case MACHINE_RUNNING:
    case MACHINE_FINISHING:
    case MACHINE_STOPPING:
        return TIME_RUNNING;
    case MACHINE_HELD:
        return TIME_WAITING;
    case MACHINE_IDLE:
        break;
    }
    return view->bed == BED_CLEAR && view->waiting_for == WAITING_NOTHING ? TIME_IDLE
                                                                          : TIME_WAITING;
}

/* Time that passed for the calendar alone: the computer slept, or its clock was set. What machines
 * did meanwhile nobody has seen. A clock set back books nothing until it has caught up. */
static void book_unseen(struct queue *queue, struct machine_item *machine, int64_t until)
{
    const struct machine_item was = *machine;

    close_interval(queue, machine, until);
    machine->time = TIME_OFFLINE;
    machine->time_run = 0;
    machine->time_part[0] = '\0';
    close_interval(queue, machine, clock_wall(queue->clock));
    machine->time = was.time;
    machine->time_run = was.time_run;
    memcpy(machine->time_part, was.time_part, sizeof was.time_part);
}

static void hear_jump(struct queue *queue)
{
    int64_t mono = clock_mono(queue->clock);
    double pace = clock_pace(queue->clock);
    int64_t wall = clock_wall(queue->clock);
    int64_t lived = (int64_t)((double)(mono - queue->ticked_mono_ms) * pace);
    int64_t jump = wall - queue->ticked_wall_ms - lived;

    if (queue->ticked_wall_ms != 0 && (double)(jump > 0 ? jump : -jump) > JUMP_MS * pace) {
        log_warning("clock: it was set %s by %lld s; machine time in between counts as offline",
                    jump > 0 ? "forward" : "back", (long long)((jump > 0 ? jump : -jump) / 1000));
        for (size_t i = 0; jump > 0 && i < queue->machine_count; i++)
            book_unseen(queue, &queue->machines[i], queue->ticked_wall_ms + lived);
    }
    queue->ticked_mono_ms = mono;
    queue->ticked_wall_ms = wall;
}

void clockwork_update(struct queue *queue, struct machine_item *machine)
{
    enum machine_time time = clockwork_kind(machines_view(queue, machine));
    int64_t run = 0;
    const char *part = "";

    if (machine->run != NULL && time <= TIME_WAITING) {
        run = machine->run->run.id;
        part = machine->run->run.part;
    }
    if (time == machine->time && run == machine->time_run)
        return;
    hear_jump(queue);
    close_interval(queue, machine, clock_wall(queue->clock));
    machine->time = time;
    machine->time_run = run;
    snprintf(machine->time_part, sizeof machine->time_part, "%s", part);
}

void clockwork_book(struct queue *queue)
{
    int64_t now;

    hear_jump(queue);
    now = clock_wall(queue->clock);
    for (size_t i = 0; i < queue->machine_count; i++)
        close_interval(queue, &queue->machines[i], now);
}

void clockwork_restore(struct queue *queue)
{
    for (size_t i = 0; i < queue->machine_count; i++) {
        struct machine_item *machine = &queue->machines[i];
        const struct run_item *run = machine->run;

        if (run == NULL || run->run.status != RUN_STATUS_STARTED)
            continue;
        machine->time = TIME_RUNNING;
        machine->time_run = run->run.id;
        memcpy(machine->time_part, run->run.part, sizeof machine->time_part);
        close_interval(queue, machine, run->heard_ms);
        machine->time = TIME_OFFLINE;
        machine->time_run = 0;
        machine->time_part[0] = '\0';
    }
    clockwork_book(queue);
}

void clockwork_leave(struct queue *queue, const struct config *next)
{
    int64_t now = clock_wall(queue->clock);

    for (size_t i = 0; i < queue->machine_count; i++) {
        struct machine_item *machine = &queue->machines[i];

        if (config_machine(next, machine->config->id) == NULL)
            close_interval(queue, machine, now);
    }
}

void queue_tick(struct queue *queue)
{
    int64_t now = clock_mono(queue->clock);

    hear_jump(queue);
    tally_midnight(queue);
    recount_today(queue);
    if (!list_empty(&queue->unsaved) && now >= queue->retry_at_ms)
        notes_retry(queue);
    if (now - queue->heard_at_ms >= HEARD_EVERY_MS) {
        queue->heard_at_ms = now;
        happen_heard(queue);
    }
    if (now - queue->booked_at_ms >= BOOK_EVERY_MS) {
        queue->booked_at_ms = now;
        clockwork_book(queue);
    }
    start_dispatch(queue);
}
