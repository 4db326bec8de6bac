/* SPDX-License-Identifier: Apache-2.0 */
#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record.h"
#include "remember.h"

static const char no_memory[] =
    "{\"error\":{\"code\":\"no_memory\",\"message\":\"out of memory: try again\"}}";

void answer_finish(struct answer *answer)
{
    if (answer->path != NULL && answer->path_temporary)
        unlink(answer->path);
    free(answer->path);
    free(answer->text);
    shared_text_release(answer->shared);
    answer->path = NULL;
    answer->text = NULL;
    answer->shared = NULL;
}

static void tell(struct answer *answer)
{
    answer->done = true;
    answer->on_done(answer);
}

void answer_end(struct answer *answer)
{
    if (answer->remember != NULL)
        remember_answer(answer->remember, answer);
    if (answer->record != NULL)
        record_end(answer, tell);
    else
        tell(answer);
}

void answer_body(struct answer *answer, int status, cJSON *body)
{
    answer->status = status;
    answer->type = "application/json";
    if (answer->versioned && status < 300)
        snprintf(answer->version, sizeof answer->version, "%s", version_of(body));
    answer->text = body != NULL ? cJSON_PrintUnformatted(body) : NULL;
    cJSON_Delete(body);
    if (answer->text == NULL) {
        answer->status = err_http(ERR_NO_MEMORY);
        answer->text = strdup(no_memory);
    }
    answer->size = answer->text != NULL ? strlen(answer->text) : 0;
    answer_end(answer);
}

void answer_json(struct answer *answer, cJSON *body)
{
    answer_body(answer, 200, body);
}

void answer_created(struct answer *answer, cJSON *body)
{
    answer_body(answer, 201, body);
}

void answer_text(struct answer *answer, const char *type, char *text, size_t n)
{
    if (text == NULL) {
        answer_body(answer, 0, NULL);
        return;
    }
    answer->status = 200;
    answer->type = type;
    answer->text = text;
    answer->size = n;
    answer_end(answer);
}

void answer_shared(struct answer *answer, const char *type, struct shared_text *shared)
{
    if (shared == NULL) {
        answer_body(answer, 0, NULL);
        return;
    }
    answer->status = 200;
    answer->type = type;
    answer->shared = shared_text_use(shared);
    answer_end(answer);
}

void answer_file(struct answer *answer, const char *type, const char *path, bool temporary)
{
    answer->path = strdup(path);
    if (answer->path == NULL) {
        if (temporary)
            unlink(path);
        answer_body(answer, 0, NULL);
        return;
    }
    answer->status = 200;
    answer->type = type;
    answer->path_temporary = temporary;
    answer_end(answer);
}
