/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to the floor: each gets a token and waits in a list until EVENT_ANSWER brings the token
 * back. A floor that does not answer in time, or stops, ends the question with an error; an answer
 * that comes too late finds nobody and is dropped. */
#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "queue/roster.h"

enum { ASK_TIMEOUT_MS = 30000, ASK_TICK_MS = 1000 };

/* The queue asks the floor by tokens of its own, which are small. */
#define TOKEN_BASE ((uint64_t)1 << 62)

struct ask {
    struct list node;
    uint64_t token;
    int64_t deadline_ms; /* monotonic */
    char machine[ID_SIZE];
    struct answer *answer; /* borrowed; ended by us */
    void (*on_text)(struct answer *answer, const char *machine, const char *text);
};

static void ask_end(struct ask *ask, enum err err, const char *reason, const char *text)
{
    cJSON *body;

    list_remove(&ask->node);
    if (err != ERR_OK) {
        answer_fail(ask->answer, err, "%s", reason);
    } else if (ask->on_text != NULL) {
        ask->on_text(ask->answer, ask->machine, text != NULL ? text : "");
    } else {
        body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "machine", ask->machine);
        cJSON_AddStringToObject(body, "message", *reason != '\0' ? reason : "done");
        answer_json(ask->answer, body);
    }
    free(ask);
}

static void on_ask_timer(uv_timer_t *timer)
{
    struct office *office = timer->data;
    int64_t now = clock_mono(office->clock);

    while (!list_empty(&office->asks)) {
        struct ask *ask = list_entry(office->asks.next, struct ask, node);

        if (ask->deadline_ms > now)
            return;
        ask_end(ask, ERR_TIMEOUT, "the machine has not answered in time; look at its state", NULL);
    }
    uv_timer_stop(timer);
}

static void on_history_timer(uv_timer_t *timer)
{
    struct office *office = timer->data;
    size_t count = 0;
    const struct machine_view *views =
        office->queue != NULL ? queue_views(office->queue, &count) : NULL;

    history_take(&office->history, views, count, clock_wall(office->clock));
}

void office_init(struct office *office)
{
    list_init(&office->asks);
    chronicle_init(&office->chronicle, office->clock);
    remember_init(&office->remember);
    uv_timer_init(office->loop, &office->ask_timer);
    office->ask_timer.data = office;
    previews_init(&office->previews, office->loop);
    forecaster_init(&office->forecaster, office->loop, office->clock);
    uv_timer_init(office->loop, &office->history_timer);
    office->history_timer.data = office;
    uv_timer_start(&office->history_timer, on_history_timer, HISTORY_EVERY_MS, HISTORY_EVERY_MS);
}

void office_close(struct office *office)
{
    while (!list_empty(&office->asks))
        ask_end(list_entry(office->asks.next, struct ask, node), ERR_BUSY, "usined is stopping",
                NULL);
    previews_close(&office->previews);
    forecaster_close(&office->forecaster);
    uv_close((uv_handle_t *)&office->ask_timer, NULL);
    uv_close((uv_handle_t *)&office->history_timer, NULL);
}

void office_finish(struct office *office)
{
    chronicle_finish(&office->chronicle);
    history_finish(&office->history);
    remember_finish(&office->remember);
    status_text_finish(&office->status);
    previews_finish(&office->previews);
    forecaster_finish(&office->forecaster);
    config_faults_finish(&office->reload.faults);
}

void office_order_text(struct office *office, enum order_kind kind, const struct order *details,
                       struct answer *answer,
                       void (*on_text)(struct answer *answer, const char *machine,
                                       const char *text))
{
    struct ask *ask = calloc(1, sizeof *ask);
    struct order *order = calloc(1, sizeof *order);

    if (ask == NULL || order == NULL) {
        free(ask);
        free(order);
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    *order = *details;
    order->kind = kind;
    order->token = TOKEN_BASE + ++office->last_token;
    ask->token = order->token;
    ask->deadline_ms = clock_mono(office->clock) + ASK_TIMEOUT_MS;
    ask->answer = answer;
    ask->on_text = on_text;
    memcpy(ask->machine, order->machine, sizeof ask->machine);
    if (!office->order(office->floor, order)) {
        free(order);
        free(ask);
        answer_fail(answer, ERR_BUSY, "usined is stopping");
        return;
    }
    list_add(&office->asks, &ask->node);
    if (!uv_is_active((uv_handle_t *)&office->ask_timer))
        uv_timer_start(&office->ask_timer, on_ask_timer, ASK_TICK_MS, ASK_TICK_MS);
}

void office_order(struct office *office, enum order_kind kind, const struct order *details,
                  struct answer *answer)
{
    office_order_text(office, kind, details, answer, NULL);
}

static void on_floor_answer(struct office *office, const struct event *event)
{
    for (struct list *n = office->asks.next; n != &office->asks; n = n->next) {
        struct ask *ask = list_entry(n, struct ask, node);

        if (ask->token == event->token) {
            const char *words = event->reason;

            if (event->err != ERR_OK && *words == '\0')
                words = event->text != NULL ? event->text : err_words(event->err);
            ask_end(ask, event->err, words, event->text);
            return;
        }
    }
}

static void note_view(struct office *office, const struct machine_view *view)
{
    const struct machine_view *old = queue_view(office->queue, view->id);

    if (old != NULL && old->state != view->state && !view->swept)
        chronicle_add(&office->chronicle, view->id, "", "%s -> %s%s%s",
                      machine_state_name(old->state), machine_state_name(view->state),
                      *view->message != '\0' ? ": " : "", view->message);
}

static void note_event(struct office *office, const struct event *event)
{
    if (event->kind == EVENT_RUN_STARTED)
        chronicle_add(&office->chronicle, event->machine, "", "run %lld started",
                      (long long)event->run);
    else if (event->kind == EVENT_RUN_ENDED)
        chronicle_add(&office->chronicle, event->machine, "", "run %lld %s%s%s",
                      (long long)event->run, run_outcome_name(event->outcome),
                      *event->reason != '\0' ? ": " : "", event->reason);
    else if (event->kind == EVENT_BED)
        chronicle_add(&office->chronicle, event->machine, "", "bed %s", bed_state_name(event->bed));
    else if (event->kind == EVENT_INCIDENT)
        chronicle_add(&office->chronicle, "", "", "%s", event->reason);
}

void office_on_event(struct office *office, const struct event *event)
{
    note_event(office, event);
    if (event->kind == EVENT_VIEWS)
        for (size_t i = 0; i < event->view_count; i++)
            note_view(office, &event->views[i]);
    queue_on_event(office->queue, event);
    if (event->kind == EVENT_ANSWER)
        on_floor_answer(office, event);
}
