/* SPDX-License-Identifier: Apache-2.0 */
/* A serial port is an entry of /sys/class/tty with a device behind it. A USB one has idVendor in
 * one of its parents there. udev's links in /dev/serial are its stable names. libserialport's own
 * list is not used: it knows no links, and opens ports to ask for their type. */
#include "ports_scan.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PORTS_MAX = 1024, LEVELS_MAX = 5 };

/* First line of folder/name, printable ASCII without blanks at its ends; "" if there is none. */
static void read_attribute(const char *folder, const char *name, char *text, size_t size)
{
    char path[PATH_MAX];
    ssize_t n;
    int fd;

    text[0] = '\0';
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    n = read(fd, text, size - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    for (char *p = text; *p != '\0'; p++)
        if (*p < ' ' || *p > '~')
            *p = '?';
}

/* Lengthens folder by "/.." until name is in it (the kernel follows links as it climbs, which is
 * far cheaper than realpath); false, and folder as it was, if no parent has it. */
static bool climb_to(char *folder, size_t size, const char *name)
{
    const size_t used = strlen(folder);
    char path[PATH_MAX];

    for (int level = 0; level < LEVELS_MAX; level++) {
        if (snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path &&
            access(path, F_OK) == 0)
            return true;
        if (strlen(folder) + sizeof "/.." > size)
            break;
        strcat(folder, "/..");
    }
    folder[used] = '\0';
    return false;
}

/* A serial number goes into "usb:VID:PID:SERIAL": blanks and colons would not read back. */
static void make_word(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == ' ' || *text == ':' || *text == '"' || *text == '\\')
            *text = '_';
}

static void read_usb(const char *device, struct port *port)
{
    char folder[PATH_MAX], vid[8], pid[8], serial[64], maker[48], product[64], interface[8];

    snprintf(folder, sizeof folder, "%s", device);
    interface[0] = '\0';
    if (climb_to(folder, sizeof folder, "bInterfaceNumber"))
        read_attribute(folder, "bInterfaceNumber", interface, sizeof interface);
    if (!climb_to(folder, sizeof folder, "idVendor"))
        return;
    read_attribute(folder, "idVendor", vid, sizeof vid);
    read_attribute(folder, "idProduct", pid, sizeof pid);
    read_attribute(folder, "serial", serial, sizeof serial);
    read_attribute(folder, "manufacturer", maker, sizeof maker);
    read_attribute(folder, "product", product, sizeof product);
    make_word(serial);
    snprintf(port->usb, sizeof port->usb, "usb:%s:%s%s%s", vid, pid, serial[0] != '\0' ? ":" : "",
             serial);
    snprintf(port->interface, sizeof port->interface, "%s", interface);
    snprintf(port->about, sizeof port->about, "%s%s%s", maker,
             maker[0] != '\0' && product[0] != '\0' ? " " : "", product);
}

/* Reads /sys/class/tty/NAME; false: not a port one could plug a machine into. */
static bool read_port(const char *root, const char *name, struct port *port)
{
    char folder[PATH_MAX], device[PATH_MAX], type[16];

    if (strlen(name) >= sizeof port->device - sizeof "/dev/")
        return false;
    snprintf(folder, sizeof folder, "%s/sys/class/tty/%.60s", root, name);
    snprintf(device, sizeof device, "%s/sys/class/tty/%.60s/device", root, name);
    if (access(device, F_OK) != 0)
        return false;
    read_attribute(folder, "type", type, sizeof type);
    if (strcmp(type, "0") == 0) /* a ttyS with no chip behind it */
        return false;
    memset(port, 0, sizeof *port);
    snprintf(port->device, sizeof port->device, "/dev/%.50s", name);
    read_usb(device, port);
    return true;
}

static bool keep_port(struct ports *ports, const struct port *port)
{
    struct port *items = realloc(ports->items, (ports->count + 1) * sizeof *items);

    if (items == NULL)
        return false;
    ports->items = items;
    items[ports->count++] = *port;
    return true;
}

static int by_device(const void *a, const void *b)
{
    const struct port *one = a, *other = b;

    return strverscmp(one->device, other->device);
}

/* Reads one folder of links: name is put into the field at offset of the port it leads to. Of
 * several links to one port the shortest is kept (newer udev adds "usbv2" twins). */
static void read_links(const char *root, const char *kind, struct ports *ports, size_t offset)
{
    char folder[PATH_MAX], path[PATH_MAX], target[PATH_MAX];
    struct dirent *entry;
    DIR *dir;

    snprintf(folder, sizeof folder, "%s/dev/serial/%s", root, kind);
    dir = opendir(folder);
    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL) {
        const char *base;
        ssize_t n;
        size_t i;

        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path ||
            (n = readlink(path, target, sizeof target - 1)) <= 0)
            continue;
        target[n] = '\0';
        base = strrchr(target, '/'); /* "../../ttyUSB0" */
        if (base == NULL)
            continue;
        for (i = 0; i < ports->count; i++)
            if (strcmp(strrchr(ports->items[i].device, '/'), base) == 0)
                break;
        if (i < ports->count) {
            char *field = (char *)&ports->items[i] + offset;
            const char *shown = path + strlen(root);

            if (strlen(shown) < sizeof ports->items[i].by_id &&
                (field[0] == '\0' || strlen(shown) < strlen(field)))
                strcpy(field, shown);
        }
    }
    closedir(dir);
}

/* by-id holds one name for adapters that say the same of themselves: it leads to one of them, by
 * luck. */
static void mark_twins(struct ports *ports)
{
    for (size_t i = 0; i < ports->count; i++)
        for (size_t j = 0; j < ports->count; j++)
            if (i != j && ports->items[i].usb[0] != '\0' &&
                strcmp(ports->items[i].usb, ports->items[j].usb) == 0 &&
                strcmp(ports->items[i].interface, ports->items[j].interface) == 0)
                ports->items[i].twin = true;
}

enum err ports_scan(const char *root, struct ports *ports)
{
    char folder[PATH_MAX];
    struct dirent *entry;
    struct port port;
    enum err err = ERR_OK;
    DIR *dir;

    memset(ports, 0, sizeof *ports);
    snprintf(folder, sizeof folder, "%s/sys/class/tty", root);
    dir = opendir(folder);
    if (dir == NULL)
        return ERR_OK; /* no /sys, no ports */
    while (err == ERR_OK && ports->count < PORTS_MAX && (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.' && read_port(root, entry->d_name, &port) &&
            !keep_port(ports, &port))
            err = ERR_NO_MEMORY;
    closedir(dir);
    if (err != ERR_OK) {
        ports_finish(ports);
        return err;
    }
    if (ports->count > 0)
        qsort(ports->items, ports->count, sizeof *ports->items, by_device);
    read_links(root, "by-id", ports, offsetof(struct port, by_id));
    read_links(root, "by-path", ports, offsetof(struct port, by_path));
    mark_twins(ports);
    return ERR_OK;
}
