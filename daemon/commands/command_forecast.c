/* SPDX-License-Identifier: Apache-2.0 */
/* What today will end with and when orders are done, as ranges; what limits; what a change would
 * bring. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "planning/forecaster.h"
#include "rows.h"

/* A change that brings less than this share of the time is no bottleneck, but chance. */
static const double share_least = 0.005;

struct forecast_args {
    const cJSON *what_if; /* an array of texts */
    bool fresh;
};

static const struct json_field fields[] = {
    {.name = "what_if",
     .type = JSON_ANY,
     .offset = offsetof(struct forecast_args, what_if),
     .help = "a change to try, may be repeated: +3 MODEL@SITE, -1 MODEL@SITE, hours SITE "
             "08:00-22:00, operators SITE +2, close SITE, stock PART +500"},
    {.name = "fresh",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct forecast_args, fresh),
     .help = "as things are now; without it, an answer may be three minutes old"},
};

struct asking_forecast {
    struct answer *answer;
    cJSON *changes; /* as asked; NULL: none */
};

/* ---- one thing ---- */

static void add_moment(cJSON *object, const char *name, const struct prediction *p, double seconds)
{
    json_add_time(object, name, isinf(seconds) ? 0 : p->made_ms + (int64_t)(seconds * 1000.0));
}

static void add_date(cJSON *object, const struct prediction *p, const struct forecast_range *range)
{
    cJSON *date = cJSON_AddObjectToObject(object, "date");

    add_moment(date, "p10", p, range->p10);
    add_moment(date, "p50", p, range->p50);
    add_moment(date, "p90", p, range->p90);
}

static cJSON *product_to_json(const struct prediction *p, const struct forecast_variant *v,
                              size_t i)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddStringToObject(item, "product", p->outlook->products[i].id);
    cJSON_AddNumberToObject(item, "p10", v->today[i].p10);
    cJSON_AddNumberToObject(item, "p50", v->today[i].p50);
    cJSON_AddNumberToObject(item, "p90", v->today[i].p90);
    return item;
}

static cJSON *order_to_json(const struct prediction *p, const struct forecast_variant *v, size_t i)
{
    const struct outlook_order *order = &p->outlook->orders[i];
    cJSON *item = cJSON_CreateObject();

    cJSON_AddNumberToObject(item, "id", (double)order->id);
    cJSON_AddStringToObject(item, "product", p->outlook->products[order->product].id);
    cJSON_AddNumberToObject(item, "quantity", (double)order->quantity);
    cJSON_AddNumberToObject(item, "done", (double)order->done);
    json_add_time(item, "due", order->due_ms);
    add_date(item, p, &v->orders[i]);
    if (v->limiting[i] != SIZE_MAX)
        cJSON_AddStringToObject(item, "limiting", p->outlook->parts[v->limiting[i]].id);
    else
        cJSON_AddNullToObject(item, "limiting");
    return item;
}

static void add_variant(cJSON *object, const struct prediction *p, const struct forecast_variant *v)
{
    const struct dispatch *d = &p->outlook->dispatch;
    cJSON *list;

    if (p->outlook->product_count > 0)
        cJSON_AddItemToObject(object, "today", product_to_json(p, v, 0));
    else
        cJSON_AddNullToObject(object, "today");
    list = cJSON_AddArrayToObject(object, "products");
    for (size_t i = 0; i < p->outlook->product_count; i++)
        cJSON_AddItemToArray(list, product_to_json(p, v, i));
    list = cJSON_AddArrayToObject(object, "orders");
    for (size_t i = 0; i < p->outlook->order_count; i++)
        cJSON_AddItemToArray(list, order_to_json(p, v, i));
    list = cJSON_AddArrayToObject(object, "jobs");
    for (size_t i = 0; i < d->job_count; i++) {
        cJSON *item;

        if (d->jobs[i].job->state != JOB_OPEN)
            continue;
        item = cJSON_CreateObject();
        cJSON_AddNumberToObject(item, "id", (double)d->jobs[i].job->id);
        cJSON_AddStringToObject(item, "part", d->jobs[i].job->part);
        add_date(item, p, &v->jobs[i]);
        cJSON_AddItemToArray(list, item);
    }
}

/* ---- what limits ---- */

