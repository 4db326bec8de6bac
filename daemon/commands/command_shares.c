/* SPDX-License-Identifier: Apache-2.0 */
/* What each site could take of a job. */
#include <stdlib.h>

#include "job_args.h"
#include "noun_json.h"
#include "queue/shares.h"
#include "rows.h"

static void run_shares(struct office *office, const struct call *call, struct answer *answer)
{
    const struct job *job = job_find(office, call, answer);
    struct share *shares;
    size_t count;
    int64_t done_ms;
    enum err err;
    cJSON *items, *list;

    if (job == NULL)
        return;
    err = queue_shares(office->queue, job->id, &shares, &count, &done_ms);
    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", err_words(err));
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++) {
        cJSON *item = cJSON_CreateObject();

        cJSON_AddStringToObject(item, "site", shares[i].site);
        cJSON_AddNumberToObject(item, "machines", (double)shares[i].machines);
        cJSON_AddNumberToObject(item, "per_hour", shares[i].per_hour);
        cJSON_AddNumberToObject(item, "far_km", shares[i].far_km);
        cJSON_AddNumberToObject(item, "pieces", (double)shares[i].pieces);
        cJSON_AddItemToArray(items, item);
    }
    free(shares);
    json_add_time(list, "done", done_ms);
    answer_json(answer, list);
}

const struct command command_job_shares = {
    .name = "job.shares",
    .route = "GET /api/v1/jobs/{id}/shares",
    .role = ROLE_VIEWER,
    .help = "What each site could take of it, so that all finish together and few parts travel.",
    .run = run_shares,
};
