/* SPDX-License-Identifier: Apache-2.0 */
#include "models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_profile.h"
#include "entries.h"
#include "fill.h"
#include "fill_value.h"
#include "shipped.h"
#include "words.h"

/* The fault "unknown model", with the nearest or all that there are. */
static void unknown_model(struct source *source, const cJSON *node, const struct config *config)
{
    struct nearest nearest = {.wanted = node->valuestring};
    char shown[40], hint[160], folder[SHIPPED_PATH_MAX];
    size_t used = 0;

    for (size_t i = 0; i < config->model_count; i++)
        words_offer(&nearest, config->models[i].id);
    words_hint(&nearest, hint, sizeof hint);
    for (size_t i = 0; nearest.best == NULL && i < config->model_count && used < 120; i++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s%s",
                                 i == 0 ? ": there are " : ", ", config->models[i].id);
    if (config->model_count == 0) {
        shipped_folder(folder, sizeof folder);
        snprintf(hint, sizeof hint, ": no profiles were found in %.100s (set $USINE_PROFILES)",
                 folder);
    }
    source_fault(source, node, "unknown model \"%s\"%s",
                 words_show(shown, sizeof shown, node->valuestring), hint);
}

static struct profile *find_model(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->model_count; i++)
        if (strcmp(config->models[i].id, id) == 0)
            return &config->models[i];
    return NULL;
}

static void put_model(struct source *source, const struct profile *profile, struct config *config)
{
    struct profile *models, *old = find_model(config, profile->id);

    if (old != NULL) {
        *old = *profile;
        return;
    }
    models = realloc(config->models, (config->model_count + 1) * sizeof *models);
    if (models == NULL) {
        source->no_memory = true;
        return;
    }
    config->models = models;
    config->models[config->model_count++] = *profile;
}

void models_add(struct source *source, const cJSON *node, struct config *config)
{
    struct model_entry entry = {.extends = ""};
    struct profile *profile = &entry.profile;
    const cJSON *extends = fill_member(node, "extends");
    const struct profile *base = NULL;
    size_t faults = source->faults->count;

    if (cJSON_IsString(extends)) {
        base = find_model(config, extends->valuestring);
        if (base == NULL)
            unknown_model(source, extends, config);
        else
            *profile = *base;
        profile->id[0] = profile->name[0] = '\0';
    }
    fill_object(source, node, &options_model, &entry,
                cJSON_IsString(extends) ? FILL_CHANGES : FILL_WHOLE);
    if (cJSON_IsString(extends) && fill_member(node, "id") == NULL)
        source_fault(source, node, "\"id\" is missing");
    if (profile->name[0] == '\0') /* who changes a model of ours leaves it its name */
        snprintf(profile->name, sizeof profile->name, "%s",
                 base != NULL && strcmp(base->id, profile->id) == 0 ? base->name : profile->id);
    if (source->faults->count == faults)
        check_profile(source, node, profile);
    if (profile->id[0] != '\0')
        put_model(source, profile, config); /* even a faulty one: its machines are not at fault */
}

void models_read(struct source *source, struct config *config)
{
    const cJSON *list = fill_member(source->root, "models");

    if (list == NULL)
        return;
    if (!cJSON_IsArray(list)) {
        fill_wrong_type(source, list, "a list");
        return;
    }
    if (cJSON_GetArraySize(list) > 200) {
        source_fault(source, list, "\"models\" may hold 200 at most");
        return;
    }
    for (const cJSON *node = list->child; node != NULL; node = node->next) {
        const cJSON *id = fill_member(node, "id");

        for (const cJSON *other = list->child; other != node && id != NULL; other = other->next) {
            const cJSON *same = fill_member(other, "id");

            if (same != NULL && cJSON_Compare(same, id, 1))
                source_fault(source, id, "this model id stands in line %d already",
                             source_line(source, same));
        }
        models_add(source, node, config);
    }
}

static void apply(struct source *source, const cJSON *node, struct config_machine *machine,
                  const struct config *config)
{
    const struct profile *model = find_model(config, machine->model);
    const cJSON *changes = fill_member(node, "profile");
    size_t faults = source->faults->count;

    if (model == NULL && machine->model[0] != '\0')
        unknown_model(source, fill_member(node, "model"), config);
    if (model != NULL)
        machine->profile = *model;
    if (changes != NULL)
        fill_object(source, changes, &options_profile, &machine->profile, FILL_CHANGES);
    if (changes != NULL && model != NULL && source->faults->count == faults)
        check_profile(source, changes, &machine->profile);
    if (machine->baud == 0)
        machine->baud = machine->profile.baud;
    if (machine->material[0] == '\0')
        memcpy(machine->material, machine->profile.material, sizeof machine->material);
    machine->profile.baud = machine->baud;
    memcpy(machine->profile.material, machine->material, sizeof machine->material);
}

void models_apply(struct source *source, struct config *config)
{
    const cJSON *list = fill_member(source->root, "machines");
    const cJSON *node = cJSON_IsArray(list) ? list->child : NULL;

    for (size_t i = 0; i < config->machine_count && node != NULL; i++, node = node->next)
        apply(source, node, &config->machines[i], config);
}
