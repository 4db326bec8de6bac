/* SPDX-License-Identifier: Apache-2.0 */
#include "version.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fnv.h"

/* "run.id" -> the id of the run; NULL: there is none. */
static const cJSON *member(const cJSON *object, char *path)
{
    char *dot = strchr(path, '.');

    if (dot != NULL)
        *dot = '\0';
    object = cJSON_GetObjectItemCaseSensitive(object, path);
    return dot != NULL ? cJSON_GetObjectItemCaseSensitive(object, dot + 1) : object;
}

void version_add(cJSON *object, const char *edited)
{
    char text[VERSION_SIZE], path[48];
    uint64_t hash = FNV_BASIS; /* nobody gains by forging a version */

    while (*edited != '\0') {
        size_t n = strcspn(edited, " ");
        const cJSON *item;
        char *value;

        snprintf(path, sizeof path, "%.*s", (int)n, edited);
        item = member(object, path);
        value = item != NULL ? cJSON_PrintUnformatted(item) : NULL;
        hash = fnv_text(hash, value != NULL ? value : "");
        cJSON_free(value);
        edited += n + strspn(edited + n, " ");
    }
    snprintf(text, sizeof text, "%016" PRIx64, hash);
    cJSON_AddStringToObject(object, "version", text);
}

const char *version_of(const cJSON *object)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "version"));

    return text != NULL ? text : "";
}

bool version_matches(const char *if_match, const char *version)
{
    static const char between[] = " \t,\"";

    while (*(if_match += strspn(if_match, between)) != '\0') {
        size_t n = strcspn(if_match, between);

        if (strncmp(if_match, "W/", n) == 0 && n == 2) { /* a proxy that compresses says so */
            if_match += n;
            continue;
        }
        if ((n == 1 && *if_match == '*') ||
            (n == strlen(version) && strncmp(if_match, version, n) == 0))
            return true;
        if_match += n;
    }
    return false;
}
