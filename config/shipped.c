/* SPDX-License-Identifier: Apache-2.0 */
#include "shipped.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "models.h"

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *shipped_folder(void)
{
    const char *set = getenv("USINE_PROFILES");

    if (set != NULL && set[0] != '\0')
        return set;
    return is_folder(USINE_SOURCE_DIR "/config/profiles") ? USINE_SOURCE_DIR "/config/profiles"
                                                          : USINE_DATA_DIR "/profiles";
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
    const char *folder = shipped_folder();
    struct dirent **entries;
    char path[512];
    int n = scandir(folder, &entries, is_profile, alphasort);

    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        read_one(source, path, config);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}
