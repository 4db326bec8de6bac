/* SPDX-License-Identifier: Apache-2.0 */
#include "goods.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "kits.h"
#include "ledger.h"

/* One asking under way. */
struct making {
    const struct goods *goods;
    const struct goods_ask *ask;
    struct goods_facts *facts;
    char *text;
    char kit_lot[LOT_SIZE]; /* of what is put together */
};

struct fact *goods_facts_add(struct goods_facts *facts)
{
    struct fact *items = array_grow(facts->items, facts->count, &facts->room, sizeof *items);

    if (items == NULL) {
        facts->failed = true;
        return NULL;
    }
    facts->items = items;
    facts->items[facts->count] = (struct fact){.id = 0};
    return &facts->items[facts->count++];
}

void goods_facts_finish(struct goods_facts *facts)
{
    free(facts->items);
    *facts = (struct goods_facts){.items = NULL};
}

static enum err say(const struct making *m, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum err say(const struct making *m, enum err err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(m->text, GOODS_TEXT_SIZE, format, args);
    va_end(args);
    return err;
}

/* ---- facts ---- */

/* Pieces of a lot that have come equally far. */
struct portion {
    const char *lot, *step; /* the last of their steps by hand; "": none */
    int64_t qty;
};

static void put(const struct making *m, enum fact_kind kind, const char *item,
                const struct portion *what)
{
    struct fact *fact = what->qty != 0 ? goods_facts_add(m->facts) : NULL;

    if (fact == NULL)
        return;
    fact->at_ms = m->goods->now_ms;
    fact->day = ledger_day(m->goods->now_ms);
    fact->kind = kind;
    fact->qty = what->qty;
    snprintf(fact->site, sizeof fact->site, "%s", m->ask->site);
    snprintf(fact->part, sizeof fact->part, "%s", item);
    snprintf(fact->lot, sizeof fact->lot, "%s", what->lot);
    snprintf(fact->step, sizeof fact->step, "%s", what->step);
    if (kind == FACT_ASSEMBLED && what->qty < 0)
        memcpy(fact->kit_lot, m->kit_lot, sizeof fact->kit_lot);
    snprintf(fact->reason, sizeof fact->reason, "%s", m->ask->reason);
    snprintf(fact->by, sizeof fact->by, "%s", m->ask->by);
}

/* What comes in has passed no step. */
static void put_new(const struct making *m, enum fact_kind kind, const char *item, const char *lot,
                    int64_t qty)
{
    struct portion what = {lot, "", qty};

    put(m, kind, item, &what);
}

/* What leaves a lot at the site, and what becomes of it elsewhere. */
static void leave(const struct making *m, enum fact_kind kind, const char *item,
                  const struct portion *what)
{
    struct portion gone = {what->lot, what->step, -what->qty};

    put(m, kind, item, &gone);
    if (kind != FACT_MOVED || m->facts->failed)
        return;
    put(m, kind, item, what);
    if (!m->facts->failed)
        memcpy(m->facts->items[m->facts->count - 1].site, m->ask->to, sizeof m->ask->to);
}

/* Whether what goes in this way may be of this lot: of a blocked one pieces are thrown away and
 * counted, no more. */
static bool may_go(const struct making *m, enum fact_kind kind, const char *lot)
{
    return kind == FACT_DISCARDED || kind == FACT_COUNTED ||
           blocks_find(m->goods->view.blocks, lot) == NULL;
}

/* How many steps by hand must have been passed by what goes in this way. */
static size_t gate_of(const struct hand_steps *steps, enum fact_kind kind)
{
    return kind == FACT_ASSEMBLED || kind == FACT_SHIPPED ? hand_gate(steps) : 0;
}

/* Takes up to qty pieces of a lot, those that have come furthest first: what is left is never said
 * to have passed more than it has. Returns how many. */
static int64_t take_lot(const struct making *m, enum fact_kind kind, const struct stock_row *row,
                        const struct stock_lot *lot, int64_t qty)
{
    struct hand_steps steps = hand_steps(m->goods->view.config, row->part);
    int64_t at[HAND_STEPS_MAX + 1], taken = 0;

    if (!may_go(m, kind, lot->lot))
        return 0;
    hand_spread(&m->goods->view, row, lot, at);
    for (size_t k = steps.count + 1; k-- > gate_of(&steps, kind) && taken < qty;) {
        int64_t left = qty - taken;
        struct portion what = {lot->lot, hand_stage(&steps, k), at[k] < left ? at[k] : left};

        if (what.qty > 0)
            leave(m, kind, row->part, &what);
        taken += what.qty;
    }
    return taken;
}

/* Takes qty pieces, which there are, from the lot that was named or from the oldest ones. */
static void take(const struct making *m, enum fact_kind kind, const char *item, int64_t qty)
{
    const struct stock_row *row = stock_find(m->goods->view.stock, m->ask->site, item);
    bool any = m->ask->lot[0] == '\0' || kind == FACT_ASSEMBLED;

    for (size_t i = 0; row != NULL && i < row->lot_count && qty > 0; i++)
        if (any || strcmp(row->lots[i].lot, m->ask->lot) == 0)
            qty -= take_lot(m, kind, row, &row->lots[i], qty);
}

/* ---- what there is ---- */

static int64_t in_lot(const struct stock_row *row, const char *lot)
{
    for (size_t i = 0; row != NULL && i < row->lot_count; i++)
        if (strcmp(row->lots[i].lot, lot) == 0)
            return row->lots[i].qty;
    return 0;
}

static struct goods_lack lack_of(const struct making *m, const char *item, int64_t needed)
{
    return (struct goods_lack){&m->goods->view, m->ask->site, item, m->ask->lot, needed};
}

/* Of the lots that were asked for, what may go this way; *ready: and has passed the steps that it
 * must have. */
static int64_t usable(const struct making *m, const struct stock_row *row, enum fact_kind kind,
                      int64_t *ready)
{
    struct hand_steps steps = hand_steps(m->goods->view.config, row->part);
    int64_t sum = 0;

    *ready = 0;
    for (size_t i = 0; i < row->lot_count; i++) {
        const struct stock_lot *lot = &row->lots[i];
        int64_t at[HAND_STEPS_MAX + 1];

        if ((m->ask->lot[0] != '\0' && strcmp(lot->lot, m->ask->lot) != 0) ||
            !may_go(m, kind, lot->lot))
            continue;
        hand_spread(&m->goods->view, row, lot, at);
        for (size_t k = 0; k <= steps.count; k++)
            sum += at[k];
        for (size_t k = gate_of(&steps, kind); k <= steps.count; k++)
            *ready += at[k];
    }
    return sum;
}

/* Pieces leave the site: moved, discarded, shipped. */
static enum err take_out(const struct making *m, enum fact_kind kind)
{
    const struct goods_ask *ask = m->ask;
    const struct stock_row *row = stock_find(m->goods->view.stock, ask->site, ask->item);
    struct goods_lack lack = lack_of(m, ask->item, ask->quantity);
    int64_t there = row != NULL ? row->qty : 0;
    int64_t of_lot = in_lot(row, ask->lot), ready, may;

    if (there < ask->quantity)
        return goods_too_few(&lack, there, m->text);
    if (ask->lot[0] != '\0' && of_lot < ask->quantity)
        return say(m, ERR_REFUSED, "there are %lld %s of lot %s at %s, not %lld",
                   (long long)(of_lot > 0 ? of_lot : 0), ask->item, ask->lot, ask->site,
                   (long long)ask->quantity);
    may = usable(m, row, kind, &ready);
    if (may < ask->quantity)
        return goods_blocked(&lack, may, m->text);
    if (ready < ask->quantity)
        return goods_not_ready(&lack, ready, m->text);
    take(m, kind, ask->item, ask->quantity);
    return ERR_OK;
}

/* ---- taking stock ---- */

/* More than was known: first what had gone below nothing, then the rest in the lot named. */
static void found_more(const struct making *m, int64_t more)
{
    const struct stock_row *row = stock_find(m->goods->view.stock, m->ask->site, m->ask->item);

    for (size_t i = 0; row != NULL && i < row->lot_count && more > 0; i++) {
        int64_t lacking = row->lots[i].qty < 0 ? -row->lots[i].qty : 0;

        if (lacking == 0 || (m->ask->lot[0] != '\0' && strcmp(row->lots[i].lot, m->ask->lot) != 0))
            continue;
        lacking = lacking < more ? lacking : more;
        put_new(m, FACT_COUNTED, m->ask->item, row->lots[i].lot, lacking);
        more -= lacking;
    }
    put_new(m, FACT_COUNTED, m->ask->item, m->ask->lot, more);
}

static enum err take_stock(const struct making *m)
{
    const struct goods_ask *ask = m->ask;
    const struct stock_row *row = stock_find(m->goods->view.stock, ask->site, ask->item);
    int64_t known = ask->lot[0] != '\0' ? in_lot(row, ask->lot) : row != NULL ? row->qty : 0;

    if (ask->quantity > known)
        found_more(m, ask->quantity - known);
    else
        take(m, FACT_COUNTED, ask->item, known - ask->quantity);
    return ERR_OK;
}

/* ---- putting together ---- */

static void put_kits(const struct making *m, const struct kits_use *use)
{
    const struct config *config = m->goods->view.config;

    for (size_t i = 0; i < kits_items(config); i++) {
        const char *id = kits_item_id(config, i);
        bool whole = strcmp(id, m->ask->item) == 0;

        take(m, FACT_ASSEMBLED, id, use[i].taken);
        if (kits_part(config, i) != NULL || use[i].rest == 0)
            continue;
        put_new(m, FACT_ASSEMBLED, id, whole ? m->kit_lot : "", use[i].rest);
        if (!whole) /* put together on the way, and used up at once */
            put_new(m, FACT_ASSEMBLED, id, "", -use[i].rest);
    }
}

/* What lacks may be there, but blocked, or wait for work by hand. */
static enum err lacking(const struct making *m, const char *part, const struct kits_use *use)
{
    struct available view = {m->goods->view.stock, m->goods->view.blocks};
    struct goods_lack lack = lack_of(m, part, use->need);
    int64_t there = stock_of(view.stock, m->ask->site, part);
    int64_t may = available_of(&view, m->ask->site, part);

    lack.lot = ""; /* that of the kits */
    if (there < use->need)
        return goods_too_few(&lack, there, m->text);
    return may < use->need ? goods_blocked(&lack, may, m->text)
                           : goods_not_ready(&lack, use->taken, m->text);
}

static enum err explode(const struct making *m, int64_t *have, struct kits_use *use)
{
    const struct config *config = m->goods->view.config;
    const struct config_product *product = config_product(config, m->ask->item);

    hand_ready(&m->goods->view, m->ask->site, have);
    kits_explode(config, (size_t)(product - config->products), m->ask->quantity, have, use);
    for (size_t i = 0; i < config->part_count; i++)
        if (use[i].rest > 0)
            return lacking(m, config->parts[i].id, &use[i]);
    put_kits(m, use);
    return ERR_OK;
}

static enum err assemble(const struct making *m)
{
    size_t items = kits_items(m->goods->view.config);
    int64_t *have = calloc(items, sizeof *have);
    struct kits_use *use = calloc(items, sizeof *use);
    enum err err = say(m, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY));

    if (config_product(m->goods->view.config, m->ask->item) == NULL)
        err = say(m, ERR_INVALID, "\"%s\" is no product: only kits are put together", m->ask->item);
    else if (have != NULL && use != NULL)
        err = explode(m, have, use);
    free(have);
    free(use);
    return err;
}

