/* SPDX-License-Identifier: Apache-2.0 */
#include "shares.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "dispatch_checks.h"
#include "jobs.h"
#include "split.h"
#include "start.h"

static const double earth_km = 6371;

static double distance(const struct config_site *a, const struct config_site *b)
{
    double degree = acos(-1) / 180;
    double dlat = (b->lat - a->lat) * degree / 2, dlon = (b->lon - a->lon) * degree / 2;
    double h =
        sin(dlat) * sin(dlat) + cos(a->lat * degree) * cos(b->lat * degree) * sin(dlon) * sin(dlon);

    return 2 * earth_km * asin(sqrt(fmin(h, 1)));
}

static double far_from_assembly(const struct config *config, size_t site)
{
    double nearest = (double)INFINITY;

    for (size_t i = 0; i < config->site_count; i++)
        if (config->sites[i].assembly)
            nearest = fmin(nearest, distance(&config->sites[site], &config->sites[i]));
    return isfinite(nearest) ? nearest : 0;
}

/* Pieces a second of the job's part on one machine, with the best of its programs; 0: none. */
static double best_rate(const struct dispatch *d, size_t job, size_t machine, int64_t *pieces)
{
    const struct dispatch_machine *m = &d->machines[machine];
    double best = 0;

    for (size_t i = 0; i < d->program_count; i++) {
        const struct dispatch_program *p = &d->programs[i];
        size_t yield = check_yield(p, d->jobs[job].part);
        double time_s, rate;

        if (yield == SIZE_MAX || check_suits(p, m) != REFUSAL_NONE)
            continue;
        time_s = check_model(p, m->model)->time_s + m->warm_s + d->sites[m->site].clear_s;
        rate = (double)p->program->yields[yield].pieces / fmax(time_s, 1);
        if (rate <= best)
            continue;
        best = rate;
        *pieces = p->program->yields[yield].pieces;
    }
    return best;
}

static bool works(const struct dispatch *d, size_t job, size_t machine)
{
    const struct machine_view *view = d->machines[machine].view;

    return (view->flags & (FLAG_QUARANTINED | FLAG_OUT_OF_SERVICE)) == 0 &&
           view->state != MACHINE_OFFLINE && d->machines[machine].site < d->site_count &&
           check_place(&d->jobs[job], d, machine) == REFUSAL_NONE;
}

static void add_machines(const struct dispatch *d, size_t job, struct split_site *sites,
                         struct share *shares)
{
    for (size_t i = 0; i < d->machine_count; i++) {
        size_t site = d->machines[i].site;
        int64_t pieces = 0;
        double rate = works(d, job, i) ? best_rate(d, job, i, &pieces) : 0;

        if (rate <= 0)
            continue;
        sites[site].pieces_s += rate;
        sites[site].at_once += pieces;
        sites[site].alone = (shares[site].machines == 0 || sites[site].alone) &&
                            d->machines[i].profile->unattended &&
                            d->machines[i].profile->auto_eject;
        shares[site].machines++;
    }
}

static size_t job_index(const struct queue *queue, int64_t id)
{
    for (size_t i = 0; i < queue->job_count; i++)
        if (queue->jobs[i]->job.id == id)
            return i;
    return SIZE_MAX;
}

/* Rows of sites without machines go; returns how many stay. */
static size_t fill_rows(const struct queue *queue, const struct split_site *sites,
                        struct share *shares)
{
    size_t n = 0;

    for (size_t i = 0; i < queue->config->site_count; i++) {
        struct share share = shares[i];

        if (share.machines == 0)
            continue;
        snprintf(share.site, sizeof share.site, "%s", queue->config->sites[i].id);
        share.per_hour = sites[i].pieces_s * 3600;
        share.far_km = sites[i].far_km;
        share.pieces = sites[i].share;
        shares[n++] = share;
    }
    return n;
}

enum err queue_shares(struct queue *queue, int64_t job, struct share **items, size_t *count,
                      int64_t *done_ms)
{
    size_t index = job_index(queue, job), site_count = queue->config->site_count;
    struct snapshot *snapshot = index != SIZE_MAX ? snapshot_make(queue) : NULL;
    struct split_site *sites = calloc(site_count + 1, sizeof *sites);
    struct share *shares = calloc(site_count + 1, sizeof *shares);
    const struct dispatch *d;
    double due_s = (double)INFINITY, done_s;

    if (snapshot == NULL || sites == NULL || shares == NULL) {
        snapshot_free(snapshot);
        free(sites);
        free(shares);
        return index == SIZE_MAX ? ERR_NOT_FOUND : ERR_NO_MEMORY;
    }
    d = snapshot_dispatch(snapshot);
    for (size_t i = 0; i < site_count; i++) {
        sites[i].hours = &d->sites[i];
        sites[i].far_km = far_from_assembly(queue->config, i);
    }
    add_machines(d, index, sites, shares);
    if (queue->jobs[index]->job.due_ms != 0)
        due_s = fmax(0, (double)(queue->jobs[index]->job.due_ms - d->now_ms) / 1000);
    done_s = split_job(sites, site_count, queue->jobs[index]->job.owed, due_s);
    *done_ms = isfinite(done_s) ? d->now_ms + (int64_t)(done_s * 1000) : 0;
    *count = fill_rows(queue, sites, shares);
    *items = shares;
    snapshot_free(snapshot);
    free(sites);
    return ERR_OK;
}
