/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "office.h"
#include "rows.h"

struct estop_args {
    char site[ID_SIZE];
};

static const struct json_field fields[] = {
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct estop_args, site),
     .size = ID_SIZE,
     .help = "only the machines of this site; without it: all"},
};

static void run_estop(struct office *office, const struct call *call, struct answer *answer)
{
    const struct estop_args *args = call->args;
    struct order details = {0};

    if (*args->site != '\0' && config_site(office->config, args->site) == NULL) {
        answer_fail(answer, ERR_NOT_FOUND, "no site \"%s\"; nothing was stopped", args->site);
        return;
    }
    memcpy(details.site, args->site, sizeof details.site);
    snprintf(details.by, sizeof details.by, "%s", call->by);
    chronicle_add(&office->chronicle, "", call->by, "emergency stop of %s",
                  *args->site != '\0' ? args->site : "all machines");
    office_order(office, ORDER_ESTOP, &details, answer);
}

const struct command command_estop = {
    .name = "estop",
    .route = "POST /api/v1/estop",
    .role = ROLE_OPERATOR,
    .tablet = true,
    .help = "Emergency stop of a site, or of everything.",
    FIELDS(fields),
    .args_size = sizeof(struct estop_args),
    .run = run_estop,
};
