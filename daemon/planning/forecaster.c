/* SPDX-License-Identifier: Apache-2.0 */
/* A study: the outlook is copied here, on the office thread; the evidence is read behind
 * store_read; then slices on the pool, each no longer than SLICE_MS, so that uploads and reports
 * get their turn in between. */
#include "forecaster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence_read.h"
#include "store/store.h"

enum { SLICE_MS = 50, KEPT_MS = 3 * 60 * 1000, QUESTIONS_MAX = 16 };

struct question {
    struct list node;
    bool changes; /* of its own: nobody else's answer will do */
    struct queue *queue;
    struct what_if what_ifs[PLAN_WHAT_IFS];
    size_t what_if_count;
    forecaster_done done;
    void *context;
};

struct study {
    struct store_work reading; /* first */
    struct forecaster *forecaster;
    struct question *question; /* owned */
    struct prediction prediction;
    struct plan plan;
    struct evidence evidence;
    struct forecast *forecast;
    enum err err;
    bool finished;
    uv_work_t slice;
};

static void study_free(struct study *study)
{
    if (study == NULL)
        return;
    forecast_destroy(study->forecast);
    evidence_finish(&study->evidence);
    plan_finish(&study->plan);
    outlook_free(study->prediction.outlook);
    free(study->question);
    free(study);
}

static void next(struct forecaster *f);

/* ---- answering ---- */

static void answer(struct question *question, enum err err, const struct study *study)
{
    question->done(question->context, err, err == ERR_OK ? "" : err_words(err),
                   err == ERR_OK ? &study->prediction : NULL);
}

/* All who want to know how things are get the same answer. */
static void answer_alike(struct forecaster *f, const struct study *study)
{
    struct list *node = f->asked.next, *after;

    for (; node != &f->asked; node = after) {
        struct question *question = list_entry(node, struct question, node);

        after = node->next;
        if (question->changes)
            continue;
        list_remove(node);
        answer(question, ERR_OK, study);
        free(question);
    }
}

static void study_end(struct study *study)
{
    struct forecaster *f = study->forecaster;
    enum err err = f->closing ? ERR_BUSY : study->err;

    f->study = NULL;
    answer(study->question, err, study);
    if (err == ERR_OK && !study->question->changes) {
        answer_alike(f, study);
        study_free(f->kept);
        f->kept = study;
    } else {
        study_free(study);
    }
    next(f);
}

/* ---- the pool ---- */

static void on_pool(uv_work_t *work)
{
    struct study *study = work->data;
    uint64_t until = uv_hrtime() + (uint64_t)SLICE_MS * 1000000;

    do {
        if (!forecast_step(study->forecast)) {
            study->prediction.result = forecast_finish(study->forecast);
            study->err = study->prediction.result != NULL ? ERR_OK : ERR_NO_MEMORY;
            study->finished = true;
        }
    } while (!study->finished && uv_hrtime() < until);
}

static void on_slice(uv_work_t *work, int status)
{
    struct study *study = work->data;

    if (status != 0)
        study->err = ERR_BUSY;
    if (study->finished || study->err != ERR_OK || study->forecaster->closing ||
        uv_queue_work(study->forecaster->loop, &study->slice, on_pool, on_slice) != 0) {
        if (!study->finished && study->err == ERR_OK)
            study->err = ERR_BUSY;
        study_end(study);
    }
}

static enum err read_apply(struct store_work *work, struct db *db)
{
    struct study *study = (struct study *)(void *)work;
    struct question *question = study->question;
    struct forecast_setup setup = {.plan = &study->plan,
                                   .evidence = &study->evidence,
                                   .what_ifs = question->what_ifs,
                                   .what_if_count = question->what_if_count,
                                   .trials = question->what_if_count == 0,
                                   .seed = 1};
    enum err err = plan_init(&study->plan, study->prediction.outlook, PLAN_DAYS);

    if (err == ERR_OK)
        err = evidence_init(&study->evidence, &study->plan);
    if (err == ERR_OK)
        err = evidence_read(&study->evidence, db);
    if (err == ERR_OK)
        err = forecast_create(&study->forecast, &setup);
    return err;
}

