/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "queue/warehouse.h"

enum {
    KITS_A_QUARTER = 20,  /* of one table */
    ELASTICS_LEAST = 300, /* below, a box is brought the next morning */
    ELASTICS_BOX = 2400,
    LOSS_DAY = 5, /* on which some visors get lost, and are missed the next evening */
    LOSS = 3,
};

static const char *const parts[TABLE_PARTS] = {"serre-tete", "ecran", "elastique"};
static const char product[] = "visiere";

void tables_init(struct tables *tables, const struct config *config)
{
    for (size_t i = 0; i < config->site_count && i < TABLE_SITES; i++) {
        struct table_site *site = &tables->sites[tables->site_count++];
        const struct config_site *from = &config->sites[i];

        memcpy(site->id, from->id, sizeof site->id);
        site->lat = from->lat;
        site->lon = from->lon;
        site->assembly = from->assembly;
    }
}

/* ---- asking the office ---- */

struct doing {
    struct tables *tables;
    struct goods_ask ask;
};

static void add(struct doing *doing, const char *site, const char *item, int64_t quantity)
{
    truth_heap(doing->tables->truth, site, item)->there += quantity;
}

static void assembled(struct doing *doing)
{
    struct tables *tables = doing->tables;
    const struct goods_ask *ask = &doing->ask;
    size_t day = truth_day(tables->truth, tables->agenda->now_ms);

    for (size_t p = 0; p < TABLE_PARTS; p++)
        add(doing, ask->site, parts[p], -ask->quantity);
    add(doing, ask->site, product, ask->quantity);
    truth_heap(tables->truth, ask->site, product)->assembled[day] += ask->quantity;
    tables->kits += ask->quantity;
}

static void happened(struct doing *doing)
{
    struct tables *tables = doing->tables;
    const struct goods_ask *ask = &doing->ask;

    switch (ask->kind) {
    case GOODS_RECEIVE:
        add(doing, ask->site, ask->item, ask->quantity);
        tables->received += ask->quantity;
        break;
    case GOODS_MOVE:
        add(doing, ask->site, ask->item, -ask->quantity);
        add(doing, ask->to, ask->item, ask->quantity);
        tables->moves++;
        break;
    case GOODS_ASSEMBLE:
        assembled(doing);
        break;
    case GOODS_DISCARD:
        add(doing, ask->site, ask->item, -ask->quantity);
        tables->discarded += ask->quantity;
        break;
    case GOODS_COUNT: /* what there is was there before */
        tables->found_out++;
        break;
    case GOODS_SHIP:
        break;
    }
}

static void on_done(void *context, enum err err, const char *text, int64_t id)
{
    struct doing *doing = context;

    (void)id;
    if (err == ERR_OK)
        happened(doing);
    else
        fprintf(stderr, "operation: %s\n", text);
    doing->tables->refused += err != ERR_OK;
    *doing->tables->stirred = true;
    free(doing);
}

static void ask(struct tables *tables, const struct goods_ask *what)
{
    struct doing *doing = malloc(sizeof *doing);

    if (doing == NULL)
        exit(2);
    *doing = (struct doing){tables, *what};
    snprintf(doing->ask.by, sizeof doing->ask.by, "%s", what->site);
    queue_goods(tables->queue, &doing->ask, on_done, doing);
}

static struct goods_ask make(enum goods_kind kind, const char *site, const char *item,
                             int64_t quantity)
{
    struct goods_ask what = {.kind = kind, .quantity = quantity};

    snprintf(what.site, sizeof what.site, "%s", site);
    snprintf(what.item, sizeof what.item, "%s", item);
    return what;
}

/* What the phones say there is; never more than what lies there. */
static int64_t known(const struct tables *tables, const char *site, const char *item)
{
    int64_t book = stock_of(queue_stock(tables->queue), site, item);
    int64_t there = truth_heap(tables->truth, site, item)->there;

    return book < there ? book : there;
}

/* ---- vans ---- */

static void carry(struct tables *tables, const struct table_site *from, const struct table_site *to,
                  const int64_t quantities[2])
{
    for (size_t p = 0; p < 2; p++) {
        struct goods_ask what = make(GOODS_MOVE, from->id, parts[p], quantities[p]);

        snprintf(what.to, sizeof what.to, "%s", to->id);
        if (quantities[p] > 0)
            ask(tables, &what);
    }
}

static const struct table_site *nearest_hub(const struct tables *tables,
                                            const struct table_site *from)
{
    const struct table_site *best = NULL;
    double least = INFINITY;

    for (size_t i = 0; i < tables->site_count; i++) {
        const struct table_site *hub = &tables->sites[i];
        double far = hypot(hub->lat - from->lat, (hub->lon - from->lon) * 0.65);

        if (!hub->assembly || far >= least)
            continue;
        least = far;
        best = hub;
    }
    return best;
}

