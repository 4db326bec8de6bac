/* SPDX-License-Identifier: Apache-2.0 */
#include "status_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "office.h"
#include "queue/queue.h"

enum { AGE_MS = 250 };

static bool is_current(const struct status_text *status, const struct office *office)
{
    return status->text != NULL && status->version == queue_version(office->queue) &&
           status->config == office->config && clock_mono(office->clock) - status->made_ms < AGE_MS;
}

const char *status_text(struct office *office, size_t *size)
{
    struct status_text *status = &office->status;
    cJSON *json;

    if (!is_current(status, office)) {
        status_text_finish(status);
        json = status_to_json(office);
        status->text = cJSON_PrintUnformatted(json);
        cJSON_Delete(json);
        status->size = status->text != NULL ? strlen(status->text) : 0;
        status->version = queue_version(office->queue);
        status->config = office->config;
        status->made_ms = clock_mono(office->clock);
    }
    *size = status->size;
    return status->text;
}

void status_text_finish(struct status_text *status)
{
    free(status->text);
    *status = (struct status_text){0};
}
