/* SPDX-License-Identifier: Apache-2.0 */
#include "news.h"

#include <stdlib.h>
#include <string.h>

#include "noun_json.h"

static void take_shadow(struct news *news)
{
    size_t count;
    const struct machine_view *views = queue_views(news->office->queue, &count);
    struct machine_view *shadow = realloc(news->shadow, (count + 1) * sizeof *shadow);

    if (shadow == NULL)
        return; /* the next look tries again */
    memcpy(shadow, views, count * sizeof *shadow);
    news->shadow = shadow;
    news->shadow_count = count;
}

void news_begin(struct news *news, struct office *office)
{
    news->office = office;
    take_shadow(news);
    news->version = queue_version(office->queue);
    news->log_seq = office->chronicle.last;
}

void news_finish(struct news *news)
{
    free(news->shadow);
    news->shadow = NULL;
    news->shadow_count = 0;
}

cJSON *news_machines(struct news *news, bool *other)
{
    size_t count;
    const struct machine_view *views = queue_views(news->office->queue, &count);
    cJSON *object = NULL, *items = NULL;

    *other = count != news->shadow_count;
    for (size_t i = 0; i < count && !*other; i++) {
        if (memcmp(&views[i], &news->shadow[i], sizeof *views) == 0)
            continue;
        *other = strcmp(views[i].id, news->shadow[i].id) != 0;
        if (object == NULL) {
            object = cJSON_CreateObject();
            items = cJSON_AddArrayToObject(object, "items");
        }
        cJSON_AddItemToArray(items, machine_to_json(news->office, &views[i]));
        memcpy(&news->shadow[i], &views[i], sizeof *views);
    }
    if (!*other)
        return object;
    cJSON_Delete(object);
    take_shadow(news);
    return NULL;
}

cJSON *news_today(struct news *news)
{
    uint64_t version = queue_version(news->office->queue);

    if (version == news->version)
        return NULL;
    news->version = version;
    return today_to_json(news->office);
}

cJSON *news_log(struct news *news)
{
    const struct chronicle *chronicle = &news->office->chronicle;

    while (news->log_seq < chronicle->last) {
        const struct chronicle_row *row = chronicle_row(chronicle, ++news->log_seq);

        if (row != NULL)
            return chronicle_to_json(row);
    }
    return NULL;
}
