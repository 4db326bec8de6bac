/* SPDX-License-Identifier: Apache-2.0 */
#include "link.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "link_kinds.h"
#include "ports.h"
#include "scan.h"

/* libserialport knows what the kernel lists as a tty with a place in /sys; ptys have none. */
static bool is_serial_port(const char *device)
{
    char path[PATH_MAX];
    const char *name = strrchr(device, '/');

    if (name == NULL || scan_prefix(device, "/dev/") == NULL)
        return false;
    snprintf(path, sizeof path, "/sys/class/tty%s", name);
    return access(path, F_OK) == 0;
}

enum err link_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                   char *text, size_t size)
{
    char device[PATH_MAX];
    struct link_spec resolved = *spec;
    enum err err;

    if (scan_prefix(spec->port, "tcp://") != NULL)
        return link_tcp_open(set, spec, link, text, size);
    err = ports_resolve(spec->port, device, sizeof device, text, size);
    if (err != ERR_OK)
        return err;
    resolved.port = device;
    if (is_serial_port(device))
        return link_serial_open(set, &resolved, link, text, size);
    return link_pty_open(set, &resolved, link, text, size);
}
