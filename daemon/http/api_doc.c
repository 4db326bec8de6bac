/* SPDX-License-Identifier: Apache-2.0 */
#include "api_doc.h"

#include <ctype.h>
#include <string.h>

#include "commands/access.h"

static bool takes_body(const struct command *command)
{
    return !command->upload &&
           (strncmp(command->route, "POST", 4) == 0 || strncmp(command->route, "PATCH", 5) == 0);
}

static bool reads(const struct command *command)
{
    return strncmp(command->route, "GET ", 4) == 0;
}

static bool takes_match(const struct command *command)
{
    return command->matches || (command->current != NULL && !reads(command));
}

static const char *type_name(const struct json_field *field)
{
    static const char *const names[] = {"string", "integer", "number", "boolean", "array"};

    return names[field->type];
}

static cJSON *words_to_json(const char *words)
{
    cJSON *array = cJSON_CreateArray();

    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        char word[64];

        snprintf(word, sizeof word, "%.*s", (int)n, words);
        cJSON_AddItemToArray(array, cJSON_CreateString(word));
        words += n;
        words += strspn(words, " ");
    }
    return array;
}

static cJSON *field_schema(const struct json_field *field)
{
    cJSON *schema = cJSON_CreateObject();
    bool number = field->type == JSON_INTEGER || field->type == JSON_NUMBER;

    cJSON_AddStringToObject(schema, "type", type_name(field));
    cJSON_AddStringToObject(schema, "description", field->help);
    if (field->type == JSON_STRING && field->size > 0)
        cJSON_AddNumberToObject(schema, "maxLength", (double)(field->size - 1));
    if (field->type == JSON_STRING && field->min > 0)
        cJSON_AddNumberToObject(schema, "minLength", field->min);
    if (number && field->min < field->max) {
        cJSON_AddNumberToObject(schema, "minimum", field->min);
        cJSON_AddNumberToObject(schema, "maximum", field->max);
    }
    if (field->words != NULL)
        cJSON_AddItemToObject(schema, "enum", words_to_json(field->words));
    if (field->preset != NULL)
        cJSON_AddItemToObject(schema, "default", cJSON_Parse(field->preset));
    return schema;
}

static void add_parameter(cJSON *parameters, const char *name, const char *in, bool required,
                          cJSON *schema)
{
    cJSON *parameter = cJSON_CreateObject();

    cJSON_AddStringToObject(parameter, "name", name);
    cJSON_AddStringToObject(parameter, "in", in);
    cJSON_AddBoolToObject(parameter, "required", required);
    cJSON_AddItemToObject(parameter, "schema", schema);
    cJSON_AddItemToArray(parameters, parameter);
}

static cJSON *text_schema(void)
{
    cJSON *schema = cJSON_CreateObject();

    cJSON_AddStringToObject(schema, "type", "string");
    return schema;
}

static void add_parameters(cJSON *operation, const struct command *command)
{
    cJSON *parameters = cJSON_AddArrayToObject(operation, "parameters");

    if (strstr(command->route, "{id}") != NULL)
        add_parameter(parameters, "id", "path", true, text_schema());
    if (strstr(command->route, "{path}") != NULL)
        add_parameter(parameters, "path", "path", true, text_schema());
    if (command->creates)
        add_parameter(parameters, "Idempotency-Key", "header", false, text_schema());
    if (takes_match(command))
        add_parameter(parameters, "If-Match", "header", false, text_schema());
    if (takes_body(command))
        return;
    for (size_t i = 0; i < command->field_count; i++)
        add_parameter(parameters, command->fields[i].name, "query", command->fields[i].required,
                      field_schema(&command->fields[i]));
}

static void add_content(cJSON *object, const char *type, cJSON *schema)
{
    cJSON *content = cJSON_AddObjectToObject(object, "content");
    cJSON *media = cJSON_AddObjectToObject(content, type);

    cJSON_AddItemToObject(media, "schema", schema);
}

