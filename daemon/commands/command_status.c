/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "rows.h"
#include "status_text.h"

static void run_status(struct office *office, const struct call *call, struct answer *answer)
{
    (void)call;
    answer_shared(answer, "application/json", status_text(office));
}

const struct command command_status = {
    .name = "status",
    .route = "GET /api/v1/status",
    .role = ROLE_VIEWER,
    .help = "Machines, today's counts and sites, at a glance.",
    .run = run_status,
};
