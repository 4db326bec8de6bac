/* SPDX-License-Identifier: Apache-2.0 */
#include "town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, n;
    FILE *copy = open_memstream(&text, &size);
    char bytes[4096];

    while (file != NULL && copy != NULL && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        fwrite(bytes, 1, n, copy);
    if (copy != NULL)
        fclose(copy);
    if (file != NULL)
        fclose(file);
    return text;
}

static bool is_laser(const cJSON *machine)
{
    const char *model = cJSON_GetStringValue(cJSON_GetObjectItem(machine, "model"));

    return model != NULL && (strstr(model, "grbl") != NULL || strstr(model, "laser") != NULL);
}

/* The same filament everywhere, and prints may go on at night. */
static void change_printer(cJSON *machine)
{
    cJSON *profile = cJSON_GetObjectItem(machine, "profile");

    if (profile == NULL)
        profile = cJSON_AddObjectToObject(machine, "profile");
    cJSON_AddBoolToObject(profile, "unattended", true);
    cJSON_DeleteItemFromObject(machine, "material");
    cJSON_AddStringToObject(machine, "material", "PETG");
}

bool town_read(struct town *town, const char *path, const char *state)
{
    char *text = read_file(path);
    cJSON *machine, *machines;

    if (text != NULL)
        cJSON_Minify(text);
    town->whole = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    machines = cJSON_GetObjectItem(town->whole, "machines");
    if (machines == NULL)
        return false;
    for (machine = machines->child; machine != NULL; machine = machine->next)
        if (!is_laser(machine))
            change_printer(machine);
    cJSON_DeleteItemFromObject(town->whole, "$schema");
    cJSON_ReplaceItemInObject(town->whole, "state", cJSON_CreateString(state));
    return true;
}

struct config *town_config(const struct town *town, const struct town_size *size)
{
    cJSON *part = cJSON_Duplicate(town->whole, true);
    cJSON *machines = cJSON_GetObjectItem(part, "machines"), *machine, *next;
    int printers = size->printers, lasers = size->lasers;
    struct config *config = NULL;
    struct config_faults faults;
    char *text;

    for (machine = machines->child; machine != NULL; machine = next) {
        int *left = is_laser(machine) ? &lasers : &printers;

        next = machine->next;
        if (--*left < 0)
            cJSON_Delete(cJSON_DetachItemViaPointer(machines, machine));
    }
    cJSON_ReplaceItemInObject(part, "target_per_day", cJSON_CreateNumber(size->per_day));
    text = cJSON_PrintUnformatted(part);
    cJSON_Delete(part);
    if (text == NULL || config_parse("operation", text, strlen(text), &config, &faults) != ERR_OK) {
        fprintf(stderr, "operation: config: %s\n",
                faults.count > 0 ? faults.items[0].text : "no memory");
        exit(2);
    }
    config_faults_finish(&faults);
    free(text);
    return config;
}

void town_finish(struct town *town)
{
    cJSON_Delete(town->whole);
}
