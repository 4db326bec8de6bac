/* SPDX-License-Identifier: Apache-2.0 */
/* What commands reach. Embedded in the root struct, which opens and closes all of it. */
#ifndef USINE_COMMANDS_OFFICE_H
#define USINE_COMMANDS_OFFICE_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "answer.h"
#include "base/clock.h"
#include "chronicle.h"
#include "command.h"
#include "config/load.h"
#include "history.h"
#include "machines/floor.h"
#include "notices/notices.h"
#include "people/people.h"
#include "planning/forecaster.h"
#include "previews.h"
#include "queue/queue.h"
#include "remember.h"
#include "status_text.h"

/* How the last reading of the config file went. */
struct reload_report {
    int64_t at_ms; /* wall */
    bool accepted;
    char words[512];             /* "2 machines changed (…)", or why it was kept out */
    struct config_faults faults; /* of a file that was refused; owned */
};

struct office {
    uv_loop_t *loop;                                 /* the office loop; borrowed */
    const struct clock *clock;                       /* borrowed */
    struct config *config;                           /* the one in force; owned by the root */
    const char *config_path;                         /* absolute; borrowed */
    struct queue *queue;                             /* owned by the root */
    struct people *people;                           /* owned by the root */
    struct notices *notices;                         /* owned by the root */
    bool (*order)(void *floor, struct order *order); /* as floor_order */
    void *floor;                                     /* borrowed */
    const char *const *addresses;                    /* where it listens; borrowed, NULL-ended */
    int64_t started_ms;                              /* wall */
    struct reload_report reload;
    struct chronicle chronicle; /* what happened lately */
    struct history history;     /* the machines' last hour */
    uv_timer_t history_timer;
    struct previews previews; /* drawings of programs */
    int presses;              /* labels being drawn; press.h */
    struct status_text status;
    struct forecaster forecaster;
    struct remember remember; /* answers by Idempotency-Key */
    struct list asks;         /* questions the floor has not answered; oldest first */
    uint64_t last_token;
    uv_timer_t ask_timer; /* ends questions the floor never answers */
};

/* Fills what is not the root's: lists, timers, log. loop, clock and started_ms are set before. */
void office_init(struct office *office);

/* Answers what is still asked with ERR_BUSY and closes the timers; then, when the loop has closed
 * its handles, office_finish frees the rest. */
void office_close(struct office *office);
void office_finish(struct office *office);

/* Sends an order of this kind to the floor; its EVENT_ANSWER ends the answer as
 * {"machine", "message"}. *details (may be NULL) is copied; kind, token and message are ours. */
void office_order(struct office *office, enum order_kind kind, const struct order *details,
                  struct answer *answer);

/* The same, but on_text gets the long text of the floor's answer when it was ERR_OK. */
void office_order_text(struct office *office, enum order_kind kind, const struct order *details,
                       struct answer *answer,
                       void (*on_text)(struct answer *answer, const char *machine,
                                       const char *text));

/* Everything the floor tells: writes the log, notes what changed, ends questions, then hands it to
 * the queue. The event stays the caller's. */
void office_on_event(struct office *office, const struct event *event);

#endif
