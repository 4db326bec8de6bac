/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes come: let the board's time catch up, hand them over, write what it says, arm the timer for
 * the next thing it will do by itself. Timers have milliseconds, boards microseconds: whatever lies
 * in between is caught up in order, each event at its own moment. */
#include "machine.h"

#include <errno.h>
#include <unistd.h>

#include "base/log.h"
#include "fleet_parts.h"
#include "listeners.h"

static void catch_up(struct machine *m)
{
    board_advance(m->board, fleet_now_us(m->fleet));
}

static void on_ready(uv_poll_t *poll, int status, int events);

/* The poll watches for room to write only while there is something to write. */
static void watch(struct machine *m, bool writing)
{
    if (m->writing == writing && uv_is_active((uv_handle_t *)&m->poll))
        return;
    m->writing = writing;
    uv_poll_start(&m->poll, writing ? UV_READABLE | UV_WRITABLE : UV_READABLE, on_ready);
}

static void flush(struct machine *m)
{
    struct buf *out = &m->board->out;
    size_t n;
    const char *bytes = buf_peek(out, &n);
    ssize_t done = 0;

    if (n > 0 && m->plugged && m->listeners > 0)
        done = write(m->port.master, bytes, n);
    else
        done = (ssize_t)n; /* nobody listens: the wire carries it nowhere */
    if (done > 0)
        buf_drop(out, (size_t)done);
    if (m->board->tally.ok_waiting && out->used == 0)
        tally_ok_written(&m->board->tally, uv_hrtime());
    if (m->plugged)
        watch(m, out->used > 0);
}

static void on_closed(uv_handle_t *handle)
{
    struct machine *m = handle->data;

    port_close(&m->port);
    m->closing = false;
}

static void unplug(struct machine *m, double seconds)
{
    if (!m->plugged)
        return;
    m->plugged = false;
    m->closing = true;
    m->listeners = 0;
    m->replug_at_ms = uv_now(fleet_loop(m->fleet)) + (uint64_t)(seconds * 1000) + 1;
    listeners_forget(fleet_listeners(m->fleet), m->watch);
    uv_close((uv_handle_t *)&m->poll, on_closed);
}

static enum err plug(struct machine *m)
{
    enum err err = port_open(&m->port);

    if (err != ERR_OK)
        return err;
    if (uv_poll_init(fleet_loop(m->fleet), &m->poll, m->port.master) != 0) {
        port_close(&m->port);
        return ERR_BUSY;
    }
    m->poll.data = m;
    m->plugged = true;
    m->replug_at_ms = 0;
    m->watch = listeners_watch(fleet_listeners(m->fleet), m->port.device, m);
    m->listeners = m->watch < 0; /* not to be known: speak always */
    watch(m, false);
    return ERR_OK;
}

static double elapsed_s(const struct machine *m)
{
    return (double)fleet_now_us(m->fleet) * 1e-6 / m->board->speed;
}

/* True when the fault has struck. */
static bool strike(struct machine *m, const struct fault *f, const struct rng *rng)
{
    bool due =
        f->when == FAULT_AT_LINE ? (double)m->board->program_line >= f->at : elapsed_s(m) >= f->at;

    if (!due || (f->when == FAULT_AT_LINE && m->board->program_line == 0))
        return false;
    log_info("%s: the script strikes at line %llu", m->board->name,
             (unsigned long long)m->board->program_line);
    if (f->kind == FAULT_UNPLUG)
        unplug(m, f->value);
    else if (f->kind == FAULT_MISHAP && !board_befall(m->board, f->mishap, f->value))
        log_warning("%s: its firmware knows no such fault", m->board->name);
    else
        fault_spoil(f, m->board, rng);
    return true;
}

static void check_faults(struct machine *m)
{
    struct rng rng = m->board->trouble.rng;

    for (size_t i = 0; i < m->fault_count; i++)
        if (!m->faults[i].done)
            m->faults[i].done = strike(m, m->faults[i].fault, &rng);
}

