/* SPDX-License-Identifier: Apache-2.0 */
/* Happy path: the address says the model, the file's name what a run makes; the file is analysed
 * and kept like any other upload; older programs of that name go; then a job for one run is added,
 * and the answer goes out in the slicer's dialect.
 *
 * What can go wrong: a name that says no part gives what the older program of that name makes; else
 * the program is kept without, and waits until a person has said it (program.set): no job is added.
 * What the policy refuses is said in plain words that the slicer shows, and nothing is kept. A job
 * that cannot be added leaves the program where it is, and the answer says so. */
#include "slicer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "caller.h"
#include "people/who.h"
#include "queue/job.h"
#include "slicer_name.h"
#include "url.h"

/* A slicer's request under way. */
struct sending {
    struct answer *answer;
    struct program_request request;
    struct job job; /* sites and by are set before, the rest when the program is there */
    char sha256[HASH_TEXT_SIZE];
    char base[200];
    bool print, overwrite;
    cJSON *(*to_json)(const struct slicer_sent *sent);
};

static struct sending *begin(const struct call *call, const struct slicer_upload *upload,
                             struct answer *answer)
{
    struct sending *sending = calloc(1, sizeof *sending);

    if (sending == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return NULL;
    }
    sending->answer = answer;
    sending->print = upload->print;
    sending->overwrite = upload->overwrite;
    sending->to_json = upload->to_json;
    sending->request.path = call->upload;
    snprintf(sending->request.by, sizeof sending->request.by, "%s", call->by);
    snprintf(sending->job.by, sizeof sending->job.by, "%s", call->by);
    snprintf(sending->base, sizeof sending->base, "%s%s%.40s", call->caller->base,
             *call->id != '\0' ? "/slicer/" : "", call->id);
    return sending;
}

/* ---- the job ---- */

/* Whoever is coordinator of all sites asks all of them; else those where they are. False: none. */
static bool find_sites(struct office *office, const struct call *call, struct job *job)
{
    struct who who = who_find(office->people, &call->caller->pass);
    const struct config *config = office->config;

    if (who_role(&who, NULL) >= ROLE_COORDINATOR)
        return true;
    for (size_t i = 0; i < config->site_count && job->site_count < JOB_SITES_MAX; i++)
        if (who_role(&who, config->sites[i].id) >= ROLE_COORDINATOR)
            strcpy(job->sites[job->site_count++], config->sites[i].id);
    return job->site_count > 0;
}

static void answer_sent(struct answer *answer, cJSON *body, const struct slicer_sent *sent)
{
    slicer_location(sent, answer->location, sizeof answer->location);
    answer_created(answer, body);
}

static void finish(struct sending *sending, int64_t job)
{
    struct answer *answer = sending->answer;
    const struct slicer_sent sent = {
        .program = queue_program_find(answer->office->queue, sending->sha256),
        .model = sending->request.models[0],
        .print = sending->print,
        .job = job,
        .base = sending->base,
    };

    if (sent.program == NULL)
        answer_fail(answer, ERR_INTERNAL, "the program was written but is not there");
    else if (sending->request.path != NULL)
        answer_sent(answer, sending->to_json(&sent), &sent);
    else
        answer_json(answer, sending->to_json(&sent));
    free(sending);
}

static void on_job(void *context, enum err err, const char *text, int64_t id)
{
    struct sending *sending = context;

    if (err == ERR_OK) {
        finish(sending, id);
        return;
    }
    answer_fail(sending->answer, err, "the program is there, but it is not asked for: %s", text);
    free(sending);
}

/* One run of the program: the job is for its first part, what else it makes comes with it. */
static void add_job(struct sending *sending, const struct program *program)
{
    struct job *job = &sending->job;

    memcpy(job->part, program->yields[0].part, sizeof job->part);
    memcpy(job->note, program->name, sizeof job->note);
    job->target = program->yields[0].pieces;
    job->priority = 5;
    job->state = JOB_OPEN;
    queue_job_add(sending->answer->office->queue, job, on_job, sending);
}

/* ---- the program ---- */

const struct program *slicer_program(const struct office *office, const char *name,
                                     const char *model)
{
    const struct program *program;

    for (size_t i = 0; (program = queue_program_at(office->queue, i)) != NULL; i++) {
        if (program->removed || strcmp(program->name, name) != 0)
            continue;
        if (model == NULL ||
            (program->model_count == 1 && strcmp(program->models[0].model, model) == 0))
            return program;
    }
    return NULL;
}

static void on_replaced(void *context, enum err err, const char *text, int64_t id)
{
    (void)context;
    (void)id;
    if (err != ERR_OK)
        log_info("an older program of the same name stays: %s", text);
}

/* Those of the same name for the same model only: a slicer means "the new one instead". */
static void replace_older(struct office *office, const struct program *kept)
{
    const struct program *program;

    for (size_t i = 0; (program = queue_program_at(office->queue, i)) != NULL; i++)
        if (program != kept && !program->removed && program->model_count == 1 &&
            strcmp(program->models[0].model, kept->models[0].model) == 0 &&
            strcmp(program->name, kept->name) == 0)
            queue_program_remove(office->queue, program->sha256, on_replaced, NULL);
}

