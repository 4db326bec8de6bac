/* SPDX-License-Identifier: Apache-2.0 */
#include "paging.h"

#include "noun_json.h"

void paging_begin(struct paging *paging, int64_t after, int64_t limit)
{
    *paging = (struct paging){.after = after, .limit = limit};
    paging->list = list_to_json(&paging->items);
}

bool paging_takes(struct paging *paging, int64_t number)
{
    if (number <= paging->after || paging->more)
        return false;
    if (paging->limit > 0 && paging->count == paging->limit) {
        paging->more = true;
        return false;
    }
    paging->count++;
    paging->last = number;
    return true;
}

cJSON *paging_end(struct paging *paging)
{
    cJSON *list = paging->list;

    if (paging->more)
        cJSON_ReplaceItemInObjectCaseSensitive(list, "next",
                                               cJSON_CreateNumber((double)paging->last));
    paging->list = NULL;
    return list;
}