/* ---- what is asked ---- */

static enum err check_move(const struct making *m)
{
    const struct goods_ask *ask = m->ask;

    if (config_site(m->goods->view.config, ask->to) == NULL)
        return say(m, ERR_INVALID, "no site \"%s\" in the config: \"to\" says where they go",
                   ask->to);
    if (strcmp(ask->to, ask->site) == 0)
        return say(m, ERR_INVALID, "they are at %s already", ask->site);
    return ERR_OK;
}

/* What has left the config may still lie on a shelf, and a shelf may have left it: nothing goes
 * there any more, but what lies there can be counted and taken away. */
static bool is_left_over(const struct making *m)
{
    const struct goods_ask *ask = m->ask;

    return ask->kind != GOODS_RECEIVE && ask->kind != GOODS_ASSEMBLE &&
           stock_find(m->goods->view.stock, ask->site, ask->item) != NULL;
}

static enum err check(const struct making *m)
{
    const struct goods_ask *ask = m->ask;
    bool needs_reason = ask->kind == GOODS_DISCARD;

    if (config_site(m->goods->view.config, ask->site) == NULL && !is_left_over(m))
        return say(m, ERR_INVALID, "no site \"%s\" in the config", ask->site);
    if (kits_item(m->goods->view.config, ask->item) == CONFIG_NONE && !is_left_over(m))
        return say(m, ERR_INVALID, "\"%s\" is neither a part nor a product of the config",
                   ask->item);
    if (ask->quantity < (ask->kind == GOODS_COUNT ? 0 : 1) || ask->quantity > GOODS_QUANTITY_MAX)
        return say(m, ERR_INVALID, "the quantity must be from %d to %d",
                   ask->kind == GOODS_COUNT ? 0 : 1, GOODS_QUANTITY_MAX);
    if (needs_reason && ask->reason[0] == '\0')
        return say(m, ERR_INVALID, "say why they are thrown away: give a reason");
    return ask->kind == GOODS_MOVE ? check_move(m) : ERR_OK;
}

