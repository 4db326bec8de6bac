/* SPDX-License-Identifier: Apache-2.0 */
#include "ports.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ports_scan.h"
#include "scan.h"

enum err ports_list(struct ports *ports)
{
    return ports_scan("", ports);
}

void ports_finish(struct ports *ports)
{
    free(ports->items);
    ports->items = NULL;
    ports->count = 0;
}

const char *port_best_name(const struct port *port)
{
    if (port->by_id[0] != '\0' && !port->twin)
        return port->by_id;
    if (port->by_path[0] != '\0')
        return port->by_path;
    return port->usb[0] != '\0' && !port->twin ? port->usb : port->device;
}

/* True if port fits "usb:VID:PID" or "usb:VID:PID:SERIAL" (hex digits in any case). */
static bool fits_usb(const struct port *port, const char *spec)
{
    const size_t n = strlen("usb:1234:5678");

    if (strncasecmp(port->usb, spec, n) != 0)
        return false;
    return spec[n] == '\0' || strcmp(port->usb + n, spec + n) == 0;
}

static bool is_usb_spec(const char *spec)
{
    const char *p = spec + strlen("usb:");
    size_t digits = strspn(p, "0123456789abcdefABCDEF");

    if (digits != 4 || p[4] != ':' || strspn(p + 5, "0123456789abcdefABCDEF") != 4)
        return false;
    return p[9] == '\0' || (p[9] == ':' && p[10] != '\0');
}

/* "A, B" : how to tell the ports apart that fit. */
static void name_choices(const struct ports *ports, const char *usb, char *text, size_t size)
{
    size_t used = strlen(text);
    const char *comma = "";

    for (size_t i = 0; i < ports->count && used < size; i++) {
        const struct port *port = &ports->items[i];
        int n;

        if (!fits_usb(port, usb))
            continue;
        n = snprintf(text + used, size - used, "%s%s", comma,
                     port->by_path[0] != '\0' ? port->by_path : port->device);
        used += n > 0 ? (size_t)n : 0;
        comma = ", ";
    }
}

static enum err resolve_usb(const struct ports *ports, const struct ports_query *query,
                            char *device, char *text, size_t text_size)
{
    const struct port *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < ports->count; i++)
        if (fits_usb(&ports->items[i], query->spec)) {
            found = &ports->items[i];
            count++;
        }
    if (count == 0) {
        snprintf(text, text_size, "%s is not plugged in", query->spec);
        return ERR_NOT_FOUND;
    }
    if (count > 1) {
        snprintf(text, text_size, "%zu ports fit %s; name one by its place: ", count, query->spec);
        name_choices(ports, query->spec, text, text_size);
        return ERR_REFUSED;
    }
    strcpy(device, found->device);
    return ERR_OK;
}

/* A by-id name of adapters that cannot be told apart leads to any of them. */
static enum err refuse_twins(const struct ports *ports, const struct ports_query *query,
                             const char *device, char *text, size_t text_size)
{
    for (size_t i = 0; i < ports->count; i++) {
        const struct port *port = &ports->items[i];

        if (!port->twin || strcmp(strrchr(device, '/'), strrchr(port->device, '/')) != 0)
            continue;
        snprintf(text, text_size,
                 "several adapters share the name %s; name one by its place: ", query->spec);
        name_choices(ports, port->usb, text, text_size);
        return ERR_REFUSED;
    }
    return ERR_OK;
}

/* A path, or the bare name of a link in /dev/serial, to the device it leads to now. */
static enum err resolve_path(const struct ports_query *query, char real[PATH_MAX], char *text,
                             size_t text_size)
{
    static const char *const folders[] = {"/dev/serial/by-id/", "/dev/serial/by-path/"};
    char path[PATH_MAX];

    if (strchr(query->spec, '/') != NULL && realpath(query->spec, real) != NULL)
        return ERR_OK;
    for (size_t i = 0; strchr(query->spec, '/') == NULL && i < 2; i++) {
        if (snprintf(path, sizeof path, "%s%s%s", query->root, folders[i], query->spec) >=
            (int)sizeof path)
            break;
        if (realpath(path, real) != NULL)
            return ERR_OK;
    }
    snprintf(text, text_size, "%s is not plugged in", query->spec);
    return ERR_NOT_FOUND;
}

static enum err resolve_in(const struct ports_query *query, char *device, char *text,
                           size_t text_size)
{
    struct ports ports;
    enum err err = ports_scan(query->root, &ports);

    if (err != ERR_OK) {
        snprintf(text, text_size, "out of memory");
        return err;
    }
    if (scan_prefix(query->spec, "usb:") != NULL)
        err = resolve_usb(&ports, query, device, text, text_size);
    else
        err = refuse_twins(&ports, query, device, text, text_size);
    ports_finish(&ports);
    return err;
}

enum err ports_query(const struct ports_query *query, char *device, size_t size, char *text,
                     size_t text_size)
{
    char real[PATH_MAX];
    enum err err;

    if (query->spec[0] == '\0' || strlen(query->spec) > 255) {
        snprintf(text, text_size, "the port is empty or longer than 255 characters");
        return ERR_INVALID;
    }
    if (scan_prefix(query->spec, "usb:") != NULL) {
        if (!is_usb_spec(query->spec)) {
            snprintf(text, text_size,
                     "%s should read usb:VID:PID or usb:VID:PID:SERIAL, VID and PID "
                     "being four hex digits",
                     query->spec);
            return ERR_INVALID;
        }
        err = resolve_in(query, real, text, text_size);
    } else {
        err = resolve_path(query, real, text, text_size);
        if (err == ERR_OK &&
            (strstr(query->spec, "by-id/") != NULL || strncmp(query->spec, "usb-", 4) == 0))
            err = resolve_in(query, real, text, text_size);
    }
    if (err == ERR_OK && strlen(real) >= size) {
        snprintf(text, text_size, "%s leads to a path that is too long", query->spec);
        err = ERR_INVALID;
    }
    if (err == ERR_OK)
        strcpy(device, real);
    return err;
}

enum err ports_resolve(const char *spec, char *device, size_t size, char *text, size_t text_size)
{
    const struct ports_query query = {.root = "", .spec = spec};

    return ports_query(&query, device, size, text, text_size);
}
