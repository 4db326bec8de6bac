/* SPDX-License-Identifier: Apache-2.0 */
#include "machine_label.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void machine_short_name(const struct config_machine *machine, char name[ID_SIZE])
{
    size_t n = strlen(machine->site);
    bool prefixed = strncmp(machine->id, machine->site, n) == 0 && machine->id[n] == '-';

    snprintf(name, ID_SIZE, "%s", machine->id + (prefixed ? n + 1 : 0));
    for (char *c = name; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
}

const char *machine_town(const struct config *config, const struct config_machine *machine)
{
    const struct config_site *site = config_site(config, machine->site);

    return site == NULL ? machine->site : *site->town != '\0' ? site->town : site->name;
}

void machine_address(const struct config_machine *machine, const char *base, char *url, size_t size)
{
    snprintf(url, size, "%s/machines/%s?qr", base, machine->id);
}

void machine_label(struct label *label, const struct config *config,
                   const struct config_machine *machine, const char *base)
{
    char name[ID_SIZE];

    machine_address(machine, base, label->url, sizeof label->url);
    machine_short_name(machine, name);
    label_add(label, LABEL_TITLE, name);
    label_add(label, LABEL_STRONG, machine_town(config, machine));
    label_add(label, LABEL_PLAIN, machine->profile.name);
    label_add(label, LABEL_PLAIN, machine->id);
}
