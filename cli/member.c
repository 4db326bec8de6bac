/* SPDX-License-Identifier: Apache-2.0 */
#include "member.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *member_text(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(member(object, name));

    return text != NULL ? text : "";
}

double member_number(const cJSON *object, const char *name)
{
    const cJSON *value = member(object, name);

    return cJSON_IsNumber(value) ? value->valuedouble : 0;
}

const char *member_time(const cJSON *object, const char *name, char text[MEMBER_TEXT_MAX])
{
    struct tm tm = {0}, now_tm;
    time_t at, now = time(NULL);

    if (sscanf(member_text(object, name), "%d-%d-%dT%d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
        return strcpy(text, "-");
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    at = timegm(&tm);
    localtime_r(&at, &tm);
    localtime_r(&now, &now_tm);
    strftime(text, MEMBER_TEXT_MAX,
             tm.tm_yday == now_tm.tm_yday && tm.tm_year == now_tm.tm_year ? "%H:%M:%S"
                                                                          : "%e %b %H:%M",
             &tm);
    return text;
}

const char *member_duration(const cJSON *object, const char *name, char text[MEMBER_TEXT_MAX])
{
    const cJSON *value = member(object, name);
    long long s;

    if (!cJSON_IsNumber(value) || value->valuedouble > 1e12)
        return strcpy(text, "-");
    s = (long long)value->valuedouble;
    if (s >= 3600)
        snprintf(text, MEMBER_TEXT_MAX, "%lld h %02lld min", s / 3600, s % 3600 / 60);
    else if (s >= 60)
        snprintf(text, MEMBER_TEXT_MAX, "%lld min", s / 60);
    else
        snprintf(text, MEMBER_TEXT_MAX, "%lld s", s);
    return text;
}

static void value_text(const cJSON *value, char *text, size_t size)
{
    if (cJSON_IsString(value))
        snprintf(text, size, "%s", value->valuestring);
    else if (cJSON_IsNumber(value))
        snprintf(text, size, "%.15g", value->valuedouble);
    else if (cJSON_IsBool(value))
        snprintf(text, size, "%s", cJSON_IsTrue(value) ? "yes" : "no");
    else if (cJSON_IsArray(value) || cJSON_IsObject(value))
        member_join(value, text, size);
    else
        snprintf(text, size, "-");
}

void member_join(const cJSON *value, char *text, size_t size)
{
    const cJSON *item;
    size_t n = 0;

    *text = '\0';
    if (!cJSON_IsArray(value) && !cJSON_IsObject(value)) {
        value_text(value, text, size);
        return;
    }
    cJSON_ArrayForEach(item, value)
    {
        char part[160];

        value_text(item, part, sizeof part);
        if (n < size)
            snprintf(text + n, size - n, "%s%s%s%s", n > 0 ? ", " : "",
                     item->string != NULL ? item->string : "", item->string != NULL ? " " : "",
                     part);
        n = strlen(text);
    }
    if (n == 0)
        snprintf(text, size, "-");
}
