/* SPDX-License-Identifier: Apache-2.0 */
#include "noun_json.h"
#include "rows.h"

static void run_status(struct office *office, const struct call *call, struct answer *answer)
{
    (void)call;
    answer_json(answer, status_to_json(office));
}

const struct command command_status = {
    .name = "status",
    .route = "GET /api/v1/status",
    .role = ROLE_VIEWER,
    .help = "Machines, today's counts and sites, at a glance.",
    .run = run_status,
};
