/* SPDX-License-Identifier: Apache-2.0 */
/* Things of a config by their id. */
#include <string.h>

#include "load.h"

const struct config_machine *config_machine(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->machine_count; i++)
        if (strcmp(config->machines[i].id, id) == 0)
            return &config->machines[i];
    return NULL;
}

const struct config_site *config_site(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->site_count; i++)
        if (strcmp(config->sites[i].id, id) == 0)
            return &config->sites[i];
    return NULL;
}

const struct config_part *config_part(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->part_count; i++)
        if (strcmp(config->parts[i].id, id) == 0)
            return &config->parts[i];
    return NULL;
}

const struct config_product *config_product(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->product_count; i++)
        if (strcmp(config->products[i].id, id) == 0)
            return &config->products[i];
    return NULL;
}

const struct profile *config_model(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->model_count; i++)
        if (strcmp(config->models[i].id, id) == 0)
            return &config->models[i];
    return NULL;
}
