/* SPDX-License-Identifier: Apache-2.0 */
/* What is plugged in, with the line to paste into the config. Listing reads /sys and /dev, so it is
 * done on the pool. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/ports.h"
#include "noun_json.h"
#include "rows.h"

struct listing {
    uv_work_t work;
    struct answer *answer;
    struct ports ports;
    enum err err;
};

static void on_pool(uv_work_t *work)
{
    struct listing *listing = work->data;

    listing->err = ports_list(&listing->ports);
}

static const char *used_by(const struct config *config, const struct port *port)
{
    for (size_t i = 0; i < config->machine_count; i++) {
        const char *spec = config->machines[i].port;

        if (strcmp(spec, port->device) == 0 ||
            (*port->by_id != '\0' && strcmp(spec, port->by_id) == 0) ||
            (*port->by_path != '\0' && strcmp(spec, port->by_path) == 0) ||
            (*port->usb != '\0' && strncmp(port->usb, spec, strlen(spec)) == 0))
            return config->machines[i].id;
    }
    return NULL;
}

static cJSON *port_to_json(const struct config *config, const struct port *port)
{
    const char *machine = used_by(config, port);
    char line[512];
    cJSON *item = cJSON_CreateObject();

    json_add_text(item, "device", port->device);
    json_add_text(item, "by_id", port->by_id);
    json_add_text(item, "by_path", port->by_path);
    json_add_text(item, "usb", port->usb);
    json_add_text(item, "about", port->about);
    if (machine != NULL)
        cJSON_AddStringToObject(item, "machine", machine);
    else
        cJSON_AddNullToObject(item, "machine");
    snprintf(line, sizeof line,
             "{ \"id\": \"NAME\", \"site\": \"SITE\", \"model\": \"MODEL\", \"port\": \"%s\" }",
             port_best_name(port));
    json_add_text(item, "config", line);
    return item;
}

static void on_listed(uv_work_t *work, int status)
{
    struct listing *listing = work->data;
    struct answer *answer = listing->answer;
    cJSON *items, *list;

    if (status != 0 || listing->err != ERR_OK) {
        answer_fail(answer, status != 0 ? ERR_BUSY : listing->err,
                    "the ports cannot be listed: is /sys mounted?");
        free(listing);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < listing->ports.count; i++)
        cJSON_AddItemToArray(items, port_to_json(answer->office->config, &listing->ports.items[i]));
    ports_finish(&listing->ports);
    free(listing);
    answer_json(answer, list);
}

static void run_ports(struct office *office, const struct call *call, struct answer *answer)
{
    struct listing *listing = calloc(1, sizeof *listing);

    (void)call;
    if (listing != NULL) {
        listing->work.data = listing;
        listing->answer = answer;
    }
    if (listing == NULL || uv_queue_work(office->loop, &listing->work, on_pool, on_listed) != 0) {
        free(listing);
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
    }
}

const struct command command_ports = {
    .name = "ports",
    .route = "GET /api/v1/ports",
    .role = ROLE_TECHNICIAN,
    .place = PLACE_ANYWHERE,
    .help = "What is plugged in, and the config line for it.",
    .run = run_ports,
};
