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

/* Is there more to tell than counters? What counts as one is taken from before. */
static bool is_loud(const struct machine_view *now, const struct machine_view *before)
{
    struct machine_view loud = *now;

    loud.line = before->line;
    loud.progress = before->progress;
    loud.eta_s = before->eta_s;
    loud.nozzle = before->nozzle;
    loud.nozzle_target = before->nozzle_target;
    loud.bed_temp = before->bed_temp;
    loud.bed_target = before->bed_target;
    memcpy(loud.position, before->position, sizeof loud.position);
    loud.has_position = before->has_position;
    memcpy(loud.tools, before->tools, sizeof loud.tools);
    loud.heard_ms = before->heard_ms;
    loud.sent_lines = before->sent_lines;
    loud.resends = before->resends;
    return memcmp(&loud, before, sizeof loud) != 0;
}

/* Adds what changed between the shadow and now: whole machines with loud news, or the counters of
 * the others. NULL: nothing. */
static cJSON *changed_items(struct news *news, bool loud)
{
    size_t count;
    const struct machine_view *views = queue_views(news->office->queue, &count);
    cJSON *object = NULL, *items = NULL;

    for (size_t i = 0; i < count && i < news->shadow_count; i++) {
        if (memcmp(&views[i], &news->shadow[i], sizeof *views) == 0 ||
            is_loud(&views[i], &news->shadow[i]) != loud)
            continue;
        if (object == NULL) {
            object = cJSON_CreateObject();
            items = cJSON_AddArrayToObject(object, "items");
        }
        cJSON_AddItemToArray(items, loud ? machine_to_json(news->office, &views[i])
                                         : machine_progress_to_json(&views[i]));
        memcpy(&news->shadow[i], &views[i], sizeof *views);
    }
    return object;
}

cJSON *news_machines(struct news *news, bool *other)
{
    size_t count;
    const struct machine_view *views = queue_views(news->office->queue, &count);

    *other = count != news->shadow_count;
    for (size_t i = 0; i < count && !*other; i++)
        *other = strcmp(views[i].id, news->shadow[i].id) != 0;
    if (!*other)
        return changed_items(news, true);
    take_shadow(news);
    return NULL;
}

cJSON *news_progress(struct news *news)
{
    return changed_items(news, false);
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
