/* SPDX-License-Identifier: Apache-2.0 */
#include "near.h"

#include <math.h>

#include "dispatch_checks.h"

static const double earth_km = 6371;
static const double enough_days = 0.25; /* that a part is ahead, by the kits of a day */

static double distance(const struct config_site *a, const struct config_site *b)
{
    double degree = acos(-1) / 180;
    double dlat = (b->lat - a->lat) * degree / 2, dlon = (b->lon - a->lon) * degree / 2;
    double h =
        sin(dlat) * sin(dlat) + cos(a->lat * degree) * cos(b->lat * degree) * sin(dlon) * sin(dlon);

    return 2 * earth_km * asin(sqrt(fmin(h, 1)));
}

double far_from_assembly(const struct config *config, size_t site)
{
    double nearest = (double)INFINITY;

    for (size_t i = 0; i < config->site_count; i++)
        if (config->sites[i].assembly)
            nearest = fmin(nearest, distance(&config->sites[site], &config->sites[i]));
    return isfinite(nearest) ? nearest : 0;
}

/* Some job asks for the part, and a program makes it. */
static bool is_made(const struct dispatch *d, size_t part)
{
    size_t job = 0, program = 0;

    while (job < d->job_count &&
           (d->jobs[job].part != part || check_job(&d->jobs[job]) != REFUSAL_NONE))
        job++;
    while (program < d->program_count && check_yield(&d->programs[program], part) == SIZE_MAX)
        program++;
    return job < d->job_count && program < d->program_count;
}

static double nearest_machine(const struct dispatch *d, const struct dispatch_program *program)
{
    double nearest = (double)INFINITY;

    for (size_t i = 0; i < d->machine_count; i++) {
        const struct dispatch_machine *m = &d->machines[i];

        if (m->site < d->site_count && d->sites[m->site].far_km < nearest && m->view->flags == 0 &&
            m->view->state != MACHINE_OFFLINE && check_suits(program, m) == REFUSAL_NONE)
            nearest = d->sites[m->site].far_km;
    }
    return nearest;
}

static double nearest_of_part(const struct dispatch *d, size_t part)
{
    double nearest = (double)INFINITY;

    for (size_t i = 0; i < d->program_count; i++)
        if (check_yield(&d->programs[i], part) != SIZE_MAX)
            nearest = fmin(nearest, nearest_machine(d, &d->programs[i]));
    return nearest;
}

void near_fill(struct dispatch *d)
{
    double least = (double)INFINITY;

    for (size_t i = 0; i < d->part_count; i++)
        if (d->parts[i].in_kits && is_made(d, i))
            least = fmin(least, d->parts[i].have / d->parts[i].needed);
    for (size_t i = 0; i < d->part_count; i++) {
        struct dispatch_part *part = &d->parts[i];
        bool enough = part->in_kits && part->have / part->needed >= least + enough_days;

        part->within_km = enough ? nearest_of_part(d, i) : (double)INFINITY;
    }
}

enum refusal near_check(const struct dispatch_job *job, const struct dispatch *d, size_t machine)
{
    const struct dispatch_part *part = &d->parts[job->part];
    bool chosen = job->sites != NULL || job->preferred_count > 0;
    bool urgent = job->job->due_ms != 0 && job->job->due_ms < d->now_ms + 86400000;

    if (!part->in_kits || chosen || urgent)
        return REFUSAL_NONE;
    return d->sites[d->machines[machine].site].far_km > part->within_km ? REFUSAL_NEARER
                                                                        : REFUSAL_NONE;
}
