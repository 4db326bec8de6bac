/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "office.h"
#include "rows.h"
#include "status_text.h"

static void run_status(struct office *office, const struct call *call, struct answer *answer)
{
    size_t size;
    const char *text = status_text(office, &size);

    (void)call;
    answer_text(answer, "application/json", text != NULL ? strdup(text) : NULL, size);
}

const struct command command_status = {
    .name = "status",
    .route = "GET /api/v1/status",
    .role = ROLE_VIEWER,
    .help = "Machines, today's counts and sites, at a glance.",
    .run = run_status,
};