static void on_read(struct store_work *work, enum err err, const char *text)
{
    struct study *study = (struct study *)(void *)work;

    (void)text;
    study->err = err;
    study->slice.data = study;
    if (err != ERR_OK || study->forecaster->closing ||
        uv_queue_work(study->forecaster->loop, &study->slice, on_pool, on_slice) != 0) {
        study->err = err != ERR_OK ? err : ERR_BUSY;
        study_end(study);
    }
}

/* ---- questions ---- */

static void begin(struct forecaster *f, struct question *question)
{
    struct study *study = calloc(1, sizeof *study);
    struct outlook *outlook = outlook_make(question->queue);

    if (study == NULL || outlook == NULL) {
        free(study);
        outlook_free(outlook);
        answer(question, ERR_NO_MEMORY, NULL);
        free(question);
        return;
    }
    study->forecaster = f;
    study->question = question;
    study->prediction =
        (struct prediction){.outlook = outlook, .made_ms = outlook->dispatch.now_ms};
    study->reading.apply = read_apply;
    study->reading.done = on_read;
    f->study = study;
    store_read(queue_store(question->queue), &study->reading);
}

static void next(struct forecaster *f)
{
    while (f->study == NULL && !list_empty(&f->asked)) {
        struct question *question = list_entry(f->asked.next, struct question, node);

        list_remove(&question->node);
        if (!f->closing) {
            begin(f, question);
            continue;
        }
        answer(question, ERR_BUSY, NULL);
        free(question);
    }
}

static bool is_new(const struct forecaster *f)
{
    int64_t now = clock_wall(f->clock);

    return f->kept != NULL && now - f->kept->prediction.made_ms < KEPT_MS &&
           now >= f->kept->prediction.made_ms &&
           (double)(now - f->kept->prediction.made_ms) < f->kept->plan.today_s * 1000.0;
}

static enum err read_question(struct question *to, const struct forecaster_question *from,
                              char *why, size_t size)
{
    struct outlook *outlook = from->what_if_count > 0 ? outlook_make(from->queue) : NULL;
    enum err err = from->what_if_count > 0 && outlook == NULL ? ERR_NO_MEMORY : ERR_OK;

    for (size_t i = 0; i < from->what_if_count && err == ERR_OK; i++)
        err =
            what_if_parse(from->what_if[i], outlook, &to->what_ifs[to->what_if_count++], why, size);
    to->changes = from->what_if_count > 0;
    to->queue = from->queue;
    outlook_free(outlook);
    return err;
}

static size_t waiting(const struct forecaster *f)
{
    size_t n = 0;

    for (const struct list *node = f->asked.next; node != &f->asked; node = node->next)
        n++;
    return n;
}

void forecaster_ask(struct forecaster *f, const struct forecaster_question *from,
                    forecaster_done done, void *context)
{
    struct question *question;
    char why[200] = "";
    enum err err;

    if (f->closing || waiting(f) >= QUESTIONS_MAX) {
        done(context, ERR_BUSY, f->closing ? "usined is stopping" : "too many ask: try again",
             NULL);
        return;
    }
    if (from->what_if_count == 0 && !from->fresh && is_new(f)) {
        done(context, ERR_OK, "", &f->kept->prediction);
        return;
    }
    question = calloc(1, sizeof *question);
    err = question != NULL ? read_question(question, from, why, sizeof why) : ERR_NO_MEMORY;
    if (err != ERR_OK) {
        free(question);
        done(context, err, err == ERR_INVALID ? why : err_words(err), NULL);
        return;
    }
    question->done = done;
    question->context = context;
    list_add(&f->asked, &question->node);
    next(f);
}

void forecaster_init(struct forecaster *f, uv_loop_t *loop, const struct clock *clock)
{
    *f = (struct forecaster){.loop = loop, .clock = clock};
    list_init(&f->asked);
}

void forecaster_close(struct forecaster *f)
{
    f->closing = true;
    next(f);
}

void forecaster_finish(struct forecaster *f)
{
    study_free(f->kept);
    *f = (struct forecaster){0};
}