/* Loop time of the next thing to do: the board's own, a fault by the clock, or the plug. */
static uint64_t next_ms(const struct machine *m)
{
    uint64_t now_ms = uv_now(fleet_loop(m->fleet)), at;
    int64_t due = board_due(m->board);
    double wait_ms =
        due == INT64_MAX ? 1e15 : (double)(due - m->board->now_us) * 1e-3 / m->board->speed;

    for (size_t i = 0; i < m->fault_count; i++) {
        const struct machine_fault *f = &m->faults[i];
        double left_ms = (f->fault->at - elapsed_s(m)) * 1000;

        if (!f->done && f->fault->when == FAULT_AT_TIME && left_ms < wait_ms)
            wait_ms = left_ms;
    }
    if (wait_ms >= 1e15 && m->replug_at_ms == 0)
        return 0;
    at = now_ms + (wait_ms > 0 ? (uint64_t)(wait_ms < 1e12 ? wait_ms : 1e12) : 0) + 1;
    return m->replug_at_ms != 0 && m->replug_at_ms < at ? m->replug_at_ms : at;
}

static void on_timer(uv_timer_t *timer);

/* A timer that goes off too early only looks and is armed again: cheaper than moving it with
 * every line. */
static void arm(struct machine *m)
{
    uint64_t at = next_ms(m), now = uv_now(fleet_loop(m->fleet));

    if (at == 0 || (m->armed_ms != 0 && m->armed_ms <= at))
        return;
    m->armed_ms = at;
    uv_timer_start(&m->timer, on_timer, at > now ? at - now : 0, 0);
}

static void settle(struct machine *m)
{
    if (m->fault_count > 0)
        check_faults(m);
    flush(m);
    arm(m);
}

static void on_timer(uv_timer_t *timer)
{
    struct machine *m = timer->data;

    m->armed_ms = 0;
    catch_up(m);
    if (m->replug_at_ms != 0 && uv_now(timer->loop) >= m->replug_at_ms && !m->closing &&
        plug(m) != ERR_OK)
        m->replug_at_ms = uv_now(timer->loop) + 500; /* no pty to be had: try again */
    settle(m);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    struct machine *m = poll->data;
    char bytes[4096];
    ssize_t n;

    if (status < 0 || (events & UV_READABLE) == 0) {
        flush(m);
        return;
    }
    n = read(m->port.master, bytes, sizeof bytes);
    if (n <= 0)
        return;
    m->board->read_at_ns = uv_hrtime();
    catch_up(m);
    board_receive(m->board, bytes, (size_t)n);
    settle(m);
}

enum err machine_start(struct machine *m, const char *link)
{
    enum err err = port_init(&m->port, link);

    if (err != ERR_OK)
        return err;
    if (uv_timer_init(fleet_loop(m->fleet), &m->timer) != 0)
        return ERR_NO_MEMORY;
    m->timer.data = m;
    m->watch = -1;
    err = plug(m);
    if (err != ERR_OK) {
        uv_close((uv_handle_t *)&m->timer, NULL);
        return err;
    }
    m->board->ops->power_on(m->board);
    settle(m);
    return ERR_OK;
}

void machine_listeners(struct machine *m, int change)
{
    m->listeners += change;
    if (m->listeners < 0)
        m->listeners = 0;
    if (change > 0 && m->listeners == 1 && m->board->trouble.reset_on_open) {
        catch_up(m);
        board_befall(m->board, MISHAP_RESET, 0);
        settle(m);
    }
    if (m->listeners == 0)
        port_drain(&m->port);
}

void machine_press(struct machine *m)
{
    catch_up(m);
    board_befall(m->board, MISHAP_BUTTON, 0);
    settle(m);
}

enum err machine_take_faults(struct machine *m, const struct faults *faults, const struct rng *rng)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *f = &faults->items[i];

        if (!fault_concerns(f, m->board->name, m->laser))
            continue;
        if (f->when == FAULT_ALWAYS && fault_spoil(f, m->board, rng))
            continue;
        if (f->kind == FAULT_BUILD)
            continue; /* chosen before the board was built */
        if (m->fault_count == MACHINE_FAULTS)
            return ERR_TOO_LARGE;
        m->faults[m->fault_count++].fault = f;
    }
    return ERR_OK;
}

void machine_stop(struct machine *m)
{
    uv_close((uv_handle_t *)&m->timer, NULL);
    if (!m->plugged)
        return;
    m->plugged = false;
    m->closing = true;
    uv_close((uv_handle_t *)&m->poll, on_closed);
}
