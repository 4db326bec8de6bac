/* SPDX-License-Identifier: Apache-2.0 */
/* Twice a second: read the status; whoever waits for a person at an open site gets a visit planned;
 * visits that are due are made, a few at a time. A visit the daemon refuses is planned again. */
#include "operators.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "http.h"
#include "rng.h"

enum { POLL_MS = 500, TOGETHER = 8, RETRY_MS = 2000, PATIENCE_MS = 20000, ID_MAX = 64 };

enum need { NEED_NOTHING, NEED_CLEAR, NEED_RESUME };

struct visit {
    char id[ID_MAX];
    enum need need;
    int64_t run; /* the run to judge; 0: none */
    bool judge;  /* it finished: its pieces can be good or bad */
    bool plain;  /* say only that the bed is clear: counts were refused */
    uint64_t due_ms;
    struct http *http; /* under way */
    struct operators *operators;
};

struct operators {
    uv_loop_t *loop; /* borrowed */
    uv_timer_t timer;
    struct operators_options options;
    struct rng rng;
    struct http *status; /* under way, since asked_ms */
    uint64_t asked_ms;
    struct visit **visits; /* owned, each one too: requests point at them */
    size_t count, under_way;
    bool stopping;
};

static struct visit *find(struct operators *o, const char *id)
{
    for (size_t i = 0; i < o->count; i++)
        if (strcmp(o->visits[i]->id, id) == 0)
            return o->visits[i];
    return NULL;
}

static struct visit *add(struct operators *o, const char *id)
{
    struct visit **more = realloc(o->visits, (o->count + 1) * sizeof(*more));
    struct visit *v = calloc(1, sizeof *v);

    if (more != NULL)
        o->visits = more;
    if (more == NULL || v == NULL) {
        free(v);
        return NULL;
    }
    snprintf(v->id, sizeof v->id, "%s", id);
    v->operators = o;
    o->visits[o->count++] = v;
    return v;
}

static const char *text_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsString(item) ? item->valuestring : "";
}

/* What a person would see to do at this machine. */
static enum need need_of(const cJSON *machine)
{
    const char *waits = text_of(machine, "waiting_for"), *state = text_of(machine, "state");

    if (strcmp(waits, "clear") == 0 || strcmp(waits, "load") == 0)
        return NEED_CLEAR;
    if (strcmp(waits, "material") == 0)
        return NEED_RESUME;
    if (*waits == '\0' && strcmp(state, "idle") == 0 &&
        strcmp(text_of(machine, "bed"), "clear") != 0)
        return NEED_CLEAR;
    return NEED_NOTHING;
}

/* People are there while their site is open. */
static bool somebody_there(const cJSON *status, const char *id)
{
    const cJSON *site;

    cJSON_ArrayForEach(site, cJSON_GetObjectItemCaseSensitive(status, "sites"))
    {
        if (strcmp(text_of(site, "id"), id) == 0)
            return !cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(site, "open"));
    }
    return true;
}

static void look_at(struct operators *o, const cJSON *status, const cJSON *machine)
{
    const cJSON *last = cJSON_GetObjectItemCaseSensitive(machine, "last_run");
    const cJSON *run = cJSON_GetObjectItemCaseSensitive(last, "id");
    const char *id = text_of(machine, "id");
    struct visit *v = find(o, id);
    enum need need =
        somebody_there(status, text_of(machine, "site")) ? need_of(machine) : NEED_NOTHING;
    double delay = o->options.delay_s * (0.67 + 0.66 * rng_unit(&o->rng));

    if (v == NULL && (*id == '\0' || strlen(id) >= ID_MAX || (v = add(o, id)) == NULL))
        return;
    if (v->http != NULL)
        return;
    if (need != NEED_NOTHING && v->need != need)
        v->due_ms = uv_now(o->loop) + (uint64_t)(delay * 1000);
    v->need = need;
    v->judge = strcmp(text_of(last, "outcome"), "finished") == 0;
    if (cJSON_IsNumber(run) && (int64_t)run->valuedouble != v->run) {
        v->run = (int64_t)run->valuedouble;
        v->plain = false;
    }
}

