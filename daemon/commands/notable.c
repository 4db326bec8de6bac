/* SPDX-License-Identifier: Apache-2.0 */
#include "notable.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "office.h"
#include "queue/job.h"
#include "queue/roster.h"
#include "queue/run.h"

enum { SETTLE_MS = 60000 }; /* after a start machines are offline until they have answered */

/* The run it is about: under way, or awaiting its verdict; 0: none. */
static int64_t run_of(const struct office *office, const struct machine_view *view)
{
    if (view->run != 0)
        return view->run;
    return queue_run_find(office->queue, view->last_run) != NULL ? view->last_run : 0;
}

static void fill(struct notice_condition *condition, const struct office *office,
                 const struct machine_view *view)
{
    const struct config_site *site = config_site(office->config, view->site);
    struct notice_item *item = &condition->item;

    memset(condition, 0, sizeof *condition);
    snprintf(item->subject, sizeof item->subject, "%s", view->id);
    snprintf(item->site, sizeof item->site, "%s", view->site);
    snprintf(item->detail, sizeof item->detail, "%s", view->message);
    if (site != NULL && site->town[0] != '\0' && strcmp(site->town, site->name) != 0)
        snprintf(item->place, sizeof item->place, "%.80s, %.40s", site->name, site->town);
    else if (site != NULL)
        snprintf(item->place, sizeof item->place, "%s", site->name);
}

static void tell_waiting(const struct office *office, const struct machine_view *view,
                         struct notices *notices)
{
    static const enum notice_what whats[] = {
        [WAITING_CLEAR] = WHAT_CLEAR,   [WAITING_LOAD] = WHAT_LOAD,
        [WAITING_UNLOCK] = WHAT_UNLOCK, [WAITING_MATERIAL] = WHAT_MATERIAL,
        [WAITING_RESUME] = WHAT_RESUME,
    };
    struct notice_condition condition;

    if (view->waiting_for == WAITING_NOTHING)
        return;
    fill(&condition, office, view);
    condition.kind = NOTICE_NEEDS;
    condition.mark = run_of(office, view);
    condition.item.what = whats[view->waiting_for];
    notices_see(notices, &condition);
}

/* It went away in the middle of a run, or right after it, with nobody there yet to judge. */
static bool is_lost(const struct office *office, const struct machine_view *view)
{
    if (view->state != MACHINE_OFFLINE ||
        clock_wall(office->clock) - office->started_ms < SETTLE_MS)
        return false;
    return view->run != 0 || (view->last_outcome == RUN_FAILED && run_of(office, view) != 0);
}

static void tell_down(const struct office *office, const struct machine_view *view,
                      struct notices *notices)
{
    struct notice_condition condition;

    fill(&condition, office, view);
    condition.kind = NOTICE_DOWN;
    if (view->state == MACHINE_LOCKED)
        condition.item.what = WHAT_LOCKED;
    else if (is_lost(office, view))
        condition.item.what = WHAT_LOST;
    else if (view->flags & FLAG_QUARANTINED)
        condition.item.what = WHAT_QUARANTINED;
    else if (view->flags & FLAG_OUT_OF_SERVICE)
        condition.item.what = WHAT_OUT;
    else
        return;
    notices_see(notices, &condition);
}

static void tell_done(const struct office *office, const struct job *job, struct notices *notices)
{
    const struct config_part *part = config_part(office->config, job->part);
    struct notice_condition condition = {.kind = NOTICE_DONE, .item.what = WHAT_DONE};
    const char *sites[JOB_SITES_MAX + 1];

    for (size_t i = 0; i < job->site_count; i++)
        sites[i] = job->sites[i];
    sites[job->site_count] = NULL;
    condition.sites = sites;
    condition.item.quantity = job->good;
    snprintf(condition.item.subject, sizeof condition.item.subject, "%" PRId64, job->id);
    snprintf(condition.item.detail, sizeof condition.item.detail, "%s",
             part != NULL ? part->name : job->part);
    if (job->site_count == 1)
        snprintf(condition.item.site, sizeof condition.item.site, "%s", job->sites[0]);
    notices_see(notices, &condition);
}

void notable_gather(void *context, struct notices *notices)
{
    const struct office *office = context;
    const struct machine_view *views;
    const struct job *job;
    size_t count;

    if (office->queue == NULL)
        return;
    views = queue_views(office->queue, &count);
    for (size_t i = 0; i < count; i++) {
        tell_waiting(office, &views[i], notices);
        tell_down(office, &views[i], notices);
    }
    for (size_t i = 0; (job = queue_job_at(office->queue, i)) != NULL; i++)
        if (job->state == JOB_DONE)
            tell_done(office, job, notices);
}