static void add_body(cJSON *operation, const struct command *command)
{
    cJSON *body, *schema, *properties, *required;

    if (command->upload) {
        body = cJSON_AddObjectToObject(operation, "requestBody");
        add_content(body, command->form ? "multipart/form-data" : "application/octet-stream",
                    cJSON_CreateObject());
    }
    if (!takes_body(command) || command->field_count == 0)
        return;
    body = cJSON_AddObjectToObject(operation, "requestBody");
    schema = cJSON_CreateObject();
    cJSON_AddStringToObject(schema, "type", "object");
    cJSON_AddBoolToObject(schema, "additionalProperties", 0);
    properties = cJSON_AddObjectToObject(schema, "properties");
    required = cJSON_CreateArray();
    for (size_t i = 0; i < command->field_count; i++) {
        const struct json_field *field = &command->fields[i];

        cJSON_AddItemToObject(properties, field->name, field_schema(field));
        if (field->required)
            cJSON_AddItemToArray(required, cJSON_CreateString(field->name));
    }
    cJSON_AddItemToObject(schema, "required", required);
    add_content(body, "application/json", schema);
}

static void add_etag(cJSON *response)
{
    cJSON *etag = cJSON_AddObjectToObject(cJSON_AddObjectToObject(response, "headers"), "ETag");

    cJSON_AddItemToObject(etag, "schema", text_schema());
}

static void add_answers(cJSON *operation, const struct command *command)
{
    cJSON *responses = cJSON_AddObjectToObject(operation, "responses");
    cJSON *done = cJSON_AddObjectToObject(responses, "2XX");
    cJSON *failed = cJSON_AddObjectToObject(responses, "default");
    cJSON *stale = takes_match(command) ? cJSON_AddObjectToObject(responses, "412") : NULL;

    cJSON_AddStringToObject(done, "description", "done");
    if (command->current != NULL && reads(command))
        add_etag(done);
    if (stale != NULL)
        cJSON_AddStringToObject(
            stale, "description",
            "{\"error\": {\"code\": \"stale\", \"message\"}, \"current\"}: it has "
            "another version than If-Match says");
    cJSON_AddStringToObject(failed, "description",
                            "{\"error\": {\"code\", \"message\", \"field\"?}}");
}

static void add_operation(cJSON *paths, const struct command *command)
{
    const char *path = strchr(command->route, ' ') + 1;
    cJSON *item = cJSON_GetObjectItemCaseSensitive(paths, path);
    cJSON *operation;
    char method[8] = "";

    for (size_t i = 0; i < sizeof method - 1 && command->route[i] != ' '; i++)
        method[i] = (char)tolower((unsigned char)command->route[i]);
    if (item == NULL)
        item = cJSON_AddObjectToObject(paths, path);
    operation = cJSON_AddObjectToObject(item, method);
    cJSON_AddStringToObject(operation, "operationId", command->name);
    cJSON_AddStringToObject(operation, "summary", command->help);
    cJSON_AddStringToObject(operation, "x-role", role_name(command->role));
    cJSON_AddStringToObject(operation, "x-where", access_where(command));
    cJSON_AddBoolToObject(operation, "x-fresh", command->fresh);
    cJSON_AddBoolToObject(operation, "x-slicer", (command->links & LINK_SLICER) != 0);
    cJSON_AddBoolToObject(operation, "x-site", (command->links & LINK_SITE) != 0);
    cJSON_AddBoolToObject(operation, "x-maker", (command->links & LINK_MAKER) != 0);
    cJSON_AddBoolToObject(operation, "x-tablet", command->tablet);
    if (command->alias != NULL)
        cJSON_AddStringToObject(operation, "x-alias", command->alias);
    add_parameters(operation, command);
    add_body(operation, command);
    add_answers(operation, command);
}

cJSON *api_openapi(const struct command *const *table)
{
    cJSON *api = cJSON_CreateObject();
    cJSON *info, *paths;

    cJSON_AddStringToObject(api, "openapi", "3.1.0");
    info = cJSON_AddObjectToObject(api, "info");
    cJSON_AddStringToObject(info, "title", "Usine");
    cJSON_AddStringToObject(info, "version", USINE_VERSION);
    paths = cJSON_AddObjectToObject(api, "paths");
    for (; *table != NULL; table++)
        add_operation(paths, *table);
    return api;
}

