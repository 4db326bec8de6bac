/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing, and the beat: a look every two seconds, what is due every second. */
#include "notices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "room.h"

enum { TICK_MS = 1000, LOOK_MS = 2000 };

struct notices *notices_create(const struct notices_setup *setup)
{
    struct notices *notices = calloc(1, sizeof *notices);

    if (notices == NULL)
        return NULL;
    notices->setup = *setup;
    list_init(&notices->rules);
    list_init(&notices->parcels);
    list_init(&notices->trials);
    return notices;
}

/* ---- loading ---- */

static enum err load_rule(void *context, const struct rule_row *row)
{
    struct notices *notices = context;
    struct rule *rule = calloc(1, sizeof *rule);

    if (rule == NULL)
        return ERR_NO_MEMORY;
    rule->id = row->id;
    rule->person = row->person;
    rule->kind = (enum notice_kind)row->kind;
    rule->channel = (enum notice_channel)row->channel;
    memcpy(rule->address, row->address, sizeof rule->address);
    memcpy(rule->token, row->token, sizeof rule->token);
    memcpy(rule->sites, row->sites, sizeof rule->sites);
    memcpy(rule->quiet, row->quiet, sizeof rule->quiet);
    rule->delay_ms = row->delay_ms;
    rule->added_ms = row->added_ms;
    rule->last_ms = row->last_ms;
    if (row->kind < NOTICE_NEEDS || row->kind > NOTICE_DONE || row->channel < CHANNEL_MAIL ||
        row->channel > CHANNEL_JSON) {
        free(rule);
        return ERR_OK;
    }
    list_add(&notices->rules, &rule->node);
    return ERR_OK;
}

static enum err load_parcel(void *context, const struct outbox_row *row)
{
    struct notices *notices = context;
    struct rule *rule = rules_find(notices, row->rule);
    struct parcel *parcel;

    if (rule == NULL)
        return ERR_OK;
    parcel = parcel_insert(notices, row);
    if (parcel == NULL)
        return ERR_NO_MEMORY;
    rule->open = parcel;
    return ERR_OK;
}

static enum err load_told(void *context, const struct told_row *row)
{
    struct notices *notices = context;
    struct sighting like = {.kind = (enum notice_kind)row->kind, .mark = row->mark};
    struct sighting *sighting;

    if (row->kind < NOTICE_NEEDS || row->kind > NOTICE_DONE)
        return ERR_OK;
    snprintf(like.subject, sizeof like.subject, "%s", row->subject);
    sighting = sightings_take(&notices->sightings, &like, clock_wall(notices->setup.clock));
    if (sighting == NULL || !sighting_tell(sighting, row->rule))
        return ERR_NO_MEMORY;
    sighting->since_ms = row->since_ms;
    return ERR_OK;
}

enum err notices_load(void *context, struct db *db)
{
    struct notices *notices = context;
    int64_t begun = 0;
    enum err err = store_notice_last(db, &notices->last_rule, &notices->last_parcel);

    if (err == ERR_OK)
        err = store_rule_each(db, load_rule, notices);
    if (err == ERR_OK)
        err = store_outbox_waiting(db, load_parcel, notices);
    if (err == ERR_OK)
        err = store_told_each(db, load_told, notices);
    if (err == ERR_OK)
        err = store_told_begun(db, &begun);
    notices->begun = begun > 0;
    return err;
}

/* ---- the beat ---- */

static void on_tick(uv_timer_t *timer)
{
    struct notices *notices = timer->data;
    int64_t now = clock_wall(notices->setup.clock);

    if (now - notices->looked_ms >= LOOK_MS || now < notices->looked_ms) {
        notices->looked_ms = now;
        watch_look(notices);
    }
    write_changes(notices);
    send_due(notices);
}

static void on_letter(void *owner, struct message *message)
{
    struct notices *notices = owner;
    struct letter *letter = list_entry(message, struct letter, message);

    if (letter->parcel != POST_ENDED) {
        send_on_letter(notices, letter);
        return;
    }
    post_join(notices->post);
    notices->post = NULL;
    mailbox_close(&notices->back);
}

enum err notices_open(struct notices *notices, struct store *store, struct config *config)
{
    if (mailbox_init(&notices->back, notices->setup.loop, on_letter, notices) != 0)
        return ERR_NO_MEMORY;
    notices->post = post_start(&notices->back);
    if (notices->post == NULL) {
        mailbox_close(&notices->back);
        return ERR_NO_MEMORY;
    }
    notices->store = store;
    notices->config = config_ref(config);
    uv_timer_init(notices->setup.loop, &notices->tick);
    notices->tick.data = notices;
    uv_timer_start(&notices->tick, on_tick, TICK_MS, TICK_MS);
    return ERR_OK;
}

void notices_configure(struct notices *notices, struct config *config)
{
    config_unref(notices->config);
    notices->config = config_ref(config);
}

void notices_close(struct notices *notices)
{
    if (notices == NULL || notices->store == NULL)
        return;
    notices->store = NULL;
    uv_close((uv_handle_t *)&notices->tick, NULL);
    post_stop(notices->post);
}

static void free_all(struct list *list)
{
    struct list *node;

    while ((node = list_take(list)) != NULL)
        free(node); /* the first member of each of them */
}

void notices_destroy(struct notices *notices)
{
    if (notices == NULL)
        return;
    if (notices->config != NULL)
        mailbox_finish(&notices->back);
    free_all(&notices->rules);
    free_all(&notices->parcels);
    free_all(&notices->trials);
    sightings_finish(&notices->sightings);
    write_finish(notices);
    config_unref(notices->config);
    free(notices);
}
