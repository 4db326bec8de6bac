/* SPDX-License-Identifier: Apache-2.0 */
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err say(struct json_fault *fault, const struct json_field *field, const char *text)
{
    fault->field = field->name;
    snprintf(fault->text, sizeof fault->text, "\"%s\" %s", field->name, text);
    return ERR_INVALID;
}

static bool word_allowed(const char *words, const char *value)
{
    size_t n = strlen(value);

    for (const char *at = words; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");

        if (length == n && memcmp(at, value, n) == 0)
            return true;
        at += length;
    }
    return false;
}

static enum err read_string(const cJSON *value, const struct json_field *field, char *out,
                            struct json_fault *fault)
{
    char text[160];
    const char *s = value->valuestring;

    if (!cJSON_IsString(value))
        return say(fault, field, "must be a text");
    if (strlen(s) >= field->size) {
        snprintf(text, sizeof text, "is longer than %zu bytes", field->size - 1);
        return say(fault, field, text);
    }
    for (const char *c = s; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return say(fault, field, "holds a control character");
    if ((double)strlen(s) < field->min)
        return say(fault, field, "must not be empty");
    if (field->words != NULL && !word_allowed(field->words, s)) {
        snprintf(text, sizeof text, "must be one of: %s", field->words);
        return say(fault, field, text);
    }
    strcpy(out, s);
    return ERR_OK;
}

static enum err read_number(const cJSON *value, const struct json_field *field, void *out,
                            struct json_fault *fault)
{
    char text[160];
    double d = value->valuedouble;

    if (!cJSON_IsNumber(value) || !isfinite(d))
        return say(fault, field, "must be a number");
    if (field->type == JSON_INTEGER && (d != floor(d) || fabs(d) >= 9007199254740992.0))
        return say(fault, field, "must be a whole number");
    if (field->min < field->max && (d < field->min || d > field->max)) {
        snprintf(text, sizeof text, "must be from %.15g to %.15g", field->min, field->max);
        return say(fault, field, text);
    }
    if (field->type == JSON_INTEGER)
        *(int64_t *)out = (int64_t)d;
    else
        *(double *)out = d;
    return ERR_OK;
}

static enum err read_field(const cJSON *value, const struct json_field *field, void *out,
                           struct json_fault *fault)
{
    switch (field->type) {
    case JSON_STRING:
        return read_string(value, field, out, fault);
    case JSON_INTEGER:
    case JSON_NUMBER:
        return read_number(value, field, out, fault);
    case JSON_BOOLEAN:
        if (!cJSON_IsBool(value))
            return say(fault, field, "must be true or false");
        *(bool *)out = cJSON_IsTrue(value);
        return ERR_OK;
    case JSON_ANY:
        *(const cJSON **)out = value;
        return ERR_OK;
    }
    return ERR_INTERNAL;
}

static const struct json_field *find_field(const struct json_field *fields, size_t n,
                                           const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static enum err check_names(const cJSON *object, const struct json_field *fields, size_t n,
                            struct json_fault *fault)
{
    const cJSON *value;

    cJSON_ArrayForEach(value, object)
    {
        const struct json_field *field = find_field(fields, n, value->string);

        if (field == NULL) {
            fault->field = NULL;
            snprintf(fault->text, sizeof fault->text, "unknown field \"%.60s\"", value->string);
            return ERR_INVALID;
        }
        if (cJSON_GetObjectItemCaseSensitive(object, value->string) != value)
            return say(fault, field, "is given twice");
    }
    return ERR_OK;
}

static enum err read_preset(const struct json_field *field, void *out, struct json_fault *fault)
{
    enum err err;
    cJSON *value;

    if (field->preset == NULL || field->type == JSON_ANY)
        return ERR_OK;
    value = cJSON_Parse(field->preset);
    if (value == NULL)
        return ERR_INTERNAL;
    err = read_field(value, field, out, fault);
    cJSON_Delete(value);
    return err;
}

enum err json_read(const cJSON *object, const struct json_table *table, void *out,
                   struct json_fault *fault)
{
    const struct json_field *fields = table->fields;
    enum err err;

    memset(out, 0, table->size);
    *fault = (struct json_fault){.text = "must be a JSON object"};
    if (object != NULL && !cJSON_IsObject(object))
        return ERR_INVALID;
    err = object != NULL ? check_names(object, fields, table->count, fault) : ERR_OK;
    for (size_t i = 0; i < table->count && err == ERR_OK; i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, fields[i].name);
        void *place = (char *)out + fields[i].offset;

        if (value != NULL && !(cJSON_IsNull(value) && !fields[i].required))
            err = read_field(value, &fields[i], place, fault);
        else if (fields[i].required)
            err = say(fault, &fields[i], "is missing");
        else
            err = read_preset(&fields[i], place, fault);
    }
    return err;
}

size_t json_escaped_nul(const char *text, size_t n)
{
    for (size_t i = 0; i + 6 <= n; i++) {
        if (text[i] != '\\')
            continue;
        if (memcmp(text + i, "\\u0000", 6) == 0)
            return i;
        i++; /* what is escaped, a backslash perhaps */
    }
    return n;
}

cJSON *json_parse(const char *text, size_t n, size_t *fault_offset)
{
    size_t nul = json_escaped_nul(text, n);
    char *copy = nul == n ? malloc(n + 1) : NULL;
    const char *end = copy;
    cJSON *value;

    *fault_offset = nul == n ? 0 : nul;
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, n);
    copy[n] = '\0';
    value = json_utf8(text, n) ? cJSON_ParseWithOpts(copy, &end, 1) : NULL;
    if (value == NULL && end != NULL)
        *fault_offset = (size_t)(end - copy);
    free(copy);
    return value;
}

/* The length of the well-formed sequence at s, 0 if it is none (RFC 3629, table 3-7 of Unicode). */
static size_t utf8_sequence(const unsigned char *s, size_t n)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t length = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

    if (s[0] == 0)
        return 0;
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4 || length > n)
        return 0;
    if (s[0] == 0xe0)
        low = 0xa0;
    else if (s[0] == 0xed)
        high = 0x9f;
    else if (s[0] == 0xf0)
        low = 0x90;
    else if (s[0] == 0xf4)
        high = 0x8f;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

bool json_utf8(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t step;

    for (size_t i = 0; i < n; i += step) {
        step = utf8_sequence(s + i, n - i);
        if (step == 0)
            return false;
    }
    return true;
}
