/* SPDX-License-Identifier: Apache-2.0 */
/* A loop, one link and what it told: for the tests of links. Every test ends in rig_finish, which
 * fails when a handle was forgotten. */
#ifndef USINE_TESTS_LINK_RIG_H
#define USINE_TESTS_LINK_RIG_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <uv.h>

#include "drivers/link.h"
#include "drivers/link_set.h"

struct rig {
    uv_loop_t loop;
    uv_timer_t limit;
    struct link_set *set;
    struct link *link; /* NULL once closed */
    bool calling;      /* a call into the link is under way: no callback may come */
    char got[8192];
    size_t got_n;
    size_t reads;       /* calls of on_bytes */
    bool close_in_read; /* on_bytes closes the link */
    int closed;         /* calls of on_closed */
    enum err why;
    char why_text[128];
    char text[256]; /* of link_open */
    bool late;
};

static inline void rig_on_bytes(void *owner, const char *bytes, size_t n)
{
    struct rig *rig = owner;

    assert_false(rig->calling);
    assert_int_equal(rig->closed, 0);
    assert_true(n > 0 && rig->got_n + n <= sizeof rig->got);
    memcpy(rig->got + rig->got_n, bytes, n);
    rig->got_n += n;
    rig->reads++;
    if (rig->close_in_read)
        link_close(rig->link);
}

static inline void rig_on_closed(void *owner, enum err why, const char *text)
{
    struct rig *rig = owner;

    assert_false(rig->calling);
    rig->closed++;
    rig->why = why;
    snprintf(rig->why_text, sizeof rig->why_text, "%s", text);
    rig->link = NULL;
}

static inline const struct link_events *rig_events(void)
{
    static const struct link_events events = {.on_bytes = rig_on_bytes, .on_closed = rig_on_closed};

    return &events;
}

static inline struct link_spec rig_spec(struct rig *rig, const char *port)
{
    return (struct link_spec){.port = port, .baud = 115200, .events = rig_events(), .owner = rig};
}

static inline enum err rig_open(struct rig *rig, const char *port)
{
    const struct link_spec spec = rig_spec(rig, port);
    enum err err;

    rig->calling = true;
    err = link_open(rig->set, &spec, &rig->link, rig->text, sizeof rig->text);
    rig->calling = false;
    return err;
}

static inline enum err rig_write(struct rig *rig, const char *bytes, size_t n)
{
    enum err err;

    rig->calling = true;
    err = link_write(rig->link, bytes, n);
    rig->calling = false;
    return err;
}

static inline void rig_on_limit(uv_timer_t *timer)
{
    struct rig *rig = timer->data;

    rig->late = true;
}

static inline void rig_init(struct rig *rig)
{
    memset(rig, 0, sizeof *rig);
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    uv_timer_init(&rig->loop, &rig->limit);
    assert_int_equal(link_set_create(&rig->set, &rig->loop), ERR_OK);
    rig->limit.data = rig;
}

/* Turns the loop until n bytes came in all, or the link closed (n < 0), at most 5 s. */
static inline void rig_wait(struct rig *rig, long n)
{
    rig->late = false;
    uv_timer_start(&rig->limit, rig_on_limit, 5000, 0);
    while (!rig->late && rig->closed == 0 && (n < 0 || rig->got_n < (size_t)n))
        uv_run(&rig->loop, UV_RUN_ONCE);
    uv_timer_stop(&rig->limit);
    assert_false(rig->late);
    assert_true(n >= 0 || rig->closed == 1);
}

/* Turns the loop without waiting for anything. */
static inline void rig_turn(struct rig *rig)
{
    for (int i = 0; i < 3; i++)
        uv_run(&rig->loop, UV_RUN_NOWAIT);
}

static inline void rig_finish(struct rig *rig)
{
    if (rig->link != NULL) {
        link_close(rig->link);
        link_close(rig->link); /* twice is harmless */
        rig_wait(rig, -1);
    }
    link_set_close(rig->set);
    uv_close((uv_handle_t *)&rig->limit, NULL);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    assert_true(rig->closed <= 1);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
}

/* The master of a new pty; its other end's path in name. */
static inline int rig_pty(char *name, size_t size)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    assert_int_equal(ptsname_r(master, name, size), 0);
    return master;
}

/* Reads what the master has, up to size, within about a second of silence at most. */
static inline size_t rig_drain(int master, char *bytes, size_t size)
{
    size_t used = 0;

    for (int quiet = 0; quiet < 20 && used < size;) {
        ssize_t n = read(master, bytes + used, size - used);

        if (n > 0)
            used += (size_t)n;
        else if (used > 0 || ++quiet < 20)
            usleep(n < 0 && used > 0 ? 0 : 5000);
        if (n <= 0 && used > 0)
            break;
    }
    return used;
}

#endif
