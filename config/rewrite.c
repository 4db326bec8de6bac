/* SPDX-License-Identifier: Apache-2.0 */
#include "rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "fill.h"
#include "source.h"

/* Puts item (owned; NULL is no memory) in place of the member of that name, or at the end. */
static bool put(cJSON *object, const char *name, cJSON *item)
{
    bool there = cJSON_HasObjectItem(object, name) != 0;

    if (item != NULL && (there ? cJSON_ReplaceItemInObjectCaseSensitive(object, name, item)
                               : cJSON_AddItemToObject(object, name, item)))
        return true;
    cJSON_Delete(item);
    return false;
}

/* The folder of the file at path, absolute, with its last slash; "" when it cannot be told. */
static void folder_of(const char *path, char *folder, size_t size)
{
    char full[PATH_MAX];
    const char *slash = realpath(path, full) != NULL ? strrchr(full, '/') : NULL;

    snprintf(folder, size, "%.*s", slash != NULL ? (int)(slash - full + 1) : 0, full);
}

/* The target may lie in another folder, so relative paths would lead elsewhere from there. */
static bool make_absolute(cJSON *object, const struct option_table *table, const char *folder)
{
    char path[2 * PATH_MAX];

    for (size_t i = 0; i < table->count; i++) {
        const struct option *option = &table->rows[i];
        cJSON *item = cJSON_GetObjectItemCaseSensitive(object, option->name);

        if (option->type == OPTION_OBJECT && cJSON_IsObject(item) &&
            !make_absolute(item, option->table, folder))
            return false;
        if (option->form != FORM_PATH || !cJSON_IsString(item) || item->valuestring[0] == '/')
            continue;
        snprintf(path, sizeof path, "%s%s", folder, item->valuestring);
        if (!put(object, option->name, cJSON_CreateString(path)))
            return false;
    }
    return true;
}

static bool change_ports(cJSON *root, const struct config_rewrite *changes)
{
    cJSON *machine;

    cJSON_ArrayForEach(machine, cJSON_GetObjectItemCaseSensitive(root, "machines"))
    {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(machine, "id");
        const char *port = NULL;

        if (cJSON_IsString(id))
            port = changes->port(changes->context, id->valuestring);
        if (port != NULL && !put(machine, "port", cJSON_CreateString(port)))
            return false;
    }
    return true;
}

static cJSON *listen_list(const char *address)
{
    return cJSON_CreateStringArray(&address, address[0] != '\0' ? 1 : 0);
}

static bool change(cJSON *root, const struct config_rewrite *changes, const char *folder)
{
    cJSON_DeleteItemFromObjectCaseSensitive(root, "$schema");
    return make_absolute(root, &options_config, folder) &&
           (changes->port == NULL || change_ports(root, changes)) &&
           (changes->socket == NULL || put(root, "socket", cJSON_CreateString(changes->socket))) &&
           (changes->state == NULL || put(root, "state", cJSON_CreateString(changes->state))) &&
           (changes->listen == NULL || put(root, "listen", listen_list(changes->listen)));
}

static bool write_all(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, text, n);

        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            text += done;
            n -= (size_t)done;
        }
    }
    return fsync(fd) == 0;
}

/* A new file beside the target takes its name once it is whole. */
static enum err replace(const char *target, const char *json, char *text, size_t size)
{
    char part[PATH_MAX];
    int fd, saved;
    bool done;

    snprintf(part, sizeof part, "%s.%ld.part", target, (long)getpid());
    fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    done = fd >= 0 && write_all(fd, json, strlen(json));
    saved = errno;
    if (fd >= 0)
        close(fd);
    if (done && rename(part, target) == 0)
        return ERR_OK;
    if (done)
        saved = errno;
    if (fd >= 0)
        unlink(part);
    snprintf(text, size, "%s: cannot be written: %s", target, strerror(saved));
    return ERR_DISK;
}

static enum err parse(const char *json, size_t n, struct source *source,
                      struct config_faults *faults)
{
    enum err err = source_read(source, json, n, faults);

    if (err == ERR_OK && !cJSON_IsObject(source->root)) {
        source_fault(source, source->root, "this must be an object { }");
        err = ERR_INVALID;
    } else if (err == ERR_OK && faults->count > 0) {
        err = ERR_INVALID; /* a comma too many */
    }
    source_settle(source);
    return err;
}

static enum err rewrite(struct source *source, const char *target,
                        const struct config_rewrite *changes, char *text, size_t size)
{
    char *json;
    enum err err;

    json = change(source->root, changes, source->folder) ? cJSON_Print(source->root) : NULL;
    if (json == NULL) {
        snprintf(text, size, "%s: %s", target, err_words(ERR_NO_MEMORY));
        return ERR_NO_MEMORY;
    }
    err = replace(target, json, text, size);
    cJSON_free(json);
    return err;
}

enum err config_rewrite(const char *source, const char *target,
                        const struct config_rewrite *changes, char *text, size_t size)
{
    struct config_faults faults = {.count = 0};
    struct source file;
    char *json, why[128], folder[PATH_MAX];
    size_t n;
    enum err err = file_read(source, &json, &n, why, sizeof why);

    if (err != ERR_OK) {
        snprintf(text, size, "%s: %s", source, why);
        return err;
    }
    err = parse(json, n, &file, &faults);
    folder_of(source, folder, sizeof folder);
    file.folder = folder;
    if (err == ERR_OK)
        err = rewrite(&file, target, changes, text, size);
    else if (faults.count > 0)
        snprintf(text, size, "%s:%d:%d: %s", source, faults.items[0].line, faults.items[0].column,
                 faults.items[0].text);
    else
        snprintf(text, size, "%s: %s", source, err_words(err));
    source_finish(&file);
    config_faults_finish(&faults);
    free(json);
    return err;
}
