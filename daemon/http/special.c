/* SPDX-License-Identifier: Apache-2.0 */
#include "special.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_doc.h"
#include "assets.h"
#include "commands/metrics.h"
#include "reply.h"
#include "server.h"

enum special_kind { SPECIAL_HEALTH, SPECIAL_READY, SPECIAL_METRICS, SPECIAL_API, SPECIAL_EVENTS };

struct special {
    const char *path;
    enum special_kind kind;
    const char *file; /* a page's file; NULL: not a file */
    const char *type;
};

/* clang-format off */
static const struct special table[] = {
    { "/healthz",             SPECIAL_HEALTH,  NULL,         "text/plain; charset=utf-8" },
    { "/readyz",              SPECIAL_READY,   NULL,         "text/plain; charset=utf-8" },
    { "/metrics",             SPECIAL_METRICS, NULL,         "text/plain; version=0.0.4; charset=utf-8" },
    { "/api/v1/openapi.json", SPECIAL_API,     NULL,         "application/json" },
    { "/api/v1/events",       SPECIAL_EVENTS,  NULL,         "text/event-stream" },
    { "/",                    SPECIAL_HEALTH,  "index.html", "text/html; charset=utf-8" },
    { "/today.js",            SPECIAL_HEALTH,  "today.js",   "text/javascript; charset=utf-8" },
    { "/usine.css",           SPECIAL_HEALTH,  "usine.css",  "text/css; charset=utf-8" },
};
/* clang-format on */

const struct special *special_find(const char *path)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].path, path) == 0)
            return &table[i];
    return NULL;
}

/* Text for the kinds that are plain text; malloc'ed. */
static char *plain_text(const struct special *special, const struct http *http)
{
    cJSON *api;
    char *text = NULL;

    switch (special->kind) {
    case SPECIAL_HEALTH:
        return strdup("ok\n");
    case SPECIAL_READY:
        return strdup(http->quiet ? "stopping\n" : "ready\n");
    case SPECIAL_METRICS:
        return metrics_text(http->office);
    case SPECIAL_API:
        api = api_openapi(command_table);
        text = cJSON_Print(api);
        cJSON_Delete(api);
        return text;
    case SPECIAL_EVENTS:
        break;
    }
    return NULL;
}

enum MHD_Result special_reply(const struct special *special, struct listener *listener,
                              struct MHD_Connection *connection, struct answer *answer)
{
    struct http *http = listener->http;

    answer->done = true;
    if (special->file != NULL)
        return assets_reply(connection, special->file, special->type);
    if (special->kind == SPECIAL_EVENTS)
        return events_reply(&http->events, listener, connection);
    answer->text = plain_text(special, http);
    if (answer->text == NULL)
        return MHD_NO;
    answer->size = strlen(answer->text);
    answer->type = special->type;
    answer->status = special->kind == SPECIAL_READY && http->quiet ? 503 : 200;
    return reply_send(connection, answer, "");
}
