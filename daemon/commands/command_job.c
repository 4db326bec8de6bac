/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs: make N of a part. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job_args.h"
#include "noun_json.h"
#include "paging.h"
#include "rows.h"

static cJSON *current(struct office *office, const struct asking *asking)
{
    const struct job *job = queue_job_find(office->queue, command_number(asking->id));

    return job != NULL ? job_to_json(job) : NULL;
}

struct list_args {
    char state[16];
    char part[ID_SIZE];
    struct paging_args page;
};

static const struct json_field list_fields[] = {
    PAGING_NEWER(struct list_args, page),
    {.name = "state",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, state),
     .size = 16,
     .words = "open held cancelled done",
     .help = "only jobs in this state"},
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, part),
     .size = ID_SIZE,
     .help = "only jobs that make this part"},
};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct job *job;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    for (size_t i = 0; (job = queue_job_at(office->queue, i)) != NULL; i++) {
        if (*args->state != '\0' && strcmp(job_state_name(job->state), args->state) != 0)
            continue;
        if (*args->part != '\0' && strcmp(job->part, args->part) != 0)
            continue;
        if (paging_takes(&paging, job->id))
            cJSON_AddItemToArray(paging.items, job_to_json(job));
    }
    answer_json(answer, paging_end(&paging));
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct job *job = job_find(office, call, answer);

    if (job != NULL)
        answer_json(answer, job_to_json(job));
}

struct add_args {
    char part[ID_SIZE];
    char due[40];
    char note[128];
    int64_t quantity, priority;
    const cJSON *sites, *preferred, *excluded;
    bool hold;
};

static const struct json_field add_fields[] = {
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct add_args, part),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "what to make: a part id"},
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct add_args, quantity),
     .required = true,
     .min = 1,
     .max = JOB_QUANTITY_MAX,
     .help = "good pieces wanted"},
    {.name = "priority",
     .type = JSON_INTEGER,
     .offset = offsetof(struct add_args, priority),
     .min = 0,
     .max = 9,
     .preset = "5",
     .help = "9 goes first"},
    {.name = "due",
     .type = JSON_STRING,
     .offset = offsetof(struct add_args, due),
     .size = 40,
     .help = "2020-04-07 or RFC 3339"},
    {.name = "sites",
     .type = JSON_ANY,
     .offset = offsetof(struct add_args, sites),
     .help = "list of site ids that may make it; absent or empty: all"},
    {.name = "preferred",
     .type = JSON_ANY,
     .offset = offsetof(struct add_args, preferred),
     .help = "list of machine ids: it goes first there and last elsewhere; empty: anywhere"},
    {.name = "excluded",
     .type = JSON_ANY,
     .offset = offsetof(struct add_args, excluded),
     .help = "list of machine ids it is not started on"},
    {.name = "note",
     .type = JSON_STRING,
     .offset = offsetof(struct add_args, note),
     .size = 128,
     .help = "for people"},
    {.name = "hold",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct add_args, hold),
     .preset = "false",
     .help = "add it held"},
};

static void job_answer(struct answer *answer, enum err err, const char *text, int64_t id,
                       bool created)
{
    const struct job *job = queue_job_find(answer->office->queue, id);

    if (err != ERR_OK)
        answer_fail(answer, err, "%s", text);
    else if (job == NULL)
        answer_fail(answer, ERR_INTERNAL, "the job was written but is not there");
    else if (created)
        answer_created(answer, job_to_json(job));
    else
        answer_json(answer, job_to_json(job));
}

static void on_added(void *context, enum err err, const char *text, int64_t id)
{
    job_answer(context, err, text, id, true);
}

static cJSON *made(const struct office *office, int64_t id)
{
    const struct job *job = queue_job_find(office->queue, id);

    return job != NULL ? job_to_json(job) : NULL;
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct add_args *args = call->args;
    struct job job = {.target = args->quantity, .priority = (int)args->priority};

    memcpy(job.part, args->part, sizeof job.part);
    memcpy(job.note, args->note, sizeof job.note);
    snprintf(job.by, sizeof job.by, "%s", call->by);
    job.state = args->hold ? JOB_HELD : JOB_OPEN;
    if (due_read(args->due, &job.due_ms, answer) &&
        job_read_places(&(struct job_places){args->sites, args->preferred, args->excluded}, &job,
                        answer))
        queue_job_add(office->queue, &job, on_added, answer);
}

static void on_changed(void *context, enum err err, const char *text, int64_t id)
{
    job_answer(context, err, text, id, false);
}

static void set_state(struct office *office, const struct call *call, enum job_state state,
                      struct answer *answer)
{
    const struct job *found = job_find(office, call, answer);
    struct job job;

    if (found == NULL)
        return;
    job = *found;
    job.state = state;
    queue_job_set(office->queue, &job, JOB_SET_STATE, on_changed, answer);
}

static void run_hold(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, JOB_HELD, answer);
}

static void run_release(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, JOB_OPEN, answer);
}

