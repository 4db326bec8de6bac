/* SPDX-License-Identifier: Apache-2.0 */
#include "fill_value.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

enum { ELEMENT_MAX = 256, WHY_MAX = 200, SHOWN = 40 };

static const char *type_name(const cJSON *node)
{
    if (cJSON_IsString(node))
        return "a text";
    if (cJSON_IsNumber(node))
        return "a number";
    if (cJSON_IsBool(node))
        return cJSON_IsTrue(node) ? "true" : "false";
    if (cJSON_IsArray(node))
        return "a list";
    return cJSON_IsObject(node) ? "an object" : "null";
}

void fill_wrong_type(struct source *source, const cJSON *node, const char *wanted)
{
    const char *hint = "", *text = node->valuestring;

    if (cJSON_IsString(node) && strstr(wanted, "number") != NULL &&
        strspn(text, "0123456789.-") == strlen(text) && text[0] != '\0')
        hint = ": remove the quotes";
    else if (cJSON_IsString(node) && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
        hint = ": remove the quotes";
    else if (cJSON_IsString(node) && strstr(wanted, "list") != NULL)
        hint = ": put it in [ ]";
    else if (cJSON_IsNumber(node) && strcmp(wanted, "a text") == 0)
        hint = ": put it in quotes";
    if (node->string != NULL)
        source_fault(source, node, "\"%.40s\" must be %s, not %s%s", node->string, wanted,
                     type_name(node), hint);
    else
        source_fault(source, node, "this must be %s, not %s%s", wanted, type_name(node), hint);
}

/* The option's name as it stands in messages. */
static void complain(struct source *source, const cJSON *node, const struct option *option,
                     const char *why)
{
    char shown[SHOWN];

    if (cJSON_IsString(node))
        source_fault(source, node, "\"%s\": \"%s\" %s", option->name,
                     words_show(shown, sizeof shown, node->valuestring), why);
    else
        source_fault(source, node, "\"%s\" %s", option->name, why);
}

/* The index of value in words; -1 and a fault if it is none of them. */
static int find_word(struct source *source, const cJSON *node, const struct option *option)
{
    char word[32], best[32] = "", hint[64], why[WHY_MAX];
    struct nearest nearest = {.wanted = node->valuestring};
    int index = 0;

    for (const char *at = option->words; *at != '\0'; index++) {
        size_t n = strcspn(at, " ");

        snprintf(word, sizeof word, "%.*s", (int)n, at);
        if (strcmp(word, node->valuestring) == 0)
            return index;
        words_offer(&nearest, word);
        if (nearest.best == word) {
            memcpy(best, word, sizeof best);
            nearest.best = best;
        }
        at += n + strspn(at + n, " ");
    }
    snprintf(why, sizeof why, "is none of: %s%s", option->words,
             words_hint(&nearest, hint, sizeof hint));
    complain(source, node, option, why);
    return -1;
}

/* Joins a relative path with the folder of the config. */
static bool put_path(struct source *source, const cJSON *node, const struct option *option,
                     char *out)
{
    const char *path = node->valuestring;
    const char *folder = path[0] == '/' ? "" : source->folder;
    char why[WHY_MAX];

    if (strlen(folder) + strlen(path) < option->size) {
        snprintf(out, option->size, "%s%s", folder, path);
        return true;
    }
    snprintf(why, sizeof why, "makes a path of more than %zu bytes", option->size - 1);
    complain(source, node, option, why);
    return false;
}

static bool check_text(struct source *source, const cJSON *node, const struct option *option,
                       size_t size)
{
    char why[WHY_MAX];
    const char *text = node->valuestring;

    if (!cJSON_IsString(node)) {
        fill_wrong_type(source, node, "a text");
        return false;
    }
    if (text[0] == '\0' && (option->form != FORM_ANY || (option->flags & OPTION_REQUIRED) != 0)) {
        complain(source, node, option, "must not be empty");
        return false;
    }
    if (strlen(text) >= size) {
        snprintf(why, sizeof why, "is longer than %zu bytes", size - 1);
        complain(source, node, option, why);
        return false;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            complain(source, node, option, "holds a control character: remove it");
            return false;
        }
    }
    if (source->text == NULL || form_accepts(option->form, text, why, sizeof why))
        return true; /* presets (no text) are fine, also where the tz database is not installed */
    complain(source, node, option, why);
    return false;
}

static bool put_text(struct source *source, const cJSON *node, const struct option *option,
                     char *out)
{
    if (!check_text(source, node, option, option->size))
        return false;
    if (option->words != NULL && find_word(source, node, option) < 0)
        return false;
    if (option->form == FORM_PATH)
        return put_path(source, node, option, out);
    strcpy(out, node->valuestring); /* check_text measured it */
    return true;
}

static bool put_word(struct source *source, const cJSON *node, const struct option *option,
                     void *out)
{
    int index;

    if (!cJSON_IsString(node)) {
        fill_wrong_type(source, node, "a text");
        return false;
    }
    index = find_word(source, node, option);
    if (index >= 0)
        memcpy(out, &index, sizeof index); /* every enum of ours has the size of int */
    return index >= 0;
}

static bool put_number(struct source *source, const cJSON *node, const struct option *option,
                       void *out)
{
    bool whole = option->type != OPTION_NUMBER;
    double value = node->valuedouble;
    char why[WHY_MAX];

    if (!cJSON_IsNumber(node)) {
        fill_wrong_type(source, node, whole ? "a whole number" : "a number");
        return false;
    }
    if (!isfinite(value) || value < option->min || value > option->max) {
        snprintf(why, sizeof why, "is %.15g, but must be from %.15g to %.15g", value, option->min,
                 option->max);
        complain(source, node, option, why);
        return false;
    }
    if (whole && value != floor(value)) {
        snprintf(why, sizeof why, "must be a whole number, not %.15g", value);
        complain(source, node, option, why);
        return false;
    }
    if (!form_accepts_number(option->form, value, why, sizeof why)) {
        complain(source, node, option, why);
        return false;
    }
    if (option->type == OPTION_INT)
        *(int *)out = (int)value;
    else if (option->type == OPTION_INT64)
        *(int64_t *)out = (int64_t)value;
    else
        *(double *)out = value;
    return true;
}

bool fill_value(struct source *source, const cJSON *node, const struct option *option, void *out)
{
    switch (option->type) {
    case OPTION_TEXT:
        return put_text(source, node, option, out);
    case OPTION_WORD:
        return put_word(source, node, option, out);
    case OPTION_INT:
    case OPTION_INT64:
    case OPTION_NUMBER:
        return put_number(source, node, option, out);
    case OPTION_BOOLEAN:
        if (!cJSON_IsBool(node)) {
            fill_wrong_type(source, node, "true or false");
            return false;
        }
        *(bool *)out = cJSON_IsTrue(node);
        return true;
    case OPTION_TEXTS:
    case OPTION_OBJECT:
    case OPTION_OBJECTS:
    case OPTION_PARTS:
        break;
    }
    return false;
}

char *fill_text_element(struct source *source, const cJSON *node, const struct option *option)
{
    char *copy;

    if (!check_text(source, node, option, ELEMENT_MAX))
        return NULL;
    copy = strdup(node->valuestring);
    if (copy == NULL)
        source->no_memory = true;
    return copy;
}
