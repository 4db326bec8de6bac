/* SPDX-License-Identifier: Apache-2.0 */
/* The libserialport path on a pty. libserialport 0.1.1 refuses ptys because they have no entry in
 * /sys/class/tty and no modem lines; the functions below, which stand in front of libc's for this
 * program and the libraries it loads, give them both (LIBRARIES.md section 3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "drivers/link_fd.h"
#include "drivers/link_kinds.h"
#include "link_rig.h"

static int is_pty_entry(const char *path)
{
    return strncmp(path, "/sys/class/tty/pts/", strlen("/sys/class/tty/pts/")) == 0;
}

int lstat(const char *path, struct stat *st)
{
    if (!is_pty_entry(path))
        return (int)syscall(SYS_newfstatat, AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW);
    memset(st, 0, sizeof *st);
    st->st_mode = S_IFLNK | 0777;
    return 0;
}

int __lxstat(int version, const char *path, struct stat *st);
int __lxstat(int version, const char *path, struct stat *st)
{
    (void)version;
    return lstat(path, st);
}

ssize_t readlink(const char *path, char *target, size_t size)
{
    static const char entry[] = "../../devices/virtual/tty/pts0";
    size_t n = sizeof entry - 1;

    if (!is_pty_entry(path))
        return (ssize_t)syscall(SYS_readlinkat, AT_FDCWD, path, target, size);
    if (n > size)
        n = size;
    memcpy(target, entry, n);
    return (ssize_t)n;
}

int ioctl(int fd, unsigned long request, ...)
{
    va_list args;
    void *argument;

    va_start(args, request);
    argument = va_arg(args, void *);
    va_end(args);
    if (request == TIOCMGET)
        *(int *)argument = TIOCM_DTR | TIOCM_RTS;
    if (request == TIOCMGET || request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC)
        return 0;
    return (int)syscall(SYS_ioctl, fd, request, argument);
}

struct port {
    struct rig rig;
    int master;
    char name[64];
};

static enum err open_serial(struct rig *rig, const char *name, int baud)
{
    struct link_spec spec = rig_spec(rig, name);
    enum err err;

    spec.baud = baud;
    rig->calling = true;
    err = link_serial_open(rig->set, &spec, &rig->link, rig->text, sizeof rig->text);
    rig->calling = false;
    return err;
}

static void open_port(struct port *port, int baud)
{
    rig_init(&port->rig);
    port->master = rig_pty(port->name, sizeof port->name);
    if (open_serial(&port->rig, port->name, baud) != ERR_OK)
        fail_msg("%s", port->rig.text);
}

static void close_port(struct port *port)
{
    rig_finish(&port->rig);
    if (port->master >= 0)
        close(port->master);
}

static int port_fd(struct port *port)
{
    return ((struct fd_link *)(void *)port->rig.link)->watch.fd;
}

static void the_port_is_set_up_as_a_board_needs_it(void **state)
{
    struct port port;
    struct termios t;

    (void)state;
    open_port(&port, 250000);
    assert_int_equal(tcgetattr(port_fd(&port), &t), 0);
    assert_false(t.c_cflag & HUPCL); /* closing must not drop DTR: that resets an Arduino */
    assert_false(t.c_cflag & CRTSCTS);
    assert_false(t.c_cflag & PARENB);
    assert_false(t.c_cflag & CSTOPB);
    assert_int_equal(t.c_cflag & CSIZE, CS8);
    assert_true(t.c_cflag & CLOCAL);
    assert_false(t.c_iflag & (IXON | IXOFF | IXANY | ICRNL | ISTRIP));
    assert_false(t.c_lflag & (ICANON | ECHO | ISIG));
    assert_false(t.c_oflag & OPOST);
    assert_true(fcntl(port_fd(&port), F_GETFD) & FD_CLOEXEC);
    assert_true(fcntl(port_fd(&port), F_GETFL) & O_NONBLOCK);
    close_port(&port);
}

