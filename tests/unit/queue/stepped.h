/* SPDX-License-Identifier: Apache-2.0 */
/* A desk whose headbands are deburred and washed, and whose kits are packed, by hand. */
#ifndef USINE_TESTS_QUEUE_STEPPED_H
#define USINE_TESTS_QUEUE_STEPPED_H

#include "desk.h"
#include "queue/stepped.h"
#include "queue/warehouse.h"

/* Steps of a headband: deburr, wash (a gate); of a kit: pack (a gate). */
#define DEBURR "{\"id\": \"ebavurage\", \"kind\": \"deburr\"}"
#define WASH                                                                                       \
    "{\"id\": \"lavage\", \"kind\": \"wash\", \"gate\": true, \"minutes\": 20,"                    \
    " \"method\": \"Javel 0,5 %, 20 min\"}"
#define PACK "{\"id\": \"emballage\", \"kind\": \"pack\", \"gate\": true}"

static inline void configure(struct desk *desk, const char *band_steps, const char *kit_steps)
{
    struct config_faults faults;
    struct config *config = NULL;
    char text[2000];

    snprintf(text, sizeof text,
             "{\"role\": \"standalone\", \"state\": \"%s\","
             "\"sites\": [{\"id\": \"caen\"}, {\"id\": \"rouen\"}],"
             "\"parts\": [{\"id\": \"serre-tete\", \"steps\": [%s]}, {\"id\": \"ecran\"}],"
             "\"products\": [{\"id\": \"visiere\", \"steps\": [%s],"
             "                \"parts\": {\"serre-tete\": 1, \"ecran\": 1}}]}",
             desk->config->state, band_steps, kit_steps);
    if (config_parse("steps.json", text, strlen(text), &config, &faults) != ERR_OK)
        fail_msg("config: %s", faults.count > 0 ? faults.items[0].text : "?");
    config_faults_finish(&faults);
    config_unref(desk->config);
    desk->config = config;
    queue_configure(desk->queue, config);
}

static inline int setup(void **state)
{
    desk_setup(state);
    configure(*state, DEBURR "," WASH, PACK);
    return 0;
}

static inline enum err handle(struct desk *desk, struct goods_ask ask)
{
    snprintf(ask.by, sizeof ask.by, "anne");
    queue_goods(desk->queue, &ask, desk_done, desk);
    return desk_wait(desk);
}

static inline void receive(struct desk *desk, const char *item, const char *lot, int64_t n)
{
    struct goods_ask ask = {.kind = GOODS_RECEIVE, .site = "caen", .quantity = n};

    snprintf(ask.item, sizeof ask.item, "%s", item);
    snprintf(ask.lot, sizeof ask.lot, "%s", lot);
    assert_int_equal(handle(desk, ask), ERR_OK);
}

static inline struct stepping_ask batch(const char *step, const char *lot, int64_t done,
                                        int64_t scrap)
{
    struct stepping_ask ask = {.site = "caen",
                               .item = "serre-tete",
                               .quantity = done,
                               .scrap = scrap,
                               .any_lot = lot == NULL,
                               .by = "bob"};

    snprintf(ask.step, sizeof ask.step, "%s", step);
    snprintf(ask.lot, sizeof ask.lot, "%s", lot != NULL ? lot : "");
    if (scrap > 0)
        snprintf(ask.reason, sizeof ask.reason, "fendu");
    return ask;
}

static inline enum err step(struct desk *desk, struct stepping_ask ask, bool back)
{
    queue_stepped(desk->queue, &ask, back, desk_done, desk);
    return desk_wait(desk);
}

/* Pieces of a part that wait for step k (of count: have passed all) at a site. */
static inline int64_t waiting(struct desk *desk, const char *site, const char *item, size_t k)
{
    struct hand_view view = queue_hand(desk->queue);
    int64_t at[HAND_STEPS_MAX + 1];

    assert_int_equal(queue_by_hand(desk->queue), hand_waiting(&view)); /* it is kept up to date */
    hand_spread_all(&view, stock_find(view.stock, site, item), at);
    return at[k];
}

#endif
