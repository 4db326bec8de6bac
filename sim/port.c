/* SPDX-License-Identifier: Apache-2.0 */
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum err port_init(struct port *port, const char *link)
{
    *port = (struct port){.master = -1, .slave = -1};
    if (strlen(link) >= sizeof port->link - 4)
        return ERR_TOO_LARGE;
    strcpy(port->link, link);
    return ERR_OK;
}

static enum err make_raw(int fd)
{
    struct termios settings;

    if (tcgetattr(fd, &settings) != 0)
        return ERR_BUSY;
    cfmakeraw(&settings);
    return tcsetattr(fd, TCSANOW, &settings) == 0 ? ERR_OK : ERR_BUSY;
}

/* Never a moment without a link: the new one takes the old one's place. */
static enum err point(const struct port *port)
{
    char fresh[sizeof port->link + 4];

    snprintf(fresh, sizeof fresh, "%s.~", port->link);
    if (unlink(fresh) != 0 && errno != ENOENT)
        return ERR_DISK;
    if (symlink(port->device, fresh) != 0)
        return ERR_DISK;
    return rename(fresh, port->link) == 0 ? ERR_OK : ERR_DISK;
}

enum err port_open(struct port *port)
{
    enum err err = ERR_BUSY;

    port->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (port->master < 0)
        return ERR_BUSY;
    if (grantpt(port->master) != 0 || unlockpt(port->master) != 0 ||
        ptsname_r(port->master, port->device, sizeof port->device) != 0)
        goto close_port;
    port->slave = open(port->device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (port->slave < 0)
        goto close_port;
    err = make_raw(port->slave);
    if (err == ERR_OK)
        err = point(port);
    if (err == ERR_OK)
        return ERR_OK;
close_port:
    port_close(port);
    return err;
}

void port_close(struct port *port)
{
    if (port->master < 0)
        return;
    unlink(port->link);
    if (port->slave >= 0)
        close(port->slave);
    close(port->master);
    port->master = port->slave = -1;
}

void port_drain(struct port *port)
{
    if (port->slave >= 0)
        tcflush(port->slave, TCIFLUSH);
}
