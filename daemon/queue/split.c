/* SPDX-License-Identifier: Apache-2.0 */
#include "split.h"

#include <math.h>

static const double longest_s = 10 * 365 * 86400.0;

double split_worked(const struct split_site *site, double t_s)
{
    const struct dispatch_site *hours = site->hours;
    double sum = 0, end = 0;

    if (site->alone || (hours->open && isinf(hours->closes_s)))
        return t_s;
    for (size_t i = 0; i < hours->span_count; i++) {
        if (hours->spans[i].from_s >= t_s)
            return sum;
        end = hours->spans[i].to_s;
        sum += fmin(end, t_s) - hours->spans[i].from_s;
    }
    return end > 0 && t_s > end ? sum * t_s / end : sum;
}

static double made(const struct split_site *site, double t_s)
{
    return site->pieces_s * split_worked(site, t_s);
}

/* Sites within a distance: what they make until t_s. */
static double all_made(const struct split_site *sites, size_t count, double within_km, double t_s)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        if (sites[i].far_km <= within_km)
            sum += made(&sites[i], t_s);
    return sum;
}

/* When they have made so many: halving. */
static double done_at(const struct split_site *sites, size_t count, double within_km,
                      int64_t pieces)
{
    double low = 0, high = longest_s;

    if (all_made(sites, count, within_km, high) < (double)pieces)
        return (double)INFINITY;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;

        if (all_made(sites, count, within_km, middle) < (double)pieces)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The next larger distance of a site that has machines; INFINITY: none. */
static double next_distance(const struct split_site *sites, size_t count, double beyond_km)
{
    double next = (double)INFINITY;

    for (size_t i = 0; i < count; i++)
        if (sites[i].pieces_s > 0 && sites[i].far_km > beyond_km)
            next = fmin(next, sites[i].far_km);
    return next;
}

/* Where one piece more does least harm: in a run that is not full, then by the largest fraction. */
static size_t place_for_one(const struct split_site *sites, size_t count, const double *exact)
{
    size_t best = 0;
    double most = -2;

    for (size_t i = 0; i < count; i++) {
        bool room = sites[i].at_once > 0 && sites[i].share % sites[i].at_once != 0;
        double left = exact[i] - (double)sites[i].share + (room ? 1 : 0);

        if (exact[i] > 0 && left > most) {
            most = left;
            best = i;
        }
    }
    return best;
}

/* Whole pieces that add up. */
static void round_shares(struct split_site *sites, size_t count, double within_km, double t_s,
                         int64_t pieces)
{
    double all = all_made(sites, count, within_km, t_s), exact[SPLIT_SITES_MAX];
    int64_t given = 0;

    for (size_t i = 0; i < count; i++) {
        bool near = sites[i].far_km <= within_km;

        exact[i] = near ? made(&sites[i], t_s) / all * (double)pieces : 0;
        sites[i].share = (int64_t)floor(exact[i]);
        given += sites[i].share;
    }
    for (; given < pieces; given++)
        sites[place_for_one(sites, count, exact)].share++;
}

double split_job(struct split_site *sites, size_t count, int64_t pieces, double due_s)
{
    double within_km = next_distance(sites, count, -1), done;

    for (size_t i = 0; i < count; i++)
        sites[i].share = 0;
    if (isinf(due_s)) {
        for (double next = within_km; isfinite(next); next = next_distance(sites, count, next))
            within_km = next;
    }
    done = done_at(sites, count, within_km, pieces);
    while (done > due_s) {
        double next = next_distance(sites, count, within_km);

        if (isinf(next))
            break;
        within_km = next;
        done = done_at(sites, count, within_km, pieces);
    }
    if (isfinite(done) && pieces > 0)
        round_shares(sites, count, within_km, done, pieces);
    return done;
}
