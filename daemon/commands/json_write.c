/* SPDX-License-Identifier: Apache-2.0 */
#include "json_write.h"

bool json_write(FILE *out, const char *before, cJSON *item)
{
    char *text = item != NULL ? cJSON_PrintUnformatted(item) : NULL;

    if (text != NULL) {
        fputs(before, out);
        fputs(text, out);
    }
    cJSON_Delete(item);
    cJSON_free(text);
    return text != NULL;
}