static void write_field(FILE *out, const struct json_field *field)
{
    fprintf(out, "| `%s` | %s%s | ", field->name, type_name(field),
            field->required ? ", required" : "");
    if (field->words != NULL)
        fprintf(out, "one of: %s. ", field->words);
    else if (field->type != JSON_STRING && field->min < field->max)
        fprintf(out, "%.15g to %.15g. ", field->min, field->max);
    fprintf(out, "%s |\n", field->help);
}

/* " at the machine's site": where the role is needed. */
static const char *where_words(const struct command *command)
{
    static const struct {
        const char *where, *words;
    } rows[] = {
        {"anywhere", " at any site"},        {"everywhere", " at all sites"},
        {"machine", " at its site"},         {"run", " at its site"},
        {"job", " at all sites of the job"}, {"sites", " at the sites it names"},
        {"maker", " at all its sites"},      {"declaration", " at its site"},
    };
    size_t i = 0;

    if (command->role <= ROLE_VIEWER)
        return "";
    while (strcmp(rows[i].where, access_where(command)) != 0)
        i++;
    return rows[i].words;
}

static const char *current_words(const struct command *command)
{
    return takes_match(command) ? ", If-Match" : command->current != NULL ? ", ETag" : "";
}

void api_markdown(const struct command *const *table, FILE *out)
{
    fputs(
        "# The HTTP interface\n\n"
        "Generated from the command table (`daemon/commands/rows.h`); do not edit. After a change "
        "of a row:\n`USINE_WRITE_DOCS=1 ctest -R http.api_doc`. The same for programs: "
        "`/api/v1/openapi.json`.\n\n"
        "Errors are `{\"error\": {\"code\", \"message\", \"field\"?}}`; lists are objects with "
        "`items` and `next`; times are RFC 3339 UTC.\nThe header `Usine-By` names the person who "
        "asks. Calls that create take `Idempotency-Key`: the same key again, within 24 h,\n"
        "gets the same answer and makes nothing twice: what counts, jobs and orders also after a "
        "crash. A body is JSON of "
        "at most 64 KiB; unknown members are refused.\n\n"
        "What people edit has a `version`: a member of it, in lists too, and the `ETag` where one "
        "is asked for. It covers what people decide, not what machines make of\nit (a job's stays "
        "while its pieces are made), so it is no key for a cache. A write with `If-Match: "
        "\"VERSION\"` is refused with 412 and `{\"error\": {\"code\": \"stale\",\n\"message\"}, "
        "\"current\": {...}}` when it has another one by now; without the header it is done as "
        "ever. "
        "An emergency stop never asks.\n\n"
        "Beside the table: `GET /api/v1/events` (server-sent events: `snapshot`, `machines`, "
        "`today`, `log`), `GET /healthz`, `GET /readyz`, `GET /metrics`, and the page at `/`.\n",
        out);
    for (; *table != NULL; table++) {
        const struct command *command = *table;

        fprintf(out, "\n## %s\n`%s` (%s%s%s)\n\n%s\n", command->name, command->route,
                role_name(command->role), where_words(command),
                command->creates ? ", Idempotency-Key" : current_words(command), command->help);
        if (command->fresh)
            fputs("The password must have been given within the last 5 minutes (`reauthenticate`); "
                  "no token may do this.\n",
                  out);
        if (command->tablet)
            fputs("A paired tablet may at its site, before anybody has said who they are.\n", out);
        if (command->alias != NULL)
            fprintf(out, "Also at `%s`.\n", command->alias);
        if (command->upload && command->form)
            fputs("The body is a multipart/form-data form with the members below.\n", out);
        else if (command->upload)
            fputs("The body is the file itself; the members below go into the query.\n", out);
        if (command->field_count > 0)
            fprintf(out, "\n| %s | type | |\n| --- | --- | --- |\n",
                    takes_body(command) || command->form ? "member" : "query");
        for (size_t i = 0; i < command->field_count; i++)
            write_field(out, &command->fields[i]);
    }
}