static void collect(struct tables *tables)
{
    for (size_t i = 0; i < tables->site_count; i++) {
        const struct table_site *from = &tables->sites[i];
        const int64_t all[2] = {known(tables, from->id, parts[0]),
                                known(tables, from->id, parts[1])};

        if (!from->assembly)
            carry(tables, from, nearest_hub(tables, from), all);
    }
}

/* How many of one part a hub has beyond the other. */
static int64_t excess(const struct tables *tables, const struct table_site *hub, size_t part)
{
    return known(tables, hub->id, parts[part]) - known(tables, hub->id, parts[1 - part]);
}

/* What one assembly site has too many of goes to one that lacks it. */
static void even_out(struct tables *tables)
{
    for (size_t i = 0; i < tables->site_count * tables->site_count; i++) {
        const struct table_site *from = &tables->sites[i / tables->site_count];
        const struct table_site *to = &tables->sites[i % tables->site_count];

        if (!from->assembly || !to->assembly || from == to)
            continue;
        for (size_t p = 0; p < 2; p++) {
            int64_t more = excess(tables, from, p), less = -excess(tables, to, p);
            int64_t quantities[2] = {0};

            quantities[p] = more < less ? more : less;
            if (quantities[p] <= 0)
                continue;
            carry(tables, from, to, quantities);
            return; /* one way a time: the stock changes */
        }
    }
}

/* ---- tables ---- */

static void assemble(struct tables *tables, const struct table_site *site)
{
    struct goods_ask bad = make(GOODS_DISCARD, site->id, parts[0], 1);
    int64_t kits = KITS_A_QUARTER;

    for (size_t p = 0; p < TABLE_PARTS; p++) {
        int64_t have = known(tables, site->id, parts[p]);

        kits = have < kits ? have : kits;
    }
    if (kits > 1 && dice_share(&tables->dice) < 0.05) {
        snprintf(bad.reason, sizeof bad.reason, "peg broken at assembly");
        ask(tables, &bad);
        return;
    }
    if (kits > 0) {
        struct goods_ask what = make(GOODS_ASSEMBLE, site->id, product, kits);

        ask(tables, &what);
    }
}

static void bring_elastics(struct tables *tables, const struct table_site *site)
{
    struct goods_ask box = make(GOODS_RECEIVE, site->id, parts[2], ELASTICS_BOX);

    if (known(tables, site->id, parts[2]) < ELASTICS_LEAST)
        ask(tables, &box);
}

/* Some visors fall behind the bench, and nobody says so. */
static void lose(struct tables *tables, const struct table_site *site)
{
    struct truth_heap *visors = truth_heap(tables->truth, site->id, parts[1]);
    int64_t gone = visors->there < LOSS ? visors->there : LOSS;

    visors->there -= gone;
    tables->lost += gone;
}

static void take_stock(struct tables *tables, const struct table_site *site)
{
    struct goods_ask what =
        make(GOODS_COUNT, site->id, parts[1], truth_heap(tables->truth, site->id, parts[1])->there);

    snprintf(what.reason, sizeof what.reason, "stocktake");
    if (what.quantity != stock_of(queue_stock(tables->queue), site->id, parts[1]))
        ask(tables, &what);
}

/* What belongs to a time of day; true: done for this quarter. */
static bool by_the_clock(struct tables *tables, const struct table_site *hub, int hour, int minute)
{
    size_t day = truth_day(tables->truth, tables->agenda->now_ms);

    if (minute != 0)
        return false;
    if (hour == 9)
        bring_elastics(tables, hub);
    else if (hour == 16 && day == LOSS_DAY)
        lose(tables, hub);
    else if (hour == 17 && day == LOSS_DAY + 1)
        take_stock(tables, hub);
    else
        return false;
    return true;
}

void tables_quarter(struct tables *tables, const bool *open)
{
    time_t now = (time_t)(tables->agenda->now_ms / 1000);
    struct tm tm = {0};

    localtime_r(&now, &tm);
    if (tables->closed)
        return;
    if (tm.tm_min == 30 && (tm.tm_hour == 12 || tm.tm_hour == 17)) {
        collect(tables);
        return;
    }
    if (tm.tm_min == 45 && tm.tm_hour >= 13 && tm.tm_hour <= 17) {
        even_out(tables);
        return;
    }
    for (size_t i = 0; i < tables->site_count; i++)
        if (tables->sites[i].assembly && open[i] &&
            !by_the_clock(tables, &tables->sites[i], tm.tm_hour, tm.tm_min))
            assemble(tables, &tables->sites[i]);
}
