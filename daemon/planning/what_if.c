/* SPDX-License-Identifier: Apache-2.0 */
/* "+3 prusa-mk3@caen", "hours caen 08:00-22:00", "operators caen +2", "close rouen",
 * "stock elastique +500": read and applied. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

enum { WORDS_MAX = 128, MACHINES_MORE = 1000, HANDS_MORE = 1000 };
static const double stock_more = 1e9;

struct reading {
    const struct outlook *outlook;
    char *why;
    size_t size;
};

static enum err complain(const struct reading *r, const char *what, const char *about)
{
    if (about[0] != '\0')
        snprintf(r->why, r->size, "\"%s\": %s", about, what);
    else
        snprintf(r->why, r->size, "%s", what);
    return ERR_INVALID;
}

static const char usage[] =
    "say one of: +3 MODEL@SITE, -1 MODEL@SITE, hours SITE 08:00-22:00, operators SITE +2, "
    "close SITE, stock PART +500";

static enum err find_site(const struct reading *r, const char *id, size_t *site)
{
    for (size_t i = 0; i < r->outlook->config->site_count; i++)
        if (strcmp(r->outlook->config->sites[i].id, id) == 0) {
            *site = i;
            return ERR_OK;
        }
    return complain(r, "no such site", id);
}

static bool read_number(const char *text, double most, double *number)
{
    char *end;

    *number = strtod(text, &end);
    return end != text && *end == '\0' && *number >= -most && *number <= most;
}

/* "+3 prusa-mk3@caen" */
static enum err read_machines(const struct reading *r, char *first, char *rest, struct what_if *to)
{
    char *at = strchr(rest, '@');

    to->kind = WHAT_IF_MACHINES;
    if (!read_number(first, MACHINES_MORE, &to->number) || at == NULL)
        return complain(r, usage, "");
    *at = '\0';
    for (to->model = 0; to->model < r->outlook->config->model_count; to->model++)
        if (strcmp(r->outlook->config->models[to->model].id, rest) == 0)
            return find_site(r, at + 1, &to->site);
    return complain(r, "no such machine model", rest);
}

/* "hours caen 08:00-22:00", "operators caen +2": a site, then what. */
static enum err read_site(const struct reading *r, char *rest, struct what_if *to)
{
    char *value = strchr(rest, ' ');
    char why[120];

    if (value == NULL)
        return complain(r, usage, "");
    *value++ = '\0';
    if (find_site(r, rest, &to->site) != ERR_OK)
        return ERR_INVALID;
    if (to->kind == WHAT_IF_OPERATORS)
        return read_number(value, HANDS_MORE, &to->number)
                   ? ERR_OK
                   : complain(r, "how many more? write +2", value);
    return hours_parse(value, &to->hours, why, sizeof why) ? ERR_OK : complain(r, why, value);
}

/* "stock elastique +500" */
static enum err read_stock(const struct reading *r, char *rest, struct what_if *to)
{
    char *value = strchr(rest, ' ');

    to->kind = WHAT_IF_STOCK;
    if (value == NULL)
        return complain(r, usage, "");
    *value++ = '\0';
    if (!read_number(value, stock_more, &to->number))
        return complain(r, "how many more? write +500", value);
    for (to->part = 0; to->part < r->outlook->dispatch.part_count; to->part++)
        if (strcmp(r->outlook->parts[to->part].id, rest) == 0)
            return ERR_OK;
    return complain(r, "no such part", rest);
}

