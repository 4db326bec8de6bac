/* SPDX-License-Identifier: Apache-2.0 */
#include "job_args.h"

#include <stdio.h>
#include <string.h>

#include "day_time.h"

const struct job *job_find(struct office *office, const struct call *call, struct answer *answer)
{
    const struct job *job = queue_job_find(office->queue, command_number(call->id));

    if (job == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "no job \"%.32s\"; `usine jobs` lists them", call->id);
    return job;
}

bool due_read(const char *text, int64_t *due_ms, struct answer *answer)
{
    *due_ms = 0;
    if (*text == '\0' || strcmp(text, "none") == 0 || day_time_parse(text, due_ms))
        return true;
    answer_fault(answer, ERR_INVALID, "due",
                 "\"due\" must be a date (2020-04-07) or a time (2020-04-07T18:00:00Z)", NULL);
    return false;
}

/* A list of ids; false: it was answered. */
static bool read_ids(const cJSON *list, const char *field, char (*ids)[ID_SIZE], size_t *count,
                     struct answer *answer)
{
    const cJSON *item;
    char text[96];

    snprintf(text, sizeof text, "\"%s\" must be a list of at most %d ids", field, JOB_SITES_MAX);
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > JOB_SITES_MAX) {
        answer_fault(answer, ERR_INVALID, field, text, NULL);
        return false;
    }
    *count = 0;
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsString(item) || strlen(item->valuestring) >= ID_SIZE) {
            answer_fault(answer, ERR_INVALID, field, text, NULL);
            return false;
        }
        strcpy(ids[(*count)++], item->valuestring);
    }
    return true;
}

bool job_read_places(const struct job_places *places, struct job *job, struct answer *answer)
{
    struct job_machines *preferred = &job->preferred, *excluded = &job->excluded;

    if (places->sites != NULL &&
        !read_ids(places->sites, "sites", job->sites, &job->site_count, answer))
        return false;
    if (places->preferred != NULL &&
        !read_ids(places->preferred, "preferred", preferred->ids, &preferred->count, answer))
        return false;
    return places->excluded == NULL ||
           read_ids(places->excluded, "excluded", excluded->ids, &excluded->count, answer);
}