static const char *trial_name(const struct forecast_trial *trial)
{
    switch (trial->kind) {
    case TRIAL_MACHINES:
        return trial->machines == KIND_LASER ? "lasers" : "printers";
    case TRIAL_HANDS:
        return "operators";
    case TRIAL_HOURS:
        return "hours";
    case TRIAL_PART:
        break;
    }
    return "part";
}

static cJSON *trial_to_json(const struct prediction *p, const struct forecast_trial *trial)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddStringToObject(item, "kind", trial_name(trial));
    if (trial->kind == TRIAL_PART)
        cJSON_AddStringToObject(item, "part", p->outlook->parts[trial->part].id);
    else
        cJSON_AddNullToObject(item, "part");
    cJSON_AddNumberToObject(item, "more", trial->more);
    cJSON_AddNumberToObject(item, "earlier_h", round(trial->earlier_s / 36.0) / 100.0);
    return item;
}

static void add_bottleneck(cJSON *object, const struct prediction *p)
{
    const struct forecast_result *r = p->result;
    cJSON *trials;

    if (r->trial_count > 0 && r->trials[0].earlier_s > share_least * r->as_is.mean_wait_s)
        cJSON_AddItemToObject(object, "bottleneck", trial_to_json(p, &r->trials[0]));
    else
        cJSON_AddNullToObject(object, "bottleneck");
    trials = cJSON_AddArrayToObject(object, "trials");
    for (size_t i = 0; i < r->trial_count; i++)
        cJSON_AddItemToArray(trials, trial_to_json(p, &r->trials[i]));
}

static void on_forecast(void *context, enum err err, const char *text,
                        const struct prediction *prediction)
{
    struct asking_forecast *asking = context;
    struct answer *answer = asking->answer;
    cJSON *changes = asking->changes, *body, *what_if;

    free(asking);
    if (err != ERR_OK) {
        cJSON_Delete(changes);
        if (err == ERR_INVALID)
            answer_fault(answer, err, "what_if", text, NULL);
        else
            answer_fail(answer, err, "%s", text);
        return;
    }
    body = cJSON_CreateObject();
    json_add_time(body, "made_at", prediction->made_ms);
    cJSON_AddNumberToObject(body, "runs", (double)prediction->result->runs);
    cJSON_AddNumberToObject(body, "days", PLAN_DAYS);
    add_variant(body, prediction, &prediction->result->as_is);
    add_bottleneck(body, prediction);
    if (changes == NULL) {
        cJSON_AddNullToObject(body, "what_if");
    } else {
        what_if = cJSON_AddObjectToObject(body, "what_if");
        cJSON_AddItemToObject(what_if, "changes", changes);
        add_variant(what_if, prediction, &prediction->result->changed);
        json_add_number(what_if, "earlier_h",
                        round((prediction->result->as_is.mean_wait_s -
                               prediction->result->changed.mean_wait_s) /
                              36.0) /
                            100.0);
    }
    answer_json(answer, body);
}

/* False: it was answered. */
static bool read_changes(const cJSON *texts, struct forecaster_question *question,
                         struct answer *answer)
{
    const cJSON *text;

    cJSON_ArrayForEach(text, texts)
    {
        if (!cJSON_IsString(text) || question->what_if_count == PLAN_WHAT_IFS) {
            answer_fault(answer, ERR_INVALID, "what_if", "at most 8 changes, each a text", NULL);
            return false;
        }
        question->what_if[question->what_if_count++] = text->valuestring;
    }
    return true;
}

static void run_forecast(struct office *office, const struct call *call, struct answer *answer)
{
    const struct forecast_args *args = call->args;
    struct forecaster_question question = {.queue = office->queue, .fresh = args->fresh};
    struct asking_forecast *asking;

    if (args->what_if != NULL && !read_changes(args->what_if, &question, answer))
        return;
    asking = calloc(1, sizeof *asking);
    if (asking == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY));
        return;
    }
    asking->answer = answer;
    asking->changes = question.what_if_count > 0 ? cJSON_Duplicate(args->what_if, true) : NULL;
    forecaster_ask(&office->forecaster, &question, on_forecast, asking);
}

const struct command command_forecast = {
    .name = "forecast",
    .route = "GET /api/v1/forecast",
    .role = ROLE_VIEWER,
    .help =
        "Today's end total, orders' dates as ranges, what limits, and what a change would bring.",
    FIELDS(fields),
    .args_size = sizeof(struct forecast_args),
    .run = run_forecast,
};
