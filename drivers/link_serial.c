/* SPDX-License-Identifier: Apache-2.0 */
/* Real serial ports. The happy path: look whether it is free, sp_open, lock it, 8N1 at the wanted
 * speed without flow control, HUPCL cleared. What libserialport 0.1.1 leaves to us (LIBRARIES.md
 * section 3): no close-on-exec, no lock, IXON still set, and HUPCL set, which would drop DTR at
 * each close and reset the board at each reopen. We never touch DTR or RTS ourselves; the pulse of
 * the first open after plugging in is the kernel's. */
#include <errno.h>
#include <fcntl.h>
#include <libserialport.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "link_fd.h"
#include "link_kinds.h"
#include "port_lock.h"

struct serial_link {
    struct fd_link fd_link; /* first */
    struct sp_port *port;   /* owned; its descriptor is fd_link.fd */
};

static void serial_release(struct fd_link *f)
{
    struct serial_link *s = (struct serial_link *)(void *)f;

    sp_close(s->port);
    sp_free_port(s->port);
    free(s);
}

static int keep_dtr_at_close(int fd)
{
    struct termios t;

    if (tcgetattr(fd, &t) != 0)
        return -1;
    t.c_cflag &= ~(tcflag_t)HUPCL;
    return tcsetattr(fd, TCSANOW, &t);
}

static enum err err_of_open(int error)
{
    if (error == ENOENT || error == ENXIO || error == ENODEV)
        return ERR_NOT_FOUND;
    return error == EBUSY ? ERR_BUSY : ERR_LINK;
}

/* sp_open changes the settings of a port before it could be locked, so a port in use must be
 * noticed before. HUPCL is cleared here already: then closing this descriptor cannot drop DTR
 * either. */
static enum err look_before(const char *path, char *text, size_t size)
{
    const int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    const int error = errno;
    enum err err;

    if (fd < 0) {
        err = err_of_open(error);
        if (err == ERR_BUSY)
            port_name_holder(path, text, size);
        else if (error == EACCES)
            snprintf(text, size, "%s: permission denied; add this user to the group dialout", path);
        else
            snprintf(text, size, "%s cannot be opened: %s", path, strerror(error));
        return err;
    }
    err = port_lock(fd, path, text, size);
    if (err == ERR_OK)
        keep_dtr_at_close(fd);
    close(fd);
    return err;
}

/* What sp_* says of its last failure. */
static enum err fail_sp(const char *path, const char *what, char *text, size_t size)
{
    char *words = sp_last_error_message();

    snprintf(text, size, "%s: %s: %s", path, what, words != NULL ? words : "failed");
    if (words != NULL)
        sp_free_error_message(words);
    return ERR_LINK;
}

/* 8N1 and nothing that eats or invents bytes. */
static enum err set_line(struct sp_port *port, const struct link_spec *spec, char *text,
                         size_t size)
{
    char what[40];

    snprintf(what, sizeof what, "%d baud", spec->baud);
    if (sp_set_baudrate(port, spec->baud) != SP_OK)
        return fail_sp(spec->port, what, text, size);
    if (sp_set_bits(port, 8) != SP_OK || sp_set_parity(port, SP_PARITY_NONE) != SP_OK ||
        sp_set_stopbits(port, 1) != SP_OK || sp_set_flowcontrol(port, SP_FLOWCONTROL_NONE) != SP_OK)
        return fail_sp(spec->port, "8N1", text, size);
    return ERR_OK;
}

static enum err set_up(struct sp_port *port, const struct link_spec *spec, char *text, size_t size)
{
    int fd = -1;
    enum err err;

    if (sp_get_port_handle(port, &fd) != SP_OK)
        return fail_sp(spec->port, "no descriptor", text, size);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    err = port_lock(fd, spec->port, text, size);
    if (err != ERR_OK)
        return err;
    ioctl(fd, TIOCEXCL);
    if (keep_dtr_at_close(fd) != 0) {
        snprintf(text, size, "%s: HUPCL cannot be cleared: %s", spec->port, strerror(errno));
        return ERR_LINK;
    }
    return set_line(port, spec, text, size);
}

static enum err open_port(const struct link_spec *spec, struct sp_port **out, char *text,
                          size_t size)
{
    struct sp_port *port;
    enum err err;

    err = look_before(spec->port, text, size);
    if (err != ERR_OK)
        return err;
    if (sp_get_port_by_name(spec->port, &port) != SP_OK)
        return fail_sp(spec->port, "not a serial port", text, size);
    if (sp_open(port, SP_MODE_READ_WRITE) != SP_OK) {
        err = fail_sp(spec->port, "cannot be opened", text, size);
        goto free_port;
    }
    err = set_up(port, spec, text, size);
    if (err != ERR_OK)
        goto close_port;
    *out = port;
    return ERR_OK;
close_port:
    sp_close(port);
free_port:
    sp_free_port(port);
    return err;
}

enum err link_serial_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                          char *text, size_t size)
{
    struct serial_link *s = calloc(1, sizeof *s);
    enum err err;
    int fd = -1;

    if (s == NULL) {
        snprintf(text, size, "out of memory");
        return ERR_NO_MEMORY;
    }
    err = open_port(spec, &s->port, text, size);
    if (err != ERR_OK) {
        free(s);
        return err;
    }
    sp_get_port_handle(s->port, &fd);
    s->fd_link.release = serial_release;
    fd_link_init(&s->fd_link, set, spec);
    fd_link_start(&s->fd_link, fd);
    *link = &s->fd_link.link;
    return ERR_OK;
}
