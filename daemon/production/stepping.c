/* SPDX-License-Identifier: Apache-2.0 */
#include "stepping.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ledger.h"

/* One asking under way. */
struct doing {
    const struct goods *goods;
    const struct stepping_ask *ask;
    struct goods_facts *facts;
    char *text;
    struct hand_steps steps; /* of the item */
    size_t k;                /* the step, among them */
    const struct stock_row *row;
};

static enum err say(const struct doing *d, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum err say(const struct doing *d, enum err err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(d->text, GOODS_TEXT_SIZE, format, args);
    va_end(args);
    return err;
}

/* ---- what is asked ---- */

static size_t find_step(const struct hand_steps *steps, const char *id)
{
    size_t k = 0;

    while (k < steps->count && strcmp(steps->items[k].id, id) != 0)
        k++;
    return k;
}

static bool is_count(int64_t n)
{
    return n >= 0 && n <= GOODS_QUANTITY_MAX;
}

static enum err check(const struct doing *d)
{
    const struct stepping_ask *ask = d->ask;
    const struct config *config = d->goods->view.config;

    if (config_site(config, ask->site) == NULL)
        return say(d, ERR_INVALID, "no site \"%s\" in the config", ask->site);
    if (config_part(config, ask->item) == NULL && config_product(config, ask->item) == NULL)
        return say(d, ERR_INVALID, "\"%s\" is neither a part nor a product of the config",
                   ask->item);
    if (d->k == d->steps.count)
        return say(d, ERR_INVALID, "%s has no step \"%s\": \"usine steps --all\" lists them",
                   ask->item, ask->step);
    if (!is_count(ask->quantity) || !is_count(ask->scrap) || ask->quantity + ask->scrap == 0)
        return say(d, ERR_INVALID, "say how many: a quantity, or scrap, from 1 to %d",
                   GOODS_QUANTITY_MAX);
    if (ask->scrap > 0 && ask->reason[0] == '\0')
        return say(d, ERR_INVALID, "say why they are thrown away: give a reason");
    return ERR_OK;
}

static struct doing begin(const struct goods *goods, const struct stepping_ask *ask,
                          struct goods_facts *facts, char text[GOODS_TEXT_SIZE])
{
    struct doing d = {.goods = goods, .ask = ask, .facts = facts, .text = text};

    d.steps = hand_steps(goods->view.config, ask->item);
    d.k = find_step(&d.steps, ask->step);
    d.row = stock_find(goods->view.stock, ask->site, ask->item);
    return d;
}

static enum err finish(const struct doing *d)
{
    return d->facts->failed ? say(d, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY)) : ERR_OK;
}

/* ---- facts ---- */

static struct fact *add(const struct doing *d, enum fact_kind kind, const char *lot, int64_t qty)
{
    struct fact *fact = goods_facts_add(d->facts);

    if (fact == NULL)
        return NULL;
    fact->at_ms = d->goods->now_ms;
    fact->day = ledger_day(d->goods->now_ms);
    fact->kind = kind;
    fact->qty = qty;
    memcpy(fact->site, d->ask->site, sizeof fact->site);
    memcpy(fact->part, d->ask->item, sizeof fact->part);
    memcpy(fact->by, d->ask->by, sizeof fact->by);
    snprintf(fact->lot, sizeof fact->lot, "%s", lot);
    return fact;
}

/* qty pieces are done; below 0: they wait again. */
static void add_done(const struct doing *d, const char *lot, int64_t qty, const char *how)
{
    struct fact *fact = qty != 0 ? add(d, FACT_STEPPED, lot, qty) : NULL;

    if (fact == NULL)
        return;
    snprintf(fact->step, sizeof fact->step, "%s", d->ask->step);
    snprintf(fact->step_from, sizeof fact->step_from, "%s", hand_stage(&d->steps, d->k));
    snprintf(fact->reason, sizeof fact->reason, "%s", how);
}

/* qty pieces are no good; below 0: they are, after all. */
static void add_scrap(const struct doing *d, const char *lot, int64_t qty)
{
    struct fact *fact = qty != 0 ? add(d, FACT_DISCARDED, lot, -qty) : NULL;

    if (fact == NULL)
        return;
    snprintf(fact->step, sizeof fact->step, "%s", hand_stage(&d->steps, d->k));
    memcpy(fact->found, d->ask->step, sizeof fact->found);
    memcpy(fact->reason, d->ask->reason, sizeof fact->reason);
}

/* ---- done ---- */

/* Pieces of a lot that wait for the step; 0 for a lot that is not meant. */
static int64_t waiting_in(const struct doing *d, const struct stock_lot *lot)
{
    int64_t at[HAND_STEPS_MAX + 1];

    if (!d->ask->any_lot && strcmp(lot->lot, d->ask->lot) != 0)
        return 0;
    hand_spread(&d->goods->view, d->row, lot, at);
    return at[d->k];
}

