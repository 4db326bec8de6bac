/* SPDX-License-Identifier: Apache-2.0 */
/* Forecasts for those who ask: a copy of the work is taken on the office thread, the past days are
 * read and the model is run on the pool in slices, and the answer comes back on the office thread.
 * One forecast is made at a time; the last one without a "what if" is kept for some minutes. */
#ifndef USINE_PLANNING_FORECASTER_H
#define USINE_PLANNING_FORECASTER_H

#include <uv.h>

#include "base/clock.h"
#include "base/list.h"
#include "forecast.h"

struct store;

/* A forecast that is made. */
struct prediction {
    struct outlook *outlook;
    const struct forecast_result *result;
    int64_t made_ms; /* wall: of the moment it starts from */
};

/* prediction is borrowed for the call; NULL when err is not ERR_OK, and text says why. */
typedef void (*forecaster_done)(void *context, enum err err, const char *text,
                                const struct prediction *prediction);

struct forecaster {
    uv_loop_t *loop;           /* the office's; borrowed */
    const struct clock *clock; /* borrowed */
    struct list asked;         /* struct question: waiting, oldest first */
    struct study *study;       /* under way; NULL: none */
    struct study *kept;        /* the last one as things are; NULL: none */
    bool closing;
};

struct forecaster_question {
    struct queue *queue;
    const char *what_if[PLAN_WHAT_IFS]; /* texts as in plan.h */
    size_t what_if_count;
    bool fresh; /* as things are now, not some minutes ago */
};

void forecaster_init(struct forecaster *forecaster, uv_loop_t *loop, const struct clock *clock);

/* Answers by done, now or later, from the office thread. ERR_INVALID: a what-if that is not
 * understood; ERR_BUSY: closing, or too many wait. */
void forecaster_ask(struct forecaster *forecaster, const struct forecaster_question *question,
                    forecaster_done done, void *context);

/* Answers those who wait with ERR_BUSY. What is on the pool ends with its slice. */
void forecaster_close(struct forecaster *forecaster);

/* When the loop has ended. */
void forecaster_finish(struct forecaster *forecaster);

#endif
