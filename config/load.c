/* SPDX-License-Identifier: Apache-2.0 */
/* The plan: parse with places (source.c), add the shipped profiles, fill the struct by the table
 * (fill.c), then what needs more than one place to look at: models, products, references. Faults
 * gather all along; with any there is no config. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "file.h"
#include "fill.h"
#include "models.h"
#include "products.h"
#include "shipped.h"
#include "source.h"

static void destroy(struct config *config)
{
    for (size_t i = 0; i < config->product_count; i++)
        free(config->products[i].bom);
    fill_free(&options_config, config);
    free(config->models);
    free(config);
}

struct config *config_ref(struct config *config)
{
    __atomic_add_fetch(&config->references, 1, __ATOMIC_RELAXED);
    return config;
}

void config_unref(struct config *config)
{
    if (config != NULL && __atomic_sub_fetch(&config->references, 1, __ATOMIC_ACQ_REL) == 0)
        destroy(config);
}

void config_faults_finish(struct config_faults *faults)
{
    free(faults->items);
    faults->items = NULL;
    faults->count = 0;
}

static struct config_faults *faults_ready(struct config_faults *faults, const char *name)
{
    *faults = (struct config_faults){.count = 0};
    snprintf(faults->file, sizeof faults->file, "%s", name);
    return faults;
}

/* One fault about the file as a whole. Without memory even for that: none. */
static enum err fail(struct config_faults *faults, enum err err, const char *text)
{
    config_faults_finish(faults);
    faults->items = calloc(1, sizeof *faults->items);
    if (faults->items == NULL)
        return err;
    faults->count = 1;
    faults->items[0] = (struct config_fault){.line = 1, .column = 1};
    snprintf(faults->items[0].text, sizeof faults->items[0].text, "%s", text);
    return err;
}

static void folder_of(const char *name, char *folder, size_t size)
{
    const char *slash = strrchr(name, '/');

    snprintf(folder, size, "%.*s", slash != NULL ? (int)(slash - name + 1) : 0, name);
}

static void build(struct source *source, struct config *config)
{
    shipped_read(source, config);
    fill_object(source, source->root, &options_config, config, FILL_WHOLE);
    if (!cJSON_IsObject(source->root) || source->no_memory)
        return;
    models_read(source, config);
    models_apply(source, config);
    products_read(source, config);
    check_config(source, config);
}

enum err config_parse(const char *name, const char *text, size_t n, struct config **config,
                      struct config_faults *faults)
{
    struct config *made = calloc(1, sizeof *made);
    struct source source;
    char folder[1024];
    enum err err = source_read(&source, text, n, faults_ready(faults, name));

    folder_of(name, folder, sizeof folder);
    source.folder = folder;
    if (made == NULL)
        err = ERR_NO_MEMORY;
    if (err == ERR_OK)
        build(&source, made);
    if (source.no_memory)
        err = ERR_NO_MEMORY;
    else if (faults->count > 0)
        err = ERR_INVALID;
    source_settle(&source);
    source_finish(&source);
    if (err == ERR_OK) {
        *config = config_ref(made);
        return ERR_OK;
    }
    if (made != NULL)
        destroy(made);
    return err == ERR_NO_MEMORY ? fail(faults, err, "out of memory while reading this") : err;
}

enum err config_load(const char *path, struct config **config, struct config_faults *faults)
{
    char *text, why[160];
    size_t n;
    enum err err = file_read(path, &text, &n, why, sizeof why);

    faults_ready(faults, path);
    if (err != ERR_OK)
        return fail(faults, err == ERR_TOO_LARGE ? ERR_INVALID : err, why);
    err = config_parse(path, text, n, config, faults);
    free(text);
    return err;
}
