/* SPDX-License-Identifier: Apache-2.0 */
#include "program_yields.h"

#include <stdlib.h>
#include <string.h>

/* "serre-tete=4" -> part and pieces. */
static bool read_yield(const char *text, struct program_yield *yield)
{
    const char *equals = strchr(text, '=');
    size_t n = equals != NULL ? (size_t)(equals - text) : 0;
    char *end;

    if (n == 0 || n >= sizeof yield->part || strspn(equals + 1, "0123456789") == 0 ||
        strlen(equals + 1) > 5)
        return false;
    memcpy(yield->part, text, n);
    yield->part[n] = '\0';
    yield->pieces = strtoll(equals + 1, &end, 10);
    return *end == '\0';
}

bool program_read_yields(const cJSON *yields, struct program_request *request,
                         struct answer *answer)
{
    const cJSON *item;

    if (!cJSON_IsArray(yields) || cJSON_GetArraySize(yields) < 1 ||
        cJSON_GetArraySize(yields) > PROGRAM_YIELDS_MAX) {
        answer_fault(answer, ERR_INVALID, "yield", "give 1 to 8 yields as PART=N", NULL);
        return false;
    }
    cJSON_ArrayForEach(item, yields)
    {
        if (!cJSON_IsString(item) ||
            !read_yield(item->valuestring, &request->yields[request->yield_count])) {
            answer_fault(answer, ERR_INVALID, "yield",
                         "\"yield\" must be PART=N, as in serre-tete=4", NULL);
            return false;
        }
        request->yield_count++;
    }
    return true;
}