static void make_visits(struct operators *o);

static void on_visited(void *owner, int status, const char *body)
{
    struct visit *v = owner;
    struct operators *o = v->operators;

    v->http = NULL;
    o->under_way--;
    v->due_ms = uv_now(o->loop) + RETRY_MS;
    if (status >= 400 && v->need == NEED_RESUME && o->options.press != NULL)
        o->options.press(o->options.context, v->id);
    else if (status >= 200 && status < 300)
        v->need = NEED_NOTHING;
    else if (status >= 400 && !v->plain)
        v->plain = true;
    else if (status >= 400)
        log_warning("operators: %s cannot be cleared: %.150s", v->id, body);
    make_visits(o);
}

static void visit(struct operators *o, struct visit *v)
{
    char path[160];
    bool bad = v->judge && !v->plain && rng_unit(&o->rng) < o->options.scrap;
    struct http_call call = {.socket = o->options.socket,
                             .method = "POST",
                             .path = path,
                             .on_done = on_visited,
                             .owner = v};

    call.body = v->need == NEED_CLEAR && bad ? "{\"scrap\": 1, \"reason\": \"warped\"}" : "{}";
    snprintf(path, sizeof path, "/api/v1/machines/%s/%s", v->id,
             v->need == NEED_CLEAR ? "clear" : "resume");
    if (http_send(o->loop, &call, &v->http) == ERR_OK)
        o->under_way++;
}

static void make_visits(struct operators *o)
{
    uint64_t now = uv_now(o->loop);

    for (size_t i = 0; i < o->count && o->under_way < TOGETHER && !o->stopping; i++) {
        struct visit *v = o->visits[i];

        if (v->need != NEED_NOTHING && v->http == NULL && v->due_ms <= now)
            visit(o, v);
    }
}

static void on_status(void *owner, int status, const char *body)
{
    struct operators *o = owner;
    cJSON *json = status == 200 ? cJSON_Parse(body) : NULL;
    const cJSON *machine;

    o->status = NULL;
    cJSON_ArrayForEach(machine, cJSON_GetObjectItemCaseSensitive(json, "machines"))
    {
        look_at(o, json, machine);
    }
    cJSON_Delete(json);
    make_visits(o);
}

static void on_timer(uv_timer_t *timer)
{
    struct operators *o = timer->data;
    struct http_call call = {.socket = o->options.socket,
                             .method = "GET",
                             .path = "/api/v1/status",
                             .on_done = on_status,
                             .owner = o};

    if (o->status != NULL && uv_now(o->loop) - o->asked_ms > PATIENCE_MS) {
        http_cancel(o->status); /* it accepts and says nothing: ask again */
        o->status = NULL;
    }
    if (o->status == NULL && http_send(o->loop, &call, &o->status) == ERR_OK)
        o->asked_ms = uv_now(o->loop);
}

enum err operators_start(struct operators **operators, uv_loop_t *loop,
                         const struct operators_options *options)
{
    struct operators *o = calloc(1, sizeof *o);

    if (o == NULL)
        return ERR_NO_MEMORY;
    o->loop = loop;
    o->options = *options;
    rng_init(&o->rng, options->seed, UINT32_MAX);
    uv_timer_init(loop, &o->timer);
    o->timer.data = o;
    uv_timer_start(&o->timer, on_timer, 0, POLL_MS);
    *operators = o;
    return ERR_OK;
}

static void on_closed(uv_handle_t *handle)
{
    struct operators *o = handle->data;

    for (size_t i = 0; i < o->count; i++)
        free(o->visits[i]);
    free(o->visits);
    free(o);
}

void operators_stop(struct operators *o)
{
    if (o == NULL)
        return;
    o->stopping = true;
    if (o->status != NULL)
        http_cancel(o->status);
    for (size_t i = 0; i < o->count; i++)
        if (o->visits[i]->http != NULL)
            http_cancel(o->visits[i]->http);
    uv_close((uv_handle_t *)&o->timer, on_closed);
}
