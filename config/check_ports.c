/* SPDX-License-Identifier: Apache-2.0 */
#include "check_ports.h"

#include <stdlib.h>
#include <string.h>

#include "fill.h"
#include "words.h"

struct device {
    char *real; /* owned */
    const cJSON *node;
    size_t order;
};

static int by_device(const void *a, const void *b)
{
    const struct device *one = a, *other = b;
    int order = strcmp(one->real, other->real);

    return order != 0 ? order : (one->order > other->order) - (one->order < other->order);
}

static size_t find_devices(const cJSON *machines, struct device *devices)
{
    const cJSON *machine;
    size_t n = 0;

    cJSON_ArrayForEach(machine, machines)
    {
        const cJSON *port = fill_member(machine, "port");
        char *real = NULL;

        if (cJSON_IsString(port) && port->valuestring[0] == '/')
            real = realpath(port->valuestring, NULL);
        if (real == NULL)
            continue;
        devices[n] = (struct device){.real = real, .node = port, .order = n};
        n++;
    }
    return n;
}

void check_ports(struct source *source)
{
    const cJSON *machines = fill_member(source->root, "machines");
    int room = cJSON_IsArray(machines) ? cJSON_GetArraySize(machines) : 0;
    struct device *devices = room > 0 ? calloc((size_t)room, sizeof *devices) : NULL;
    size_t n = devices != NULL ? find_devices(machines, devices) : 0;
    char shown[80], other[80];

    source->no_memory |= room > 0 && devices == NULL;
    if (n > 0)
        qsort(devices, n, sizeof *devices, by_device);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (strcmp(devices[i].real, devices[first].real) != 0)
            first = i;
        else if (strcmp(devices[i].node->valuestring, devices[first].node->valuestring) != 0)
            source_fault(source, devices[i].node,
                         "port \"%s\" is that of line %d under another name (both are %s)",
                         words_show(shown, sizeof shown, devices[i].node->valuestring),
                         source_line(source, devices[first].node),
                         words_show(other, sizeof other, devices[i].real));
    }
    for (size_t i = 0; i < n; i++)
        free(devices[i].real);
    free(devices);
}
