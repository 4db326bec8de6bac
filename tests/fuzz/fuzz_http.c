/* SPDX-License-Identifier: Apache-2.0 */
/* A request without the network: "METHOD PATH[?QUERY]\n" then the body. Router, query, JSON and the
 * row's field table must take anything; what a row accepts must keep the promises of its fields. */
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "fuzz.h"
#include "http/fields.h"
#include "http/guard.h"
#include "http/route.h"

/* What json_read accepted is within the row's own bounds. */
static void check_args(const struct command *command, const char *args)
{
    for (size_t i = 0; i < command->field_count; i++) {
        const struct json_field *field = &command->fields[i];
        int64_t number;

        if (field->type == JSON_STRING && memchr(args + field->offset, '\0', field->size) == NULL)
            abort();
        if (field->type != JSON_INTEGER || field->min >= field->max)
            continue;
        memcpy(&number, args + field->offset, sizeof number);
        if ((double)number < field->min || (double)number > field->max)
            abort();
    }
}

static void read_args(const struct command *command, const cJSON *object)
{
    const struct json_table table = {command->fields, command->field_count, command->args_size};
    struct json_fault fault;
    char *args = calloc(1, command->args_size + 1);

    if (args != NULL && json_read(object, &table, args, &fault) == ERR_OK)
        check_args(command, args);
    free(args);
}

static void read_query(const struct command *command, char *query)
{
    cJSON *object = cJSON_CreateObject();
    char *rest = query;
    char *pair;

    while ((pair = strsep(&rest, "&")) != NULL) {
        char *value = strchr(pair, '=');

        if (value != NULL)
            *value++ = '\0';
        fields_add_query(object, command, pair, value);
    }
    read_args(command, object);
    cJSON_Delete(object);
}

static void read_request(char *head, const char *body, size_t n)
{
    char *path = strchr(head, ' ');
    char *query;
    struct route route;
    char text[200];
    cJSON *object;

    if (path == NULL)
        return;
    *path++ = '\0';
    guard_host(path);
    guard_origin(head, path);
    guard_name(path);
    query = strchr(path, '?');
    if (query != NULL)
        *query++ = '\0';
    if (route_find(command_table, head, path, &route) != ERR_OK)
        return;
    if (query != NULL)
        read_query(route.command, query);
    if (fields_read_body(body, n, &object, text, sizeof text) == ERR_OK) {
        read_args(route.command, object);
        cJSON_Delete(object);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    size_t n = end != NULL ? (size_t)(end - data) : size;
    char *head = malloc(n + 1);

    if (head == NULL)
        return 0;
    memcpy(head, data, n);
    head[n] = '\0';
    if (end != NULL)
        read_request(head, (const char *)end + 1, size - n - 1);
    else
        read_request(head, "", 0);
    free(head);
    return 0;
}
