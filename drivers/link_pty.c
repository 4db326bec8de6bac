/* SPDX-License-Identifier: Apache-2.0 */
/* Pseudo-terminals (usine-sim, socat, virtual printers), which libserialport refuses: it looks for
 * /sys/class/tty and asks for modem lines, and they have neither. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "link_fd.h"
#include "link_kinds.h"
#include "port_lock.h"

static void pty_release(struct fd_link *f)
{
    if (f->watch.fd >= 0)
        close(f->watch.fd);
    free(f);
}

/* Bytes as they are, both ways: no echo, no line editing, no signals, no flow control. */
static int make_raw(int fd)
{
    struct termios t;

    if (tcgetattr(fd, &t) != 0)
        return -1;
    cfmakeraw(&t);
    t.c_cflag |= CLOCAL | CREAD;
    t.c_cflag &= ~(tcflag_t)(HUPCL | CRTSCTS);
    t.c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    return tcsetattr(fd, TCSANOW, &t);
}

static enum err open_tty(const char *path, int *fd, char *text, size_t size)
{
    enum err err;

    *fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (*fd < 0) {
        const int error = errno;

        snprintf(text, size, "%s cannot be opened: %s", path, strerror(error));
        if (error == EBUSY)
            port_name_holder(path, text, size);
        return error == ENOENT || error == ENXIO || error == ENODEV ? ERR_NOT_FOUND
               : error == EBUSY                                     ? ERR_BUSY
                                                                    : ERR_LINK;
    }
    if (!isatty(*fd)) {
        snprintf(text, size, "%s is not a serial port", path);
        err = ERR_INVALID;
    } else if ((err = port_lock(*fd, path, text, size)) == ERR_OK && make_raw(*fd) != 0) {
        snprintf(text, size, "%s cannot be set up: %s", path, strerror(errno));
        err = ERR_LINK;
    }
    if (err != ERR_OK)
        close(*fd);
    return err;
}

enum err link_pty_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                       char *text, size_t size)
{
    struct fd_link *f = calloc(1, sizeof *f);
    enum err err;
    int fd;

    if (f == NULL) {
        snprintf(text, size, "out of memory");
        return ERR_NO_MEMORY;
    }
    err = open_tty(spec->port, &fd, text, size);
    if (err != ERR_OK) {
        free(f);
        return err;
    }
    f->release = pty_release;
    fd_link_init(f, set, spec);
    fd_link_start(f, fd);
    *link = &f->link;
    return ERR_OK;
}