static void on_added(void *context, enum err err, const char *text, const cJSON *report)
{
    struct sending *sending = context;
    struct answer *answer = sending->answer;
    const cJSON *sha256 = cJSON_GetObjectItemCaseSensitive(report, "sha256");
    const struct program *program = NULL;

    if (err == ERR_OK && cJSON_IsString(sha256)) {
        snprintf(sending->sha256, sizeof sending->sha256, "%s", sha256->valuestring);
        program = queue_program_find(answer->office->queue, sending->sha256);
    }
    if (err != ERR_OK) {
        answer_fault(answer, err, NULL, text, report != NULL ? cJSON_Duplicate(report, 1) : NULL);
        free(sending);
        return;
    }
    if (program != NULL && sending->overwrite)
        replace_older(answer->office, program);
    if (program != NULL && program->yield_count == 0)
        sending->print = false; /* of what? */
    if (program != NULL && sending->print)
        add_job(sending, program);
    else
        finish(sending, 0);
}

/* The name says nothing: what the program of that name makes, or nothing yet. */
static void inherit(const struct office *office, struct program_request *request)
{
    const struct program *older = slicer_program(office, request->name, request->models[0]);

    request->yield_count = older != NULL ? older->yield_count : 0;
    if (older != NULL)
        memcpy(request->yields, older->yields, sizeof request->yields);
}

/* Model, name and yields of the request. False: text says what is missing. */
static bool describe(struct office *office, const struct call *call, const char *path,
                     struct program_request *request, char text[400])
{
    const struct profile *model = slicer_model(office->config, call->id, path, text, 400);
    char name[SLICER_NAME_MAX];

    if (model == NULL)
        return false;
    strcpy(request->models[0], model->id);
    request->model_count = 1;
    slicer_file(path, name, sizeof name);
    slicer_file(name, request->name, sizeof request->name);
    if (request->name[0] == '\0') {
        snprintf(text, 400, "the file has no name that can be read");
        return false;
    }
    if (slicer_yields(office->config, name, request, text, 400) != ERR_OK) {
        log_info("program %s: %s", request->name, text);
        inherit(office, request);
    }
    return true;
}

void slicer_upload(struct office *office, const struct call *call,
                   const struct slicer_upload *upload, struct answer *answer)
{
    struct sending *sending = begin(call, upload, answer);
    struct program_request *request = sending != NULL ? &sending->request : NULL;
    char text[400];

    if (sending == NULL)
        return;
    if (!describe(office, call, upload->path, request, text)) {
        answer_fail(answer, ERR_INVALID, "%s", text);
    } else if (!upload->overwrite &&
               slicer_program(office, request->name, request->models[0]) != NULL) {
        answer_fail(answer, ERR_REFUSED, "there is a program \"%s\" already", request->name);
    } else if (upload->print && !find_sites(office, call, &sending->job)) {
        answer_fail(answer, ERR_FORBIDDEN, "to ask for pieces you must be coordinator of a site");
    } else {
        queue_program_add(office->queue, request, on_added, sending);
        return;
    }
    free(sending);
}

void slicer_print(struct office *office, const struct call *call,
                  const struct slicer_upload *upload, struct answer *answer)
{
    const char *model = *call->id != '\0' ? call->id : NULL;
    const struct program *program = slicer_program(office, upload->path, model);
    struct sending *sending;

    if (program == NULL) {
        answer_fail(answer, ERR_NOT_FOUND, "no program \"%.100s\"", upload->path);
        return;
    }
    if (upload->print && program->yield_count == 0) {
        answer_fail(answer, ERR_REFUSED,
                    "nobody has said what \"%.100s\" makes: say it on the page Programs",
                    program->name);
        return;
    }
    sending = begin(call, upload, answer);
    if (sending == NULL)
        return;
    memcpy(sending->sha256, program->sha256, sizeof sending->sha256);
    memcpy(sending->request.models[0], program->models[0].model, sizeof sending->request.models[0]);
    if (!upload->print) {
        finish(sending, 0);
    } else if (find_sites(office, call, &sending->job)) {
        add_job(sending, program);
    } else {
        answer_fail(answer, ERR_FORBIDDEN, "to ask for pieces you must be coordinator of a site");
        free(sending);
    }
}

/* ---- addresses ---- */

bool slicer_address(struct office *office, const struct call *call, const struct profile **model,
                    struct answer *answer)
{
    char text[400];

    *model = NULL;
    if (*call->id == '\0')
        return true;
    *model = slicer_model(office->config, call->id, "", text, sizeof text);
    if (*model == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "%s", text);
    return *model != NULL;
}

void slicer_location(const struct slicer_sent *sent, char *text, size_t size)
{
    url_write(text, size, sent->base, "/api/files/local/", sent->program->name);
}
