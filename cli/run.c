/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum exit_code show(const struct asked *asked, const struct client_reply *reply)
{
    cJSON *body;

    if (asked->json || asked->word->show == NULL) {
        fwrite(reply->text, 1, reply->size, stdout);
        putchar('\n');
        return EXIT_DONE;
    }
    body = cJSON_Parse(reply->text);
    if (body == NULL) {
        fputs("usine: the answer is not JSON: is this a usine daemon?\n", stderr);
        return EXIT_REFUSED;
    }
    asked->word->show(body, asked);
    cJSON_Delete(body);
    return EXIT_DONE;
}

static enum exit_code ask(struct client *client, const struct asked *asked,
                          struct client_call *call)
{
    char *path = arguments_path(asked);
    char *body = arguments_body(asked);
    struct client_reply reply = {0};
    enum exit_code code = EXIT_REFUSED;

    call->method = asked->word->method;
    call->path = path;
    call->body = body;
    if (path != NULL)
        code = client_do(client, call, &reply);
    if (code == EXIT_DONE && call->save == NULL && reply.text != NULL)
        code = show(asked, &reply);
    free(reply.text);
    free(body);
    free(path);
    return code;
}

enum exit_code run_ask(struct client *client, const struct asked *asked)
{
    struct client_call call = {.idempotent_key = strcmp(asked->word->words, "job add") == 0};

    return ask(client, asked, &call);
}

/* A log that does not verify is a no, also for a script. */
enum exit_code run_verify(struct client *client, const struct asked *asked)
{
    char *path = arguments_path(asked);
    struct client_call call = {.method = "GET", .path = path};
    struct client_reply reply = {0};
    enum exit_code code = path != NULL ? client_do(client, &call, &reply) : EXIT_REFUSED;
    cJSON *body = cJSON_Parse(reply.text != NULL ? reply.text : "");

    if (code == EXIT_DONE)
        code = show(asked, &reply);
    if (code == EXIT_DONE && !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "ok")))
        code = EXIT_REFUSED;
    cJSON_Delete(body);
    free(reply.text);
    free(path);
    return code;
}

enum exit_code run_upload(struct client *client, const struct asked *asked)
{
    const char *slash = strrchr(asked->file, '/');
    struct client_call call = {.upload = asked->file, .progress = true};

    if (!cJSON_HasObjectItem(asked->fields, "name"))
        cJSON_AddStringToObject(asked->fields, "name", slash != NULL ? slash + 1 : asked->file);
    return ask(client, asked, &call);
}

enum exit_code run_save(struct client *client, const struct asked *asked)
{
    struct client_call call = {.save = asked->file};
    enum exit_code code = ask(client, asked, &call);

    if (code == EXIT_DONE && call.save != NULL)
        printf("%s written\n", call.save);
    return code;
}

/* The answer as it comes: a text, or a table the daemon made. */
enum exit_code run_raw(struct client *client, const struct asked *asked)
{
    char *path = arguments_path(asked);
    struct client_call call = {.method = "GET", .path = path};
    struct client_reply reply = {0};
    enum exit_code code = path != NULL ? client_do(client, &call, &reply) : EXIT_REFUSED;

    if (code == EXIT_DONE && reply.text != NULL)
        fwrite(reply.text, 1, reply.size, stdout);
    free(reply.text);
    free(path);
    return code;
}