static enum err make(const struct making *m)
{
    switch (m->ask->kind) {
    case GOODS_RECEIVE:
        put_new(m, FACT_RECEIVED, m->ask->item, m->ask->lot, m->ask->quantity);
        return ERR_OK;
    case GOODS_MOVE:
        return take_out(m, FACT_MOVED);
    case GOODS_ASSEMBLE:
        return assemble(m);
    case GOODS_DISCARD:
        return take_out(m, FACT_DISCARDED);
    case GOODS_COUNT:
        return take_stock(m);
    case GOODS_SHIP:
        return take_out(m, FACT_SHIPPED);
    }
    return ERR_INTERNAL;
}

enum err goods_make(const struct goods *goods, const struct goods_ask *ask,
                    struct goods_facts *facts, char text[GOODS_TEXT_SIZE])
{
    struct making m = {goods, ask, facts, text, ""};
    enum err err = check(&m);

    lot_assembled(m.kit_lot, goods->now_ms, ask->site, ask->item);
    blocks_fresh(goods->view.blocks, m.kit_lot);
    if (ask->lot[0] != '\0')
        memcpy(m.kit_lot, ask->lot, sizeof m.kit_lot);
    if (err == ERR_OK)
        err = make(&m);
    if (err == ERR_OK && facts->failed)
        err = say(&m, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY));
    return err;
}
