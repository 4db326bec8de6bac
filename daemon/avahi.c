/* SPDX-License-Identifier: Apache-2.0 */
#include "avahi.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct door {
    long port; /* 0: none */
    bool https;
};

static long port_of(const char *text, long without)
{
    const char *colon = strrchr(text, ':');
    char *end;
    long port = colon != NULL ? strtol(colon + 1, &end, 10) : 0;

    if (port <= 0 || port > 65535 || (*end != '\0' && *end != '/'))
        return without; /* of an IPv6 address without a port, the end of that */
    return port;
}

static bool is_local(const char *listen)
{
    return strncmp(listen, "127.", 4) == 0 || strncmp(listen, "[::1]", 5) == 0 ||
           strncmp(listen, "localhost", 9) == 0;
}

static struct door find_door(const struct config *config)
{
    struct door door = {.https = config->tls.certificate[0] != '\0'};

    if (config->url[0] != '\0') {
        door.https = strncmp(config->url, "https:", 6) == 0;
        door.port = port_of(config->url, door.https ? 443 : 80);
        return door;
    }
    for (size_t i = 0; i < config->listen_count && door.port == 0; i++)
        if (!is_local(config->listen[i]))
            door.port = port_of(config->listen[i], 0);
    return door;
}

static bool has_machine(const struct config *config, const char *model)
{
    for (size_t i = 0; i < config->machine_count; i++)
        if (strcmp(config->machines[i].model, model) == 0)
            return true;
    return false;
}

static void write_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr("<>&\"'", *text) != NULL)
            fprintf(out, "&#%d;", *text);
        else
            fputc(*text, out);
}

static void write_service(FILE *out, const struct profile *model, const struct door *door)
{
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n"
          "<!DOCTYPE service-group SYSTEM \"avahi-service.dtd\">\n"
          "<service-group>\n  <name>Usine: ",
          out);
    write_escaped(out, model->name);
    fprintf(out,
            "</name>\n  <service>\n    <type>_octoprint._tcp</type>\n    <port>%ld</port>\n"
            "    <txt-record>path=/slicer/%s</txt-record>\n"
            "    <txt-record>useHttps=%s</txt-record>\n"
            "    <txt-record>version=1.9.3</txt-record>\n  </service>\n</service-group>\n",
            door->port, model->id, door->https ? "true" : "false");
}

static enum err write_file(const char *folder, const struct profile *model, const struct door *door,
                           char *text, size_t size)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/usine-%s.service", folder, model->id);
    file = fopen(path, "we");
    if (file != NULL)
        write_service(file, model, door);
    if (file == NULL || fclose(file) != 0) {
        snprintf(text, size, "%s: %s", path, strerror(errno));
        return ERR_DISK;
    }
    return ERR_OK;
}

enum err avahi_write(const struct config *config, const char *folder, char *text, size_t size)
{
    const struct door door = find_door(config);
    enum err err = ERR_OK;

    if (door.port == 0) {
        snprintf(text, size,
                 "nothing to announce: nobody beyond this computer reaches usined; see \"listen\" "
                 "and \"url\"");
        return ERR_REFUSED;
    }
    for (size_t i = 0; i < config->model_count && err == ERR_OK; i++)
        if (has_machine(config, config->models[i].id))
            err = write_file(folder, &config->models[i], &door, text, size);
    return err;
}
