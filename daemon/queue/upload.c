/* SPDX-License-Identifier: Apache-2.0 */
/* A file becomes a program: on the pool it is copied into the programs folder under a passing name,
 * analysed for each model, flushed to disk and renamed to its hash; then its row is committed. A
 * refused or unreadable file leaves nothing behind. The same file again renews its row. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "gcode/analyse.h"
#include "pool.h"
#include "programs.h"
#include "report.h"
#include "start.h"

struct upload {
    struct store_work store; /* first */
    uv_work_t work;
    struct queue *queue;
    struct program_request ask;
    char from[512];
    struct profile profiles[PROGRAM_MODELS_MAX];
    char folder[300];
    struct program *program; /* being made; owned */
    cJSON *report;           /* owned */
    char *body;              /* owned */
    char *thumbnail;         /* owned */
    size_t thumbnail_size;
    enum err err;
    char text[STORE_TEXT_SIZE];
    program_done done;
    void *context;
};

static void finish(struct upload *upload)
{
    upload->done(upload->context, upload->err, upload->text, upload->report);
    cJSON_Delete(upload->report);
    program_free(upload->program);
    free(upload->body);
    free(upload->thumbnail);
    free(upload);
}

/* ---- on the pool ---- */

static void take_common(struct upload *upload, struct analysis *analysis)
{
    struct program *program = upload->program;

    memcpy(program->sha256, analysis->sha256, sizeof program->sha256);
    memcpy(program->material, analysis->material, sizeof program->material);
    memcpy(program->min_mm, analysis->min_mm, sizeof program->min_mm);
    memcpy(program->max_mm, analysis->max_mm, sizeof program->max_mm);
    program->bytes = analysis->bytes;
    program->nozzle_max_c = analysis->nozzle_max_c;
    program->bed_max_c = analysis->bed_max_c;
    program->nozzle_mm = analysis->nozzle_mm;
    program->filament_g = analysis->filament_g;
    upload->thumbnail = analysis->thumbnail;
    upload->thumbnail_size = analysis->thumbnail_size;
    analysis->thumbnail = NULL;
}

static void take_model(struct upload *upload, const struct analysis *analysis, size_t i)
{
    struct program_model *model = &upload->program->models[i];

    memcpy(model->model, upload->ask.models[i], sizeof model->model);
    model->accepted = analysis->accepted;
    model->prepared_lines = analysis->prepared_lines;
    model->time_s = analysis->time_s;
    upload->program->model_count++;
    if (analysis->accepted || upload->err != ERR_OK)
        return;
    upload->err = ERR_INVALID;
    report_refusal(analysis, model->model, upload->text, sizeof upload->text);
}

static enum err analyse(struct upload *upload, const char *path)
{
    cJSON *models = cJSON_AddObjectToObject(upload->program->analysis, "models");
    enum err err = ERR_OK;

    for (size_t i = 0; i < upload->ask.model_count && err == ERR_OK; i++) {
        struct analysis analysis = {0};

        err = analyse_file(path, &upload->profiles[i], &analysis, NULL);
        if (err != ERR_OK)
            break;
        cJSON_AddItemToObject(models, upload->ask.models[i], report_make(&analysis));
        take_model(upload, &analysis, i);
        if (i == 0)
            take_common(upload, &analysis);
        analysis_finish(&analysis);
    }
    return err;
}

static void keep_file(struct upload *upload, const char *passing)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s.gcode", upload->folder, upload->program->sha256);
    if (rename(passing, path) != 0 || !files_flush(upload->folder)) {
        upload->err = ERR_DISK;
        snprintf(upload->text, sizeof upload->text, "%.200s: cannot be kept (%s)", path,
                 strerror(errno));
        return;
    }
    snprintf(path, sizeof path, "%s/%s.thumb", upload->folder, upload->program->sha256);
    if (upload->thumbnail != NULL)
        files_write(path, upload->thumbnail, upload->thumbnail_size);
}

static void make_report(struct upload *upload)
{
    upload->report = cJSON_Duplicate(upload->program->analysis, 1);
    cJSON_AddStringToObject(upload->report, "sha256", upload->program->sha256);
    cJSON_AddStringToObject(upload->report, "name", upload->program->name);
}

static void on_pool(uv_work_t *work)
{
    struct upload *upload = work->data;
    char passing[400];
    enum err err;

    snprintf(passing, sizeof passing, "%s/.upload-XXXXXX", upload->folder);
    upload->err = files_copy(upload->from, passing, upload->text, sizeof upload->text);
    if (upload->err != ERR_OK)
        return;
    err = analyse(upload, passing);
    if (err != ERR_OK) {
        upload->err = err;
        snprintf(upload->text, sizeof upload->text, "%s: %s", upload->program->name,
                 err_words(err));
    } else {
        make_report(upload);
    }
    upload->body = upload->err == ERR_OK ? program_body(upload->program) : NULL;
    if (upload->body != NULL && strlen(upload->body) >= PROGRAM_BODY_MAX) {
        upload->err = ERR_TOO_LARGE;
        snprintf(upload->text, sizeof upload->text, "the report is too long: name fewer models");
    }
    if (upload->err == ERR_OK)
        keep_file(upload, passing);
    if (upload->err != ERR_OK)
        unlink(passing);
}

