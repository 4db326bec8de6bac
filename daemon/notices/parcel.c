/* SPDX-License-Identifier: Apache-2.0 */
/* Messages in memory. A rule's newest one gathers what is to be told until it is due; the next one
 * is not due before the rule's pace has passed. So seven machines that wait give one message, and
 * a bad day gives a dozen an hour at most. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "people/secret.h"
#include "room.h"

static bool gathers(const struct parcel *parcel, int64_t now_ms)
{
    return parcel != NULL && parcel->state == OUTBOX_WAITING && parcel->tries == 0 &&
           !parcel->sending && (parcel->due_ms > now_ms || !parcel->written);
}

static void list_parcel(struct notices *notices, struct parcel *parcel)
{
    list_add(&notices->parcels, &parcel->node);
    notices->parcel_count++;
}

static bool have_room(struct notices *notices)
{
    bool full = notices->parcel_count >= PARCELS_MAX;

    if (full && !notices->full)
        log_error("notices: %d messages wait to be sent; nothing more is told until some have "
                  "gone: see `GET /api/v1/outbox`",
                  PARCELS_MAX);
    notices->full = full;
    return !full;
}

struct parcel *parcel_of(struct notices *notices, struct rule *rule)
{
    const struct config_notices *config = &notices->config->notices;
    int64_t now = clock_wall(notices->setup.clock);
    struct parcel *parcel;

    if (gathers(rule->open, now))
        return rule->open;
    parcel = have_room(notices) ? calloc(1, sizeof *parcel) : NULL;
    if (parcel == NULL)
        return NULL;
    parcel->id = ++notices->last_parcel;
    secret_make(parcel->key);
    parcel->rule = rule->id;
    parcel->person = rule->person;
    parcel->channel = rule->channel;
    memcpy(parcel->address, rule->address, sizeof parcel->address);
    memcpy(parcel->token, rule->token, sizeof parcel->token);
    parcel->text.kind = rule->kind;
    parcel->made_ms = now;
    parcel->due_ms = now + config->bundle_s * 1000;
    if (rule->last_ms != 0 && parcel->due_ms < rule->last_ms + config->pace_s * 1000)
        parcel->due_ms = rule->last_ms + config->pace_s * 1000;
    rule->last_ms = parcel->due_ms;
    rule->open = parcel;
    list_parcel(notices, parcel);
    return parcel;
}

struct parcel *parcel_insert(struct notices *notices, const struct outbox_row *row)
{
    struct parcel *parcel = calloc(1, sizeof *parcel);

    if (parcel == NULL)
        return NULL;
    parcel->id = row->id;
    snprintf(parcel->key, sizeof parcel->key, "%s", row->key);
    parcel->rule = row->rule;
    parcel->person = row->person;
    parcel->channel = (enum notice_channel)row->channel;
    snprintf(parcel->address, sizeof parcel->address, "%s", row->address);
    snprintf(parcel->token, sizeof parcel->token, "%s", row->token);
    parcel->text.kind = (enum notice_kind)row->kind;
    message_parse(&parcel->text, row->items);
    parcel->made_ms = row->made_ms;
    parcel->due_ms = row->due_ms;
    parcel->tries = row->tries;
    snprintf(parcel->error, sizeof parcel->error, "%s", row->error);
    parcel->written = true;
    list_parcel(notices, parcel);
    return parcel;
}

void parcel_row(const struct parcel *parcel, struct outbox_row *row)
{
    char *items = message_print(&parcel->text);

    row->id = parcel->id;
    snprintf(row->key, sizeof row->key, "%s", parcel->key);
    row->rule = parcel->rule;
    row->person = parcel->person;
    row->kind = (int64_t)parcel->text.kind;
    row->channel = (int64_t)parcel->channel;
    snprintf(row->address, sizeof row->address, "%s", parcel->address);
    snprintf(row->token, sizeof row->token, "%s", parcel->token);
    snprintf(row->items, sizeof row->items, "%s", items != NULL ? items : "");
    row->made_ms = parcel->made_ms;
    row->due_ms = parcel->due_ms;
    row->tries = parcel->tries;
    row->state = (int64_t)parcel->state;
    snprintf(row->error, sizeof row->error, "%s", parcel->error);
    row->ended_ms = parcel->ended_ms;
    free(items);
}

void parcel_forget(struct notices *notices, struct parcel *parcel)
{
    struct rule *rule = rules_find(notices, parcel->rule);

    if (rule != NULL && rule->open == parcel)
        rule->open = NULL;
    list_remove(&parcel->node);
    notices->parcel_count--;
    explicit_bzero(parcel->token, sizeof parcel->token);
    free(parcel);
}

struct parcel *parcel_find(struct notices *notices, int64_t id)
{
    for (struct list *n = notices->parcels.next; n != &notices->parcels; n = n->next) {
        struct parcel *parcel = list_entry(n, struct parcel, node);

        if (parcel->id == id)
            return parcel;
    }
    return NULL;
}
