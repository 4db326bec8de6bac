/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "check_ports.h"
#include "check_steps.h"
#include "fill.h"
#include "words.h"

/* One text of a list, for finding equal ones. */
struct entry {
    const char *text;
    const cJSON *node;
    size_t order;
};

static int by_text(const void *a, const void *b)
{
    const struct entry *one = a, *other = b;
    int order = strcasecmp(one->text, other->text);

    if (order == 0 && one->text[0] == '/')
        order = strcmp(one->text, other->text);
    return order != 0 ? order : (one->order > other->order) - (one->order < other->order);
}

/* Capitals count in paths only: "usb:2C99:0002" and "TCP" hosts are the same either way. */
static bool same(const struct entry *a, const struct entry *b)
{
    return (a->text[0] == '/' ? strcmp : strcasecmp)(a->text, b->text) == 0;
}

/* Notes members `name` of the objects in list `list` that are equal. */
static void check_unique(struct source *source, const char *list, const char *name,
                         const char *noun)
{
    const cJSON *array = fill_member(source->root, list), *node;
    struct entry *entries;
    size_t n = 0;
    char shown[80];

    if (!cJSON_IsArray(array) || array->child == NULL)
        return;
    entries = calloc((size_t)cJSON_GetArraySize(array), sizeof *entries);
    source->no_memory |= entries == NULL;
    for (node = array->child; node != NULL && entries != NULL; node = node->next) {
        const cJSON *member = fill_member(node, name);

        if (cJSON_IsString(member) && member->valuestring[0] != '\0') {
            entries[n] = (struct entry){.text = member->valuestring, .node = member, .order = n};
            n++;
        }
    }
    if (n > 0)
        qsort(entries, n, sizeof *entries, by_text);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (!same(&entries[i], &entries[first]))
            first = i;
        else
            source_fault(source, entries[i].node,
                         "%s \"%s\" stands in line %d already: each needs its own", noun,
                         words_show(shown, sizeof shown, entries[i].text),
                         source_line(source, entries[first].node));
    }
    free(entries);
}

static void unknown_site(struct source *source, const cJSON *node, const struct config *config)
{
    struct nearest nearest = {.wanted = node->valuestring};
    char shown[48], hint[120];

    for (size_t i = 0; i < config->site_count; i++)
        words_offer(&nearest, config->sites[i].id);
    words_hint(&nearest, hint, sizeof hint);
    source_fault(source, node, "unknown site \"%s\"%s",
                 words_show(shown, sizeof shown, node->valuestring),
                 nearest.best != NULL ? hint : ": add it to \"sites\"");
}

static void check_sites(struct source *source, const struct config *config)
{
    const cJSON *list = fill_member(source->root, "machines");
    const cJSON *node = cJSON_IsArray(list) ? list->child : NULL;

    for (size_t i = 0; i < config->machine_count && node != NULL; i++, node = node->next) {
        const char *site = config->machines[i].site;

        if (site[0] != '\0' && config_site(config, site) == NULL)
            unknown_site(source, fill_member(node, "site"), config);
    }
}

static void check_role(struct source *source, const struct config *config)
{
    const cJSON *machines = fill_member(source->root, "machines");
    const cJSON *hub = fill_member(source->root, "hub");

    if (config->role == ROLE_HUB && config->machine_count > 0)
        source_fault_name(
            source, machines,
            "role \"hub\" has no machines: use \"standalone\", or give them to sites");
    if (config->role == ROLE_SITE && hub == NULL)
        source_fault(source, source->root,
                     "role \"site\" needs \"hub\": {\"url\": \"https://...\"}");
    if (config->role != ROLE_SITE && hub != NULL)
        source_fault_name(source, hub, "\"hub\" is for role \"site\" only");
}

static void name_all(struct config *config)
{
    for (size_t i = 0; i < config->site_count; i++)
        if (config->sites[i].name[0] == '\0')
            memcpy(config->sites[i].name, config->sites[i].id, ID_SIZE);
    for (size_t i = 0; i < config->part_count; i++)
        if (config->parts[i].name[0] == '\0')
            memcpy(config->parts[i].name, config->parts[i].id, ID_SIZE);
    for (size_t i = 0; i < config->product_count; i++)
        if (config->products[i].name[0] == '\0')
            memcpy(config->products[i].name, config->products[i].id, ID_SIZE);
}

static void check_url(struct source *source, const struct config *config)
{
    size_t n = strlen(config->url);

    if (n > 0 && config->url[n - 1] == '/')
        source_fault_name(source, fill_member(source->root, "url"),
                          "\"url\" is written without the last \"/\"");
}

void check_config(struct source *source, struct config *config)
{
    check_unique(source, "sites", "id", "site");
    check_unique(source, "machines", "id", "machine");
    check_unique(source, "machines", "port", "port");
    check_ports(source);
    check_unique(source, "parts", "id", "part");
    check_unique(source, "products", "id", "product");
    check_sites(source, config);
    check_role(source, config);
    check_url(source, config);
    check_steps(source, config);
    name_all(config);
}
