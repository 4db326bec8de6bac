/* SPDX-License-Identifier: Apache-2.0 */
/* The config file as text, and what would be wrong with a changed one. Nothing here writes the
 * file: that stays with whoever may log in to the machine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults_json.h"
#include "noun_json.h"
#include "rows.h"

enum { TEXT_MAX = 1024 * 1024 };

struct reading {
    uv_work_t work;
    struct answer *answer; /* borrowed until it is ended */
    char path[512];        /* what is read */
    char name[512];        /* what it is called, and where relative paths begin */
    char *text;            /* owned */
    size_t size;
    enum err err;
    struct config_faults faults; /* owned; of a check */
    size_t machines, sites;      /* of a config without faults */
};

/* *size bytes and a NUL; NULL: *err says why. */
static char *read_whole(const char *path, size_t *size, enum err *err)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(TEXT_MAX + 1);
    bool good;

    *err = file == NULL ? ERR_DISK : text == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (*err == ERR_OK) {
        *size = fread(text, 1, TEXT_MAX + 1, file);
        good = !ferror(file);
        *err = !good ? ERR_DISK : *size > TEXT_MAX ? ERR_TOO_LARGE : ERR_OK;
    }
    if (file != NULL)
        fclose(file);
    if (*err == ERR_OK) {
        text[*size] = '\0';
        return text;
    }
    free(text);
    return NULL;
}

/* A name and password before the @ of an address are nobody's to read: they become stars. */
static void hide_passwords(char *text)
{
    char *at = text;

    while ((at = strstr(at, "://")) != NULL) {
        size_t n;

        at += 3;
        n = strcspn(at, "@/\" \t\r\n");
        if (at[n] != '@')
            continue;
        for (size_t i = 0; i < n; i++)
            at[i] = '*';
    }
}

static struct reading *reading_begin(struct office *office, const char *path, uv_work_cb on_pool,
                                     uv_after_work_cb on_done, struct answer *answer)
{
    struct reading *reading = calloc(1, sizeof *reading);

    if (reading != NULL) {
        reading->work.data = reading;
        reading->answer = answer;
        snprintf(reading->path, sizeof reading->path, "%s", path);
        snprintf(reading->name, sizeof reading->name, "%s", office->config_path);
    }
    if (reading == NULL || uv_queue_work(office->loop, &reading->work, on_pool, on_done) != 0) {
        free(reading);
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return NULL;
    }
    return reading;
}

static void reading_free(struct reading *reading)
{
    config_faults_finish(&reading->faults);
    free(reading->text);
    free(reading);
}

/* ---- the text ---- */

static void read_text(uv_work_t *work)
{
    struct reading *reading = work->data;

    reading->text = read_whole(reading->path, &reading->size, &reading->err);
    if (reading->text != NULL)
        hide_passwords(reading->text);
}

static void on_text(uv_work_t *work, int status)
{
    struct reading *reading = work->data;
    cJSON *body;

    (void)status; /* works are never cancelled */
    if (reading->err != ERR_OK || !json_utf8(reading->text, reading->size)) {
        answer_fail(reading->answer, reading->err != ERR_OK ? reading->err : ERR_INVALID,
                    "%s cannot be shown: it is gone, not UTF-8, or larger than 1 MB",
                    reading->name);
    } else {
        body = cJSON_CreateObject();
        json_add_text(body, "file", reading->name);
        cJSON_AddStringToObject(body, "text", reading->text);
        answer_json(reading->answer, body);
    }
    reading_free(reading);
}

static void run_text(struct office *office, const struct call *call, struct answer *answer)
{
    (void)call;
    reading_begin(office, office->config_path, read_text, on_text, answer);
}

/* ---- checking another one ---- */

static void check_text(uv_work_t *work)
{
    struct reading *reading = work->data;
    struct config *config = NULL;

    reading->text = read_whole(reading->path, &reading->size, &reading->err);
    if (reading->text == NULL)
        return;
    reading->err =
        config_parse(reading->name, reading->text, reading->size, &config, &reading->faults);
    if (config != NULL) {
        reading->machines = config->machine_count;
        reading->sites = config->site_count;
    }
    config_unref(config);
}

static void on_checked(uv_work_t *work, int status)
{
    struct reading *reading = work->data;
    cJSON *body;

    (void)status;
    if (reading->err != ERR_OK && reading->err != ERR_INVALID) {
        answer_fail(reading->answer, reading->err, "the text cannot be checked: %s",
                    err_words(reading->err));
    } else {
        body = cJSON_CreateObject();
        cJSON_AddBoolToObject(body, "accepted", reading->err == ERR_OK);
        cJSON_AddNumberToObject(body, "machines", (double)reading->machines);
        cJSON_AddNumberToObject(body, "sites", (double)reading->sites);
        cJSON_AddItemToObject(body, "faults", faults_to_json(&reading->faults));
        answer_json(reading->answer, body);
    }
    reading_free(reading);
}

static void run_check(struct office *office, const struct call *call, struct answer *answer)
{
    reading_begin(office, call->upload, check_text, on_checked, answer);
}

const struct command command_config_text = {
    .name = "config.text",
    .route = "GET /api/v1/config/text",
    .role = ROLE_TECHNICIAN,
    .help = "The config file as it is, passwords in addresses hidden.",
    .run = run_text,
};

const struct command command_config_check = {
    .name = "config.check",
    .route = "POST /api/v1/config/check",
    .role = ROLE_TECHNICIAN,
    .help = "The faults a changed config would have, as `usined --check`; writes nothing.",
    .upload = true,
    .run = run_check,
};
