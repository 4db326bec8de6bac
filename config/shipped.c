/* SPDX-License-Identifier: Apache-2.0 */
#include "shipped.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data_dir.h"
#include "file.h"
#include "models.h"

void shipped_folder(char *path, size_t size)
{
    const char *set = getenv("USINE_PROFILES");

    if (set != NULL && set[0] != '\0')
        snprintf(path, size, "%s", set);
    else
        data_dir("profiles", "config/profiles", path, size);
}

static void pass_faults(struct source *source, const char *path, const struct config_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        source_fault_at(source, 0, "profile %s:%d:%d: %s", path, faults->items[i].line,
                        faults->items[i].column, faults->items[i].text);
}

static void read_one(struct source *source, const char *path, struct config *config)
{
    struct config_faults faults = {.count = 0};
    struct source file;
    char *text, why[128];
    size_t n;

    if (file_read(path, &text, &n, why, sizeof why) != ERR_OK) {
        source_fault_at(source, 0, "profile %s %s", path, why);
        return;
    }
    if (source_read(&file, text, n, &faults) == ERR_OK)
        models_add(&file, file.root, config);
    source_settle(&file);
    pass_faults(source, path, &faults);
    source->no_memory |= file.no_memory;
    source_finish(&file);
    free(faults.items);
    free(text);
}

static int is_profile(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);

    return entry->d_name[0] != '.' && n > 5 && strcmp(entry->d_name + n - 5, ".json") == 0;
}

void shipped_read(struct source *source, struct config *config)
{
    struct dirent **entries;
    char folder[SHIPPED_PATH_MAX], path[SHIPPED_PATH_MAX + NAME_MAX + 2];
    int n;

    shipped_folder(folder, sizeof folder);
    n = scandir(folder, &entries, is_profile, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        read_one(source, path, config);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}
