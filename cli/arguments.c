/* SPDX-License-Identifier: Apache-2.0 */
#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "run.h"

static int words_in(const char *words)
{
    int n = 1;

    for (; *words != '\0'; words++)
        n += *words == ' ';
    return n;
}

static bool word_matches(const char *words, char **args, int count, const char **id)
{
    *id = "";
    for (int i = 0; *words != '\0'; i++) {
        size_t n = strcspn(words, " ");

        if (i == count)
            return false;
        if (n == 1 && *words == '*' && *args[i] != '-')
            *id = args[i];
        else if (strlen(args[i]) != n || strncmp(args[i], words, n) != 0)
            return false;
        words += n;
        words += *words == ' ';
    }
    return true;
}

const struct word *arguments_word(char **args, int count, int *used, const char **id)
{
    const struct word *best = NULL;
    const char *at;

    *used = 0;
    *id = "";
    for (const struct word *word = word_table; word->words != NULL; word++) {
        int n = words_in(word->words);

        if (n < *used || !word_matches(word->words, args, count, &at))
            continue;
        if (n > *used || *at == '\0') { /* "job add" rather than "job *" */
            best = word;
            *used = n;
            *id = at;
        }
    }
    return best;
}

/* 0: none of ours; 1: taken; 2: taken with its value; -1: its value is missing. */
static int take_global(struct asked *asked, char **args, int count)
{
    struct {
        const char *name;
        const char **value;
    } with[] = {{"--socket", &asked->socket},
                {"--url", &asked->url},
                {"--token", &asked->token},
                {"--as", &asked->by}};

    if (strcmp(args[0], "--json") == 0)
        return asked->json = true;
    if (strcmp(args[0], "--csv") == 0)
        return asked->csv = true;
    if (strcmp(args[0], "--help") == 0 || strcmp(args[0], "-h") == 0)
        return asked->help = true;
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        if (strcmp(args[0], with[i].name) != 0)
            continue;
        if (count < 2)
            return -1;
        *with[i].value = args[1];
        return 2;
    }
    return 0;
}

static const struct option_row *find_option(const struct word *word, const char *name, size_t n)
{
    const struct option_row *row = word->options;

    for (; row != NULL && row->name != NULL; row++)
        if (strlen(row->name) == n && strncmp(row->name, name, n) == 0)
            return row;
    return NULL;
}

static bool add_yes_no(cJSON *fields, const struct option_row *row, const char *value)
{
    if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
        return cJSON_AddBoolToObject(fields, row->field, strcmp(value, "yes") == 0) != NULL;
    fprintf(stderr, "usine: %s takes yes or no, not \"%s\"\n", row->name, value);
    return false;
}

static bool add_value(cJSON *fields, const struct option_row *row, const char *value)
{
    cJSON *list;
    char *end;
    double number;

    if (row->kind == OPTION_PART_NUMBER || row->kind == OPTION_PART_TEXT)
        return parts_add(fields, row, value);
    if (row->kind == OPTION_TEXT)
        return cJSON_AddStringToObject(fields, row->field, value) != NULL;
    if (row->kind == OPTION_NUMBER) {
        number = strtod(value, &end);
        if (*value == '\0' || *end != '\0') {
            fprintf(stderr, "usine: %s takes a number, not \"%s\"\n", row->name, value);
            return false;
        }
        return cJSON_AddNumberToObject(fields, row->field, number) != NULL;
    }
    if (row->kind == OPTION_YES_NO)
        return add_yes_no(fields, row, value);
    list = cJSON_GetObjectItemCaseSensitive(fields, row->field);
    if (list == NULL)
        list = cJSON_AddArrayToObject(fields, row->field);
    return cJSON_AddItemToArray(list, cJSON_CreateString(value));
}

/* One option of the row and its values; returns how many words it took, 0 after a fault. */
static int take_option(struct asked *asked, char **args, int count)
{
    size_t n = strcspn(args[0], "=");
    const struct option_row *row = find_option(asked->word, args[0], n);
    bool enough = !asked->word->rest_needed || asked->file != NULL;
    char name[HELP_NAME_MAX];
    int used = 2;

    if (row == NULL) {
        fprintf(stderr, "usine: %.*s is no option of \"usine %s\"; see usine help %s\n", (int)n,
                args[0], help_name(asked->word, name), asked->args[0]);
        return 0;
    }
    if (row->kind == OPTION_FLAG)
        return cJSON_AddTrueToObject(asked->fields, row->field) != NULL;
    if (args[0][n] == '=')
        return add_value(asked->fields, row, args[0] + n + 1) ? 1 : 0;
    if (count < 2 || strncmp(args[1], "--", 2) == 0) {
        fprintf(stderr, "usine: %s needs a value: %s\n", row->name, row->value);
        return 0;
    }
    if (!add_value(asked->fields, row, args[1]))
        return 0;
    /* "--model A B": more values, unless a word is still to come that must not be taken for one */
    while (row->kind == OPTION_LIST && enough && used < count && args[used][0] != '-')
        if (!add_value(asked->fields, row, args[used++]))
            return 0;
    return used;
}

