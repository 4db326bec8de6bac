/* SPDX-License-Identifier: Apache-2.0 */
#include "ahead.h"

#include <math.h>
#include <string.h>

static const double night_s = 4 * 3600.0; /* a pause as long as this is a night, not a lunch */
static const double many = 24; /* so many runs before closing: the last one does not matter yet */

static double shorter(double a, double b)
{
    return a < b ? a : b;
}

/* Spans up to the first night; the morning after it is the horizon. */
static void take_spans(struct ahead *a, const struct dispatch_site *site)
{
    const struct dispatch_span whole = {0, site->closes_s};
    const struct dispatch_span *spans = site->span_count > 0 ? site->spans : &whole;
    size_t count = site->span_count > 0 ? site->span_count : site->open ? 1 : 0;
    double end = 0;

    for (size_t i = 0; i < count; i++) {
        if (spans[i].from_s - end > night_s || (i > 0 && spans[i].from_s >= 24 * 3600.0)) {
            a->horizon_s = spans[i].from_s;
            return;
        }
        a->spans[a->span_count++] = spans[i];
        a->attended_s += spans[i].to_s - spans[i].from_s;
        end = spans[i].to_s;
    }
}

void ahead_begin(struct ahead *a, const struct dispatch_machine *machine,
                 const struct dispatch_site *site)
{
    bool ejects = machine->profile->auto_eject;

    a->span_count = a->run_count = 0;
    a->attended_s = a->rate = 0;
    a->horizon_s = (double)INFINITY;
    a->clear_s = ejects ? 0 : site->clear_s;
    a->unattended = machine->profile->unattended;
    if (ejects && a->unattended)
        a->attended_s = (double)INFINITY;
    else
        take_spans(a, site);
}

void ahead_add(struct ahead *a, struct ahead_run run)
{
    size_t at = 0, end;

    while (at < a->run_count && a->runs[at].time_s < run.time_s)
        at++;
    if ((at > 0 && a->runs[at - 1].worth >= run.worth) ||
        (at < a->run_count && a->runs[at].time_s <= run.time_s && a->runs[at].worth >= run.worth))
        return;
    for (end = at; end < a->run_count && a->runs[end].worth <= run.worth;)
        end++; /* they take longer and give no more */
    if (end == at && a->run_count == AHEAD_RUNS)
        return;
    memmove(&a->runs[at + 1], &a->runs[end], (a->run_count - end) * sizeof run);
    a->runs[at] = run;
    a->run_count = a->run_count + 1 - (end - at);
}

/* When a bed whose run ends at end_s is clear. */
static double clear_at(const struct ahead *a, double end_s)
{
    for (size_t i = 0; i < a->span_count; i++) {
        double there = end_s > a->spans[i].from_s ? end_s : a->spans[i].from_s;

        if (there + a->clear_s <= a->spans[i].to_s)
            return there + a->clear_s;
    }
    return (isfinite(a->horizon_s) && end_s < a->horizon_s ? a->horizon_s : end_s) + a->clear_s;
}

/* Seconds in which somebody is there before t_s. */
static double attended_before(const struct ahead *a, double t_s)
{
    double sum = 0;

    for (size_t i = 0; i < a->span_count && a->spans[i].from_s < t_s; i++)
        sum += shorter(t_s, a->spans[i].to_s) - a->spans[i].from_s;
    return sum;
}

/* The other way round; *closes_s: the end of that span. */
static double attended_time(const struct ahead *a, double attended_s, double *closes_s)
{
    double t = 0;

    for (size_t i = 0; i < a->span_count; i++) {
        double length = a->spans[i].to_s - a->spans[i].from_s;

        t = a->spans[i].from_s + attended_s;
        *closes_s = a->spans[i].to_s;
        if (attended_s < length)
            break;
        attended_s -= length;
    }
    return t;
}

/* What may follow when the bed is clear at t_s. */
static double following(const struct ahead *a, double t_s)
{
    double step;

    if (isinf(a->attended_s))
        return -a->rate * t_s;
    if (t_s >= a->horizon_s)
        return -a->rate * (t_s - a->horizon_s);
    if (a->attended_s <= 0)
        return 0;
    step = ceil(attended_before(a, t_s) / a->attended_s * AHEAD_STEPS - 1e-6);
    return step >= 0 && step <= AHEAD_STEPS ? a->best[(size_t)step] : 0;
}

double ahead_value(const struct ahead *a, double from_s, struct ahead_run run)
{
    double end = from_s + run.time_s;

    return run.worth + following(a, isinf(a->attended_s) ? end + a->clear_s : clear_at(a, end));
}

/* The best that can be started at t_s; none: 0. */
static double best_start(const struct ahead *a, double t_s, double closes_s)
{
    double best = 0;

    for (size_t i = 0; i < a->run_count; i++) {
        double value;

        if (!a->unattended && t_s + a->runs[i].time_s > closes_s)
            break; /* so do all the longer ones */
        value = ahead_value(a, t_s, a->runs[i]);
        best = value > best ? value : best;
    }
    return best;
}

void ahead_plan(struct ahead *a)
{
    for (size_t i = 0; i < a->run_count; i++) {
        double cycle = a->runs[i].time_s + a->clear_s + 1e-9;

        a->rate = fmax(a->rate, a->runs[i].worth / cycle);
    }
    if (a->run_count > 0 && (a->runs[a->run_count - 1].time_s + a->clear_s) * many < a->attended_s)
        a->attended_s = (double)INFINITY;
    if (isinf(a->attended_s) || a->attended_s <= 0)
        return;
    a->best[AHEAD_STEPS] = 0;
    for (size_t step = AHEAD_STEPS; step-- > 0;) {
        double closes = 0;
        double t = attended_time(a, a->attended_s * (double)step / AHEAD_STEPS, &closes);

        a->best[step] = a->best[step + 1]; /* waiting */
        a->best[step] = fmax(a->best[step], best_start(a, t, closes));
    }
}