enum err what_if_parse(const char *text, const struct outlook *outlook, struct what_if *what_if,
                       char *why, size_t size)
{
    struct reading r = {outlook, why, size};
    char words[WORDS_MAX];
    char *rest;

    *what_if = (struct what_if){.site = SIZE_MAX, .model = SIZE_MAX, .part = SIZE_MAX};
    while (*text == ' ')
        text++;
    if (strlen(text) >= sizeof words)
        return complain(&r, usage, "");
    memcpy(words, text, strlen(text) + 1);
    rest = strchr(words, ' ');
    if (rest == NULL)
        return complain(&r, usage, "");
    *rest++ = '\0';
    if (words[0] == '+' || words[0] == '-')
        return read_machines(&r, words, rest, what_if);
    if (strcmp(words, "stock") == 0)
        return read_stock(&r, rest, what_if);
    if (strcmp(words, "close") == 0) {
        what_if->kind = WHAT_IF_CLOSE;
        return find_site(&r, rest, &what_if->site);
    }
    if (strcmp(words, "hours") != 0 && strcmp(words, "operators") != 0)
        return complain(&r, usage, "");
    what_if->kind = words[0] == 'h' ? WHAT_IF_HOURS : WHAT_IF_OPERATORS;
    return read_site(&r, rest, what_if);
}

/* ---- applied ---- */

/* A new machine is like another of its model there or elsewhere: same material, same profile. */
static struct dispatch_machine like(const struct plan *plan, size_t model, size_t site)
{
    const struct plan_machine *best = NULL;
    struct dispatch_machine made = {0};

    for (size_t i = 0; i < plan->machine_count; i++) {
        const struct plan_machine *m = &plan->machines[i];

        if (m->ready.model == (int)model && (best == NULL || m->ready.site == site))
            best = m;
    }
    if (best != NULL)
        made = best->ready;
    else
        made.profile = &plan->outlook->config->models[model];
    made.model = (int)model;
    made.site = site;
    return made;
}

static enum err add_machines(const struct what_if *w, struct plan *plan)
{
    static const struct outlook_run none = {0};
    size_t more = (size_t)w->number;
    struct plan_machine *machines =
        realloc(plan->machines, (plan->machine_count + more + 1) * sizeof *machines);

    if (machines == NULL)
        return ERR_NO_MEMORY;
    plan->machines = machines;
    for (size_t i = 0; i < more; i++) {
        struct plan_machine *m = &machines[plan->machine_count];

        *m = (struct plan_machine){.doing = PLAN_WAITING, .run = &none};
        m->ready = like(plan, w->model, w->site);
        plan_make_ready(&m->ready);
        m->ready.number = plan->machine_count;
        snprintf(m->name, sizeof m->name, "new %zu", plan->machine_count++);
    }
    return ERR_OK;
}

static void remove_machines(const struct what_if *w, struct plan *plan)
{
    double left = -w->number;

    for (size_t i = plan->machine_count; i-- > 0 && left >= 1;) {
        struct plan_machine *m = &plan->machines[i];

        if (m->ready.model != (int)w->model || m->ready.site != w->site || m->doing >= PLAN_ABSENT)
            continue;
        m->doing = PLAN_GIVEN_UP;
        left--;
    }
}

static enum err set_hours(struct plan *plan, size_t site, const struct hours *hours)
{
    struct shifts shifts;
    enum err err =
        shifts_make(&shifts, hours, plan->now_ms, PLAN_DAYS_BACK, (int)(plan->horizon_s / 86400.0));

    shifts_finish(err == ERR_OK ? &plan->sites[site].shifts : &shifts);
    if (err == ERR_OK)
        plan->sites[site].shifts = shifts;
    return err;
}

static enum err close_site(struct plan *plan, size_t site)
{
    static const struct hours never = {0};

    for (size_t i = 0; i < plan->machine_count; i++)
        if (plan->machines[i].ready.site == site)
            plan->machines[i].doing = PLAN_GIVEN_UP;
    return set_hours(plan, site, &never);
}

enum err what_if_apply(const struct what_if *w, struct plan *plan)
{
    switch (w->kind) {
    case WHAT_IF_MACHINES:
        if (w->number > 0)
            return add_machines(w, plan);
        remove_machines(w, plan);
        return ERR_OK;
    case WHAT_IF_HOURS:
        return set_hours(plan, w->site, &w->hours);
    case WHAT_IF_OPERATORS:
        plan->sites[w->site].hands_more += w->number;
        return ERR_OK;
    case WHAT_IF_CLOSE:
        return close_site(plan, w->site);
    case WHAT_IF_STOCK:
        plan->bought_more[w->part] += w->number;
        break;
    }
    return ERR_OK;
}
