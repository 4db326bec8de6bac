/* SPDX-License-Identifier: Apache-2.0 */
#include "status_text.h"

#include <stdbool.h>
#include <string.h>

#include "noun_json.h"
#include "office.h"
#include "queue/queue.h"

enum { AGE_MS = 250 };

static bool is_current(const struct status_text *status, const struct office *office)
{
    return status->made != NULL && status->version == queue_version(office->queue) &&
           status->config == office->config && clock_mono(office->clock) - status->made_ms < AGE_MS;
}

struct shared_text *status_text(struct office *office)
{
    struct status_text *status = &office->status;
    cJSON *json;
    char *text;

    if (!is_current(status, office)) {
        status_text_finish(status);
        json = status_to_json(office);
        text = cJSON_PrintUnformatted(json);
        cJSON_Delete(json);
        status->made = shared_text_create(text, text != NULL ? strlen(text) : 0);
        status->version = queue_version(office->queue);
        status->config = office->config;
        status->made_ms = clock_mono(office->clock);
    }
    return status->made;
}

void status_text_finish(struct status_text *status)
{
    shared_text_release(status->made);
    *status = (struct status_text){0};
}
