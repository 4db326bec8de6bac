/* SPDX-License-Identifier: Apache-2.0 */
#include "reload.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "config/diff.h"
#include "training.h"

enum { SETTLE_MS = 300 };

static void read_file(uv_work_t *work)
{
    struct reload *reload = work->data;

    config_load(reload->path, &reload->read, &reload->faults);
}

static void report_faults(struct reload *reload)
{
    struct reload_report *report = &reload->office->reload;

    snprintf(report->words, sizeof report->words,
             "%zu fault%s in %.300s: the old config stays in force", reload->faults.count,
             reload->faults.count == 1 ? "" : "s", reload->path);
    for (size_t i = 0; i < reload->faults.count; i++)
        log_error("%s:%d:%d: %s", reload->faults.file, reload->faults.items[i].line,
                  reload->faults.items[i].column, reload->faults.items[i].text);
    report->faults = reload->faults;
    memset(&reload->faults, 0, sizeof reload->faults);
}

/* What was opened with the old values stays open with them: these change at the next start, as the
 * words of the reload say. Nobody else holds the new config yet. */
static void keep_until_restart(struct config *config, const struct config *old)
{
    config->role = old->role;
    memcpy(config->state, old->state, sizeof config->state);
    memcpy(config->socket, old->socket, sizeof config->socket);
    memcpy(config->store, old->store, sizeof config->store);
    memcpy(config->timezone, old->timezone, sizeof config->timezone);
}

/* The queue tells the floor, which touches only the machines that changed. */
static void take(struct reload *reload)
{
    struct office *office = reload->office;
    struct config *old = office->config;

    config_diff_words(old, reload->read, office->reload.words, sizeof office->reload.words);
    keep_until_restart(reload->read, old);
    office->config = reload->read;
    reload->read = NULL;
    queue_configure(office->queue, office->config);
    notices_configure(office->notices, office->config);
    config_unref(old);
}

/* What is no fault of the file may still not be taken here. */
static bool suits(struct reload *reload)
{
    struct reload_report *report = &reload->office->reload;
    char why[400];

    if (training_suits(reload->office->clock, reload->read, why, sizeof why))
        return true;
    snprintf(report->words, sizeof report->words, "%s; the old config stays in force", why);
    log_error("%s: %s", reload->path, why);
    return false;
}

static void on_read(uv_work_t *work, int status)
{
    struct reload *reload = work->data;
    struct reload_report *report = &reload->office->reload;

    reload->working = false;
    if (!reload->closed && status == 0) {
        config_faults_finish(&report->faults);
        memset(&report->faults, 0, sizeof report->faults);
        report->at_ms = clock_wall(reload->office->clock);
        report->accepted = reload->read != NULL && suits(reload);
        if (report->accepted)
            take(reload);
        else if (reload->read == NULL)
            report_faults(reload);
        chronicle_add(&reload->office->chronicle, "", "", "config: %s", report->words);
    }
    config_unref(reload->read);
    config_faults_finish(&reload->faults);
    reload->read = NULL;
    if (reload->again && !reload->closed)
        reload_ask(reload);
}

static void on_settled(uv_timer_t *timer)
{
    struct reload *reload = timer->data;

    if (reload->working) {
        reload->again = true;
        return;
    }
    reload->again = false;
    memset(&reload->faults, 0, sizeof reload->faults);
    reload->work.data = reload;
    reload->working = uv_queue_work(timer->loop, &reload->work, read_file, on_read) == 0;
}

void reload_ask(struct reload *reload)
{
    uv_timer_start(&reload->settle, on_settled, SETTLE_MS, 0);
}

static void on_change(uv_fs_event_t *watch, const char *name, int events, int status)
{
    struct reload *reload = watch->data;

    (void)events;
    if (status != 0 || !reload->office->config->watch)
        return;
    if (name == NULL || strcmp(name, reload->name) == 0)
        reload_ask(reload);
}

void reload_init(struct reload *reload, struct office *office, uv_loop_t *loop, const char *path)
{
    const char *slash = strrchr(path, '/');
    int rc;

    memset(reload, 0, sizeof *reload);
    reload->office = office;
    reload->path = path;
    reload->name = slash + 1;
    snprintf(reload->folder, sizeof reload->folder, "%.*s", (int)(slash - path) + 1, path);
    uv_timer_init(loop, &reload->settle);
    uv_fs_event_init(loop, &reload->watch);
    reload->settle.data = reload->watch.data = reload;
    rc = uv_fs_event_start(&reload->watch, on_change, reload->folder, 0);
    if (rc != 0)
        log_warning("config: %s cannot be watched (%s): send SIGHUP after a change", path,
                    uv_strerror(rc));
}

void reload_close(struct reload *reload)
{
    reload->closed = true;
    uv_close((uv_handle_t *)&reload->settle, NULL);
    uv_close((uv_handle_t *)&reload->watch, NULL);
}