/* ---- the row ---- */

static enum err upload_apply(struct store_work *work, struct db *db)
{
    struct upload *upload = (struct upload *)(void *)work;
    struct program_row row = {.sha256 = upload->program->sha256,
                              .name = upload->program->name,
                              .body = upload->body,
                              .by = upload->program->by,
                              .added_ms = upload->program->added_ms};

    return store_program_put(db, &row);
}

static void on_stored(struct store_work *work, enum err err, const char *text)
{
    struct upload *upload = (struct upload *)(void *)work;
    struct queue *queue = upload->queue;

    upload->err = err;
    snprintf(upload->text, sizeof upload->text, "%s", text);
    if (err == ERR_OK) {
        snprintf(upload->text, sizeof upload->text, "%s is program %.12s", upload->program->name,
                 upload->program->sha256);
        upload->err = programs_keep(queue, upload->program);
        if (upload->err == ERR_OK)
            upload->program = NULL;
        queue->version++;
        start_soon(queue);
    }
    finish(upload);
}

static void on_analysed(uv_work_t *work, int status)
{
    struct upload *upload = work->data;
    struct queue *queue = upload->queue;

    (void)status;
    if (upload->err == ERR_OK && upload->body == NULL)
        upload->err = ERR_NO_MEMORY;
    if (upload->err == ERR_OK) {
        upload->store.apply = upload_apply;
        upload->store.done = on_stored;
        store_write(queue->store, &upload->store);
    } else {
        finish(upload);
    }
    pool_leave(queue);
}

static void refuse_on_pool(uv_work_t *work)
{
    (void)work; /* only so that the answer does not come from inside the call */
}

/* ---- the request ---- */

static bool models_wrong(struct upload *upload)
{
    const struct program_request *ask = &upload->ask;

    if (ask->model_count < 1 || ask->model_count > PROGRAM_MODELS_MAX) {
        snprintf(upload->text, sizeof upload->text, "name 1 to %d models that it is made for",
                 PROGRAM_MODELS_MAX);
        return true;
    }
    for (size_t i = 0; i < ask->model_count; i++) {
        const struct profile *profile = config_model(upload->queue->config, ask->models[i]);

        if (profile == NULL) {
            snprintf(upload->text, sizeof upload->text, "no model \"%s\" in the config",
                     ask->models[i]);
            return true;
        }
        upload->profiles[i] = *profile;
        for (size_t k = 0; k < i; k++)
            if (strcmp(ask->models[i], ask->models[k]) == 0) {
                snprintf(upload->text, sizeof upload->text, "model %s is named twice",
                         ask->models[i]);
                return true;
            }
    }
    return false;
}

static bool make_program(struct upload *upload)
{
    struct program *program = calloc(1, sizeof *program);
    const char *slash = strrchr(upload->from, '/');

    upload->program = program;
    if (program == NULL)
        return false;
    snprintf(program->name, sizeof program->name, "%.127s",
             upload->ask.name[0] != '\0' ? upload->ask.name
             : slash != NULL             ? slash + 1
                                         : upload->from);
    snprintf(program->by, sizeof program->by, "%s", upload->ask.by);
    program->added_ms = clock_wall(upload->queue->clock);
    memcpy(program->yields, upload->ask.yields, sizeof program->yields);
    program->yield_count = upload->ask.yield_count;
    program->analysis = cJSON_CreateObject();
    return program->analysis != NULL;
}

void queue_program_add(struct queue *queue, const struct program_request *request,
                       program_done done, void *context)
{
    struct upload *upload = calloc(1, sizeof *upload);

    if (upload == NULL || queue->closing) {
        free(upload);
        done(context, ERR_BUSY, "usined is stopping, or out of memory: try again later", NULL);
        return;
    }
    upload->queue = queue;
    upload->ask = *request;
    upload->done = done;
    upload->context = context;
    upload->work.data = upload;
    snprintf(upload->from, sizeof upload->from, "%s", request->path);
    snprintf(upload->folder, sizeof upload->folder, "%s/programs", queue->config->state);
    if (models_wrong(upload) ||
        program_yields_wrong(queue->config, upload->ask.yields, upload->ask.yield_count,
                             upload->text, sizeof upload->text))
        upload->err = ERR_INVALID;
    else if (!make_program(upload))
        upload->err = ERR_NO_MEMORY;
    pool_enter(queue);
    uv_queue_work(queue->loop, &upload->work, upload->err == ERR_OK ? on_pool : refuse_on_pool,
                  on_analysed);
}