static void run_cancel(struct office *office, const struct call *call, struct answer *answer)
{
    set_state(office, call, JOB_CANCELLED, answer);
}

struct set_args {
    char due[40];
    char note[128];
    int64_t quantity, priority;
    const cJSON *sites, *preferred, *excluded;
};

static const struct json_field set_fields[] = {
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct set_args, quantity),
     .min = 0,
     .max = JOB_QUANTITY_MAX,
     .preset = "0",
     .help = "good pieces wanted; 0: unchanged"},
    {.name = "priority",
     .type = JSON_INTEGER,
     .offset = offsetof(struct set_args, priority),
     .min = -1,
     .max = 9,
     .preset = "-1",
     .help = "9 goes first; -1: unchanged"},
    {.name = "due",
     .type = JSON_STRING,
     .offset = offsetof(struct set_args, due),
     .size = 40,
     .help = "2020-04-07, RFC 3339, or none"},
    {.name = "sites",
     .type = JSON_ANY,
     .offset = offsetof(struct set_args, sites),
     .help = "list of site ids; empty: all"},
    {.name = "preferred",
     .type = JSON_ANY,
     .offset = offsetof(struct set_args, preferred),
     .help = "list of machine ids: it goes first there and last elsewhere; empty: anywhere"},
    {.name = "excluded",
     .type = JSON_ANY,
     .offset = offsetof(struct set_args, excluded),
     .help = "list of machine ids it is not started on"},
    {.name = "note",
     .type = JSON_STRING,
     .offset = offsetof(struct set_args, note),
     .size = 128,
     .help = "for people"},
};

static void run_set(struct office *office, const struct call *call, struct answer *answer)
{
    const struct set_args *args = call->args;
    const struct job *found = job_find(office, call, answer);
    struct job job;
    unsigned changes = 0;

    if (found == NULL)
        return;
    job = *found;
    if (args->quantity > 0) {
        job.target = args->quantity;
        changes |= JOB_SET_TARGET;
    }
    if (args->priority >= 0) {
        job.priority = (int)args->priority;
        changes |= JOB_SET_PRIORITY;
    }
    if (*args->note != '\0') {
        memcpy(job.note, args->note, sizeof job.note);
        changes |= JOB_SET_NOTE;
    }
    if (*args->due != '\0' && !due_read(args->due, &job.due_ms, answer))
        return;
    if (!job_read_places(&(struct job_places){args->sites, args->preferred, args->excluded}, &job,
                         answer))
        return;
    changes |= *args->due != '\0' ? JOB_SET_DUE : 0u;
    changes |= args->sites != NULL ? JOB_SET_SITES : 0u;
    changes |= args->preferred != NULL ? JOB_SET_PREFERRED : 0u;
    changes |= args->excluded != NULL ? JOB_SET_EXCLUDED : 0u;
    if (changes == 0)
        answer_fail(
            answer, ERR_INVALID,
            "nothing to change: give quantity, priority, due, sites, preferred, excluded or "
            "note");
    else
        queue_job_set(office->queue, &job, changes, on_changed, answer);
}

const struct command command_job_list = {
    .name = "job.list",
    .route = "GET /api/v1/jobs",
    .role = ROLE_VIEWER,
    .help = "All jobs, in order of addition.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_job_add = {
    .name = "job.add",
    .route = "POST /api/v1/jobs",
    .role = ROLE_COORDINATOR,
    .links = LINK_SLICER,
    .help = "Ask for N good pieces of a part.",
    FIELDS(add_fields),
    .args_size = sizeof(struct add_args),
    .creates = true,
    .made = made,
    .run = run_add,
};

const struct command command_job_show = {
    .name = "job.show",
    .route = "GET /api/v1/jobs/{id}",
    .role = ROLE_VIEWER,
    .help = "One job.",
    .current = current,
    .run = run_show,
};

const struct command command_job_set = {
    .name = "job.set",
    .route = "PATCH /api/v1/jobs/{id}",
    .role = ROLE_COORDINATOR,
    .help = "Change a job, also while it runs.",
    FIELDS(set_fields),
    .args_size = sizeof(struct set_args),
    .current = current,
    .run = run_set,
};

const struct command command_job_hold = {
    .name = "job.hold",
    .route = "POST /api/v1/jobs/{id}/hold",
    .role = ROLE_COORDINATOR,
    .help = "Start no more runs of it; runs under way go on.",
    .current = current,
    .run = run_hold,
};

const struct command command_job_release = {
    .name = "job.release",
    .route = "POST /api/v1/jobs/{id}/release",
    .role = ROLE_COORDINATOR,
    .help = "Go on with a held job.",
    .current = current,
    .run = run_release,
};

const struct command command_job_cancel = {
    .name = "job.cancel",
    .route = "POST /api/v1/jobs/{id}/cancel",
    .role = ROLE_COORDINATOR,
    .help = "Give the job up for good; runs under way go on.",
    .current = current,
    .run = run_cancel,
};