static bool take_rest(struct asked *asked, const char *arg)
{
    const char *field = asked->word->rest;
    const cJSON *before;
    char text[1024];

    if (*field == '\0') {
        fprintf(stderr, "usine: \"%s\" is too much after \"usine %s\"\n", arg,
                help_name(asked->word, text));
        return false;
    }
    if (asked->file == NULL)
        asked->file = arg;
    before = cJSON_GetObjectItemCaseSensitive(asked->fields, field);
    snprintf(text, sizeof text, "%s%s%s", before != NULL ? before->valuestring : "",
             before != NULL ? " " : "", arg);
    cJSON_DeleteItemFromObjectCaseSensitive(asked->fields, field);
    return cJSON_AddStringToObject(asked->fields, field, text) != NULL;
}

static bool check_needed(const struct asked *asked)
{
    const struct option_row *row = asked->word->options;
    char name[HELP_NAME_MAX];

    if (asked->help)
        return true;
    if (asked->word->rest_needed && asked->file == NULL) {
        fprintf(stderr, "usine: \"usine %s\" needs %s\n", help_name(asked->word, name),
                asked->word->rest_name);
        return false;
    }
    for (; row != NULL && row->name != NULL; row++)
        if (row->required && !cJSON_HasObjectItem(asked->fields, row->field)) {
            fprintf(stderr, "usine: \"usine %s\" needs %s %s\n", help_name(asked->word, name),
                    row->name, row->value);
            return false;
        }
    return true;
}

static bool wants_help(char **args, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(args[i], "--help") == 0 || strcmp(args[i], "-h") == 0)
            return true;
    return false;
}

/* Words that make no command: help about the first, or the fault. */
static int take_no_word(struct asked *asked)
{
    if (asked->count > 0 && !asked->help && !wants_help(asked->args, asked->count)) {
        help_unknown(asked->args[0]);
        return -1;
    }
    asked->help = true;
    asked->file = asked->count > 0 ? asked->args[0] : NULL;
    return 0;
}

/* The global options before and the words; returns how many args they took, -1 after a fault. */
static int take_words(struct asked *asked, char **args, int count)
{
    int i = 0, used, n;

    while (i < count && args[i][0] == '-') {
        n = take_global(asked, args + i, count - i);
        if (n <= 0) {
            fprintf(stderr,
                    n == 0 ? "usine: unknown option %s; see usine help\n"
                           : "usine: %s needs a value\n",
                    args[i]);
            return -1;
        }
        i += n;
    }
    asked->args = args + i;
    asked->count = count - i;
    asked->word = arguments_word(args + i, count - i, &used, &asked->id);
    return asked->word == NULL ? take_no_word(asked) : i + used;
}

bool arguments_read(struct asked *asked, int argc, char **argv)
{
    int i, n;

    memset(asked, 0, sizeof *asked);
    asked->id = "";
    asked->fields = cJSON_CreateObject();
    if (asked->fields == NULL)
        return false;
    i = take_words(asked, argv + 1, argc - 1);
    if (i < 0 || asked->word == NULL)
        return i >= 0;
    if (strcmp(asked->word->words, "complete-words") == 0)
        return true; /* what follows is for it, options and all */
    for (i++; i < argc; i += n) {
        n = take_global(asked, argv + i, argc - i);
        if (n < 0) {
            fprintf(stderr, "usine: %s needs a value\n", argv[i]);
            return false;
        }
        if (n == 0 && argv[i][0] == '-' && argv[i][1] == '-')
            n = take_option(asked, argv + i, argc - i);
        else if (n == 0)
            n = take_rest(asked, argv[i]);
        if (n == 0)
            return false;
    }
    return check_needed(asked) && parts_settle(asked->fields);
}

void arguments_finish(struct asked *asked)
{
    cJSON_Delete(asked->fields);
}

/* Everything but the file's own name goes along. */
static bool is_sent(const struct asked *asked, const cJSON *field)
{
    return strcmp(field->string, "file") != 0 || strcmp(asked->word->rest, "file") != 0;
}

static void write_query(FILE *out, const cJSON *field, const cJSON *value, char *separator)
{
    char number[40];
    char *escaped;

    if (cJSON_IsNumber(value))
        snprintf(number, sizeof number, "%.15g", value->valuedouble);
    escaped = client_escape(cJSON_IsNumber(value)   ? number
                            : cJSON_IsString(value) ? value->valuestring
                                                    : "true");
    fprintf(out, "%c%s=%s", *separator, field->string, escaped != NULL ? escaped : "");
    free(escaped);
    *separator = '&';
}

static bool has_body(const struct asked *asked)
{
    return (strcmp(asked->word->method, "POST") == 0 ||
            strcmp(asked->word->method, "PATCH") == 0) &&
           strcmp(asked->word->rest, "file") != 0;
}

char *arguments_path(const struct asked *asked)
{
    const char *path = asked->word->path;
    const char *hole = strstr(path, "{id}");
    char *text = NULL, *escaped = client_escape(asked->id);
    const cJSON *fields = has_body(asked) ? NULL : asked->fields;
    const cJSON *field, *value;
    char separator = '?';
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL || escaped == NULL) {
        free(escaped);
        return NULL;
    }
    if (hole != NULL)
        fprintf(out, "%.*s%s%s", (int)(hole - path), path, escaped, hole + 4);
    else
        fputs(path, out);
    free(escaped);
    cJSON_ArrayForEach(field, fields)
    {
        if (!is_sent(asked, field))
            continue;
        if (!cJSON_IsArray(field))
            write_query(out, field, field, &separator);
        else
            cJSON_ArrayForEach(value, field) write_query(out, field, value, &separator);
    }
    fclose(out);
    return text;
}

char *arguments_body(const struct asked *asked)
{
    return has_body(asked) ? cJSON_PrintUnformatted(asked->fields) : NULL;
}
