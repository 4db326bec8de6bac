/* SPDX-License-Identifier: Apache-2.0 */
#include "special.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_doc.h"
#include "assets.h"
#include "commands/metrics.h"
#include "commands/ready.h"
#include "reply.h"
#include "server.h"

enum special_kind {
    SPECIAL_HEALTH,
    SPECIAL_READY,
    SPECIAL_METRICS,
    SPECIAL_API,
    SPECIAL_EVENTS,
    SPECIAL_PAGE
};

struct special {
    const char *path;
    enum special_kind kind;
    enum role role;
    const char *type;
};

/* clang-format off */
static const struct special table[] = {
    { "/healthz",             SPECIAL_HEALTH,  ROLE_ANYONE, "text/plain; charset=utf-8" },
    { "/readyz",              SPECIAL_READY,   ROLE_ANYONE, "" },
    { "/metrics",             SPECIAL_METRICS, ROLE_VIEWER, "text/plain; version=0.0.4; charset=utf-8" },
    { "/api/v1/openapi.json", SPECIAL_API,     ROLE_VIEWER, "application/json" },
    { "/api/v1/events",       SPECIAL_EVENTS,  ROLE_VIEWER, "text/event-stream" },
};
static const struct special page = { "", SPECIAL_PAGE, ROLE_ANYONE, "" };
/* clang-format on */

const struct special *special_find(const char *path)
{
    char name[ASSETS_NAME_MAX];

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].path, path) == 0)
            return &table[i];
    return assets_name(path, name) != NULL ? &page : NULL;
}

enum role special_role(const struct special *special)
{
    return special->role;
}

/* Text for the kinds that are plain text; malloc'ed. */
static char *plain_text(const struct special *special, const struct http *http)
{
    cJSON *api;
    char *text = NULL;

    switch (special->kind) {
    case SPECIAL_HEALTH:
        return strdup("ok\n");
    case SPECIAL_METRICS:
        return metrics_text(http->office);
    case SPECIAL_API:
        api = api_openapi(command_table);
        text = cJSON_Print(api);
        cJSON_Delete(api);
        return text;
    case SPECIAL_READY: /* asked, not composed: special_ask */
    case SPECIAL_EVENTS:
    case SPECIAL_PAGE:
        break;
    }
    return NULL;
}

bool special_ask(const struct special *special, struct office *office, struct answer *answer)
{
    if (special->kind != SPECIAL_READY)
        return false;
    ready_ask(office, answer);
    return true;
}

enum MHD_Result special_reply(const struct special *special, struct special_place place,
                              struct answer *answer)
{
    struct http *http = place.listener->http;

    answer->done = true;
    if (special->kind == SPECIAL_PAGE)
        return assets_reply(place.connection, place.path, place.asker);
    if (special->kind == SPECIAL_EVENTS)
        return events_reply(&http->events, &place);
    answer->text = plain_text(special, http);
    if (answer->text == NULL)
        return MHD_NO;
    answer->size = strlen(answer->text);
    answer->type = special->type;
    answer->status = 200;
    return reply_send(place.connection, answer, place.asker, "");
}