static void odd_speeds_are_set_exactly(void **state)
{
    static const int speeds[] = {115200, 250000, 12345, 1000000};
    struct { /* struct termios2 of the kernel, which libc hides */
        unsigned iflag, oflag, cflag, lflag;
        unsigned char line, cc[19];
        unsigned ispeed, ospeed;
    } t;
    struct port port;

    (void)state;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        open_port(&port, speeds[i]);
        assert_int_equal(ioctl(port_fd(&port), 0x802c542a /* TCGETS2 */, &t), 0);
        assert_int_equal(t.ospeed, speeds[i]);
        close_port(&port);
    }
}

static void bytes_pass_unchanged_both_ways(void **state)
{
    char all[256], back[256];
    struct port port;

    (void)state;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    open_port(&port, 115200);
    assert_int_equal(write(port.master, all, 256), 256);
    rig_wait(&port.rig, 256);
    assert_memory_equal(port.rig.got, all, 256);
    assert_int_equal(rig_write(&port.rig, all, 256), ERR_OK);
    assert_int_equal(rig_drain(port.master, back, 256), 256);
    assert_memory_equal(back, all, 256);
    close_port(&port);
}

static void silence_is_not_taken_for_a_hang_up(void **state)
{
    struct port port;

    (void)state;
    open_port(&port, 115200);
    for (int i = 0; i < 20; i++) {
        rig_turn(&port.rig);
        usleep(2000);
    }
    assert_int_equal(port.rig.closed, 0);
    close_port(&port);
}

static void unplugging_closes_once(void **state)
{
    struct port port;

    (void)state;
    open_port(&port, 115200);
    close(port.master);
    port.master = -1;
    rig_wait(&port.rig, -1);
    assert_int_equal(port.rig.why, ERR_LINK);
    close_port(&port);
    assert_int_equal(port.rig.closed, 1);
}

static void a_second_owner_is_refused_before_it_changes_the_port(void **state)
{
    struct port port;
    struct rig other;
    struct termios before, after;

    (void)state;
    open_port(&port, 115200);
    tcgetattr(port_fd(&port), &before);
    rig_init(&other);
    assert_int_equal(open_serial(&other, port.name, 9600), ERR_BUSY);
    assert_non_null(strstr(other.text, "in use"));
    tcgetattr(port_fd(&port), &after);
    assert_int_equal(before.c_cflag, after.c_cflag);
    assert_int_equal(cfgetospeed(&after), B115200);
    rig_finish(&other);
    close_port(&port);
}

static void it_opens_again_after_closing(void **state)
{
    struct port port;
    struct rig again;

    (void)state;
    open_port(&port, 115200);
    rig_finish(&port.rig);
    rig_init(&again);
    assert_int_equal(open_serial(&again, port.name, 115200), ERR_OK);
    rig_finish(&again);
    close(port.master);
}

static void failures_are_told_in_words(void **state)
{
    struct rig rig;

    (void)state;
    rig_init(&rig);
    assert_int_equal(open_serial(&rig, "/dev/ttyUSB999", 115200), ERR_NOT_FOUND);
    assert_non_null(strstr(rig.text, "/dev/ttyUSB999"));
    assert_int_equal(open_serial(&rig, "/dev/null", 115200), ERR_LINK);
    assert_non_null(strstr(rig.text, "/dev/null"));
    rig_finish(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_is_set_up_as_a_board_needs_it),
        cmocka_unit_test(odd_speeds_are_set_exactly),
        cmocka_unit_test(bytes_pass_unchanged_both_ways),
        cmocka_unit_test(silence_is_not_taken_for_a_hang_up),
        cmocka_unit_test(unplugging_closes_once),
        cmocka_unit_test(a_second_owner_is_refused_before_it_changes_the_port),
        cmocka_unit_test(it_opens_again_after_closing),
        cmocka_unit_test(failures_are_told_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
