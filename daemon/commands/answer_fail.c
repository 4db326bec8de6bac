/* SPDX-License-Identifier: Apache-2.0 */
/* What could not be done, in words for people and keys for programs; and what was done or not. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "noun_json.h"
#include "record.h"

/* Up to 10 lines of a report on why a file is refused; the message has the first already. */
static void print_refusals(FILE *out, const cJSON *report)
{
    const cJSON *model, *finding;
    int refused = 0;

    cJSON_ArrayForEach(model, cJSON_GetObjectItemCaseSensitive(report, "models"))
    {
        cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(model, "findings"))
        {
            const char *kind =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "kind"));
            const cJSON *line = cJSON_GetObjectItemCaseSensitive(finding, "line");
            const cJSON *text = cJSON_GetObjectItemCaseSensitive(finding, "text");
            const cJSON *why = cJSON_GetObjectItemCaseSensitive(finding, "why");

            if (kind == NULL || strcmp(kind, "refused") != 0 || refused++ == 0 || refused > 11)
                continue;
            fprintf(out, "\nline %d: %s: %s", cJSON_IsNumber(line) ? line->valueint : 0,
                    cJSON_IsString(text) ? text->valuestring : "",
                    cJSON_IsString(why) ? why->valuestring : "");
        }
    }
}

static void end_plain(struct answer *answer, enum err err, const char *message, const cJSON *report)
{
    FILE *out = open_memstream(&answer->text, &answer->size);

    if (out == NULL) {
        answer_body(answer, 0, NULL);
        return;
    }
    fputs(message, out);
    if (err == ERR_UNAUTHORIZED)
        fputs(
            ". Put a key of yours (My account, Keys for slicers) into the slicer's field API key; "
            "Digest is not taken",
            out);
    print_refusals(out, report);
    fclose(out);
    answer->status = err_http(err);
    answer->type = "text/plain"; /* as it stands: Cura compares the whole of it */
    answer_end(answer);
}

static cJSON *body_of(const struct answer *answer, enum err err, const char *field,
                      const char *message)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(body, "error");

    cJSON_AddStringToObject(error, "code", err_key(err));
    cJSON_AddStringToObject(error, "message", message);
    if (answer->retry_s > 0)
        cJSON_AddNumberToObject(error, "retry_s", (double)answer->retry_s);
    if (field != NULL)
        cJSON_AddStringToObject(error, "field", field);
    return body;
}

void answer_fault(struct answer *answer, enum err err, const char *field, const char *message,
                  cJSON *report)
{
    cJSON *body;

    if (message == NULL || *message == '\0')
        message = err_words(err);
    record_outcome(answer->record, message);
    if (answer->plain) {
        end_plain(answer, err, message, report);
        cJSON_Delete(report);
        return;
    }
    body = body_of(answer, err, field, message);
    if (report != NULL && !cJSON_AddItemToObject(body, "report", report))
        cJSON_Delete(report);
    answer_body(answer, err_http(err), body);
}

void answer_fail(struct answer *answer, enum err err, const char *format, ...)
{
    char message[400];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    answer_fault(answer, err, NULL, message, NULL);
}

void answer_too_many(struct answer *answer, int64_t retry_s, const char *message)
{
    answer->retry_s = retry_s;
    answer_fault(answer, ERR_TOO_MANY, NULL, message, NULL);
}

void answer_stale(struct answer *answer, cJSON *current)
{
    cJSON *body = body_of(answer, ERR_STALE, NULL, err_words(ERR_STALE));

    record_outcome(answer->record, err_words(ERR_STALE));
    if (!cJSON_AddItemToObject(body, "current", current))
        cJSON_Delete(current);
    answer_body(answer, err_http(ERR_STALE), body);
}

void answer_outcome(struct answer *answer, enum err err, const char *text, const char *done)
{
    cJSON *body;

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "message", done);
    answer_json(answer, body);
}

void answer_act(struct answer *answer, enum err err, const char *text, struct answer_done done)
{
    cJSON *body;

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    chronicle_add(&answer->office->chronicle, "", "", "%s", text);
    body = cJSON_CreateObject();
    if (done.id != 0)
        cJSON_AddNumberToObject(body, "id", (double)done.id);
    json_add_text(body, "message", text);
    answer_body(answer, done.status, body);
}