static bool is_blocked(const struct doing *d, const struct stock_lot *lot)
{
    return blocks_find(d->goods->view.blocks, lot->lot) != NULL;
}

/* *blocked: how many more lie in blocked lots, which no hand works on. */
static int64_t waiting_all(const struct doing *d, int64_t *blocked)
{
    int64_t sum = 0;

    *blocked = 0;
    for (size_t i = 0; d->row != NULL && i < d->row->lot_count; i++)
        *(is_blocked(d, &d->row->lots[i]) ? blocked : &sum) += waiting_in(d, &d->row->lots[i]);
    return sum;
}

static const char *step_name(const struct doing *d)
{
    return d->steps.items[d->k].name.en;
}

static enum err too_few(const struct doing *d, int64_t waiting, int64_t blocked)
{
    const struct stepping_ask *ask = d->ask;
    int64_t asked = ask->quantity + ask->scrap;
    struct goods_lack lack = {&d->goods->view, ask->site, ask->item, ask->any_lot ? "" : ask->lot,
                              asked};

    if (waiting + blocked >= asked)
        return goods_blocked(&lack, waiting, d->text);

    if (!ask->any_lot)
        return say(d, ERR_REFUSED, "of lot %s %lld %s wait for %s at %s, not %lld",
                   ask->lot[0] != '\0' ? ask->lot : "-", (long long)waiting, ask->item,
                   step_name(d), ask->site, (long long)asked);
    return say(d, ERR_REFUSED, "%lld %s wait for %s at %s, not %lld", (long long)waiting, ask->item,
               step_name(d), ask->site, (long long)asked);
}

enum err stepping_make(const struct goods *goods, const struct stepping_ask *ask,
                       struct goods_facts *facts, char text[GOODS_TEXT_SIZE])
{
    struct doing d = begin(goods, ask, facts, text);
    int64_t scrap = ask->scrap, quantity = ask->quantity, there, blocked;
    enum err err = check(&d);

    if (err != ERR_OK)
        return err;
    there = waiting_all(&d, &blocked);
    if (there < quantity + scrap)
        return too_few(&d, there, blocked);
    for (size_t i = 0; d.row != NULL && i < d.row->lot_count; i++) {
        const struct stock_lot *lot = &d.row->lots[i];
        int64_t waiting = is_blocked(&d, lot) ? 0 : waiting_in(&d, lot);
        int64_t bad = waiting < scrap ? waiting : scrap;
        int64_t done = waiting - bad < quantity ? waiting - bad : quantity;

        add_scrap(&d, lot->lot, bad);
        add_done(&d, lot->lot, done, ask->note[0] != '\0' ? ask->note : d.steps.items[d.k].method);
        scrap -= bad;
        quantity -= done;
    }
    return finish(&d);
}

/* ---- taken back ---- */

/* Pieces of the lot that have passed this step, and none after it. */
static int64_t just_done(const struct doing *d)
{
    for (size_t i = 0; d->row != NULL && i < d->row->lot_count; i++) {
        int64_t at[HAND_STEPS_MAX + 1];

        if (strcmp(d->row->lots[i].lot, d->ask->lot) != 0)
            continue;
        hand_spread(&d->goods->view, d->row, &d->row->lots[i], at);
        return at[d->k + 1];
    }
    return 0;
}

enum err stepping_back(const struct goods *goods, const struct stepping_ask *ask,
                       struct goods_facts *facts, char text[GOODS_TEXT_SIZE])
{
    struct doing d = begin(goods, ask, facts, text);
    struct stage_key key = {ask->site, ask->item, ask->lot, ""};
    enum err err = check(&d);

    if (err != ERR_OK)
        return err;
    key.step = hand_stage(&d.steps, d.k);
    if (just_done(&d) < ask->quantity)
        return say(&d, ERR_REFUSED,
                   "of lot %s %lld %s lie at %s with %s as their last step, not %lld",
                   ask->lot[0] != '\0' ? ask->lot : "-", (long long)just_done(&d), ask->item,
                   ask->site, step_name(&d), (long long)ask->quantity);
    if (stages_discarded(goods->view.stages, &key) < ask->scrap)
        return say(&d, ERR_REFUSED, "of lot %s %lld %s were thrown away at %s before %s, not %lld",
                   ask->lot[0] != '\0' ? ask->lot : "-",
                   (long long)stages_discarded(goods->view.stages, &key), ask->item, ask->site,
                   step_name(&d), (long long)ask->scrap);
    add_done(&d, ask->lot, -ask->quantity, ask->reason);
    add_scrap(&d, ask->lot, -ask->scrap);
    return finish(&d);
}
