/* SPDX-License-Identifier: Apache-2.0 */
/* Something was plugged: udev says so at once; where there is no udev (containers), the times of
 * /dev and /dev/serial/by-path change with the nodes in them, and are looked at every 5 s. Both
 * lead to one on_change when things have been quiet for a moment. */
#include <libudev.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "ports.h"

enum { QUIET_MS = 300, SCAN_MS = 5000, EVENTS_A_TURN = 64 };

struct ports_watch {
    struct udev *udev;            /* owned; NULL: scan only */
    struct udev_monitor *monitor; /* owned */
    uv_poll_t poll;               /* open when monitor is not NULL */
    uv_timer_t scan, quiet;
    struct timespec seen[2]; /* times of the watched folders */
    unsigned handles;
    void (*on_change)(void *owner);
    void *owner;
};

static void on_quiet(uv_timer_t *timer)
{
    struct ports_watch *w = timer->data;

    w->on_change(w->owner);
}

static void note_change(struct ports_watch *w)
{
    uv_timer_start(&w->quiet, on_quiet, QUIET_MS, 0);
}

static void on_udev(uv_poll_t *poll, int status, int events)
{
    struct ports_watch *w = poll->data;
    struct udev_device *device;

    (void)events;
    if (status < 0) { /* the scan goes on without it */
        uv_poll_stop(poll);
        return;
    }
    for (int i = 0; i < EVENTS_A_TURN; i++) {
        device = udev_monitor_receive_device(w->monitor);
        if (device == NULL)
            return;
        udev_device_unref(device);
        note_change(w);
    }
}

/* True if a watched folder has changed since the last look. */
static bool look_at_folders(struct ports_watch *w)
{
    static const char *const folders[] = {"/dev", "/dev/serial/by-path"};
    bool changed = false;

    for (size_t i = 0; i < 2; i++) {
        struct timespec now = {0, 0};
        struct stat st;

        if (stat(folders[i], &st) == 0)
            now = st.st_mtim;
        if (now.tv_sec != w->seen[i].tv_sec || now.tv_nsec != w->seen[i].tv_nsec)
            changed = true;
        w->seen[i] = now;
    }
    return changed;
}

static void on_scan(uv_timer_t *timer)
{
    struct ports_watch *w = timer->data;

    if (look_at_folders(w))
        note_change(w);
}

/* Opens the monitor; without it (no udev here) w->monitor stays NULL. */
static void open_monitor(struct ports_watch *w, uv_loop_t *loop)
{
    struct udev_monitor *monitor;

    w->udev = udev_new();
    if (w->udev == NULL)
        return;
    monitor = udev_monitor_new_from_netlink(w->udev, "udev");
    if (monitor == NULL)
        return;
    if (udev_monitor_filter_add_match_subsystem_devtype(monitor, "tty", NULL) < 0 ||
        udev_monitor_enable_receiving(monitor) < 0 ||
        uv_poll_init(loop, &w->poll, udev_monitor_get_fd(monitor)) < 0) {
        udev_monitor_unref(monitor);
        return;
    }
    w->monitor = monitor;
    w->poll.data = w;
    w->handles++;
    uv_poll_start(&w->poll, UV_READABLE, on_udev);
}

enum err ports_watch_start(struct ports_watch **watch, uv_loop_t *loop,
                           void (*on_change)(void *owner), void *owner)
{
    struct ports_watch *w = calloc(1, sizeof *w);

    if (w == NULL)
        return ERR_NO_MEMORY;
    w->on_change = on_change;
    w->owner = owner;
    w->handles = 2;
    uv_timer_init(loop, &w->scan);
    uv_timer_init(loop, &w->quiet);
    w->scan.data = w;
    w->quiet.data = w;
    open_monitor(w, loop);
    look_at_folders(w);
    uv_timer_start(&w->scan, on_scan, SCAN_MS, SCAN_MS);
    *watch = w;
    return ERR_OK;
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct ports_watch *w = handle->data;

    if (--w->handles > 0)
        return;
    if (w->monitor != NULL)
        udev_monitor_unref(w->monitor);
    if (w->udev != NULL)
        udev_unref(w->udev);
    free(w);
}

void ports_watch_stop(struct ports_watch *watch)
{
    if (watch == NULL)
        return;
    uv_close((uv_handle_t *)&watch->scan, on_handle_closed);
    uv_close((uv_handle_t *)&watch->quiet, on_handle_closed);
    if (watch->monitor != NULL)
        uv_close((uv_handle_t *)&watch->poll, on_handle_closed);
}
