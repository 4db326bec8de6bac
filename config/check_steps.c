/* SPDX-License-Identifier: Apache-2.0 */
#include "check_steps.h"

#include <stdio.h>
#include <string.h>

#include "fill.h"
#include "words.h"

static const char *id_of(const cJSON *step)
{
    const cJSON *id = fill_member(step, "id");

    return cJSON_IsString(id) ? id->valuestring : "";
}

/* The first of these steps that has the id. */
static const cJSON *first_of(const cJSON *steps, const char *id)
{
    const cJSON *step = steps->child;

    while (step != NULL && strcmp(id_of(step), id) != 0)
        step = step->next;
    return step;
}

/* item: a part or a product, as written. */
static void check_item(struct source *source, const cJSON *item)
{
    const cJSON *steps = fill_member(item, "steps"), *step = NULL;
    char shown[48];

    if (cJSON_IsArray(steps))
        step = steps->child;
    for (; step != NULL; step = step->next) {
        const char *id = id_of(step);
        const cJSON *first = first_of(steps, id);

        if (*id == '\0' || first == step)
            continue;
        source_fault(source, fill_member(step, "id"),
                     "step \"%s\" stands in line %d already: each needs its own",
                     words_show(shown, sizeof shown, id),
                     source_line(source, fill_member(first, "id")));
    }
}

static void check_items(struct source *source, const cJSON *list)
{
    const cJSON *item = cJSON_IsArray(list) ? list->child : NULL;

    for (; item != NULL; item = item->next)
        check_item(source, item);
}

static void name_steps(struct config_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct config_text *name = &steps[i].name;

        if (name->fr[0] == '\0')
            snprintf(name->fr, sizeof name->fr, "%s", name->en[0] != '\0' ? name->en : steps[i].id);
        if (name->en[0] == '\0')
            memcpy(name->en, name->fr, sizeof name->en);
    }
}

void check_steps(struct source *source, struct config *config)
{
    const cJSON *products = fill_member(source->root, "products");
    const cJSON *product = cJSON_IsArray(products) ? products->child : NULL;

    check_items(source, fill_member(source->root, "parts"));
    check_items(source, products);
    for (; product != NULL; product = product->next)
        check_items(source, fill_member(product, "parts"));
    for (size_t i = 0; i < config->part_count; i++)
        name_steps(config->parts[i].steps, config->parts[i].step_count);
    for (size_t i = 0; i < config->product_count; i++)
        name_steps(config->products[i].steps, config->products[i].step_count);
}
