/* SPDX-License-Identifier: Apache-2.0 */
/* Due parcels become letters; letters come back sent or not. What did not arrive is tried again,
 * later each time, for a day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "backoff.h"
#include "base/log.h"
#include "room.h"

/* ---- writing a letter ---- */

static struct letter *new_letter(const struct notices *notices)
{
    struct letter *letter = calloc(1, sizeof *letter);

    if (letter == NULL)
        return NULL;
    letter->smtp = notices->config->smtp;
    letter->private_allowed = notices->config->notices.private_allowed;
    return letter;
}

struct letter *send_letter(const struct notices *notices, const struct rule *rule)
{
    struct letter *letter = new_letter(notices);

    if (letter == NULL)
        return NULL;
    letter->channel = rule->channel;
    memcpy(letter->address, rule->address, sizeof letter->address);
    memcpy(letter->token, rule->token, sizeof letter->token);
    letter->at_ms = clock_wall(notices->setup.clock);
    return letter;
}

static char *json_body(const struct message_text *text, const struct message_reader *reader,
                       const char *key)
{
    cJSON *object = message_to_json(text, reader);
    char *body;

    cJSON_AddStringToObject(object, "id", key);
    body = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return body;
}

bool send_write(const struct notices *notices, const struct person *person,
                const struct message_text *text, struct letter *letter)
{
    const struct config *config = notices->config;
    struct message_reader reader = {
        .language = person->language[0] != '\0' ? person->language : config->language,
        .url = config->url,
    };
    char title[MESSAGE_TITLE_SIZE];

    message_title(text, &reader, title);
    snprintf(letter->title, sizeof letter->title, "Usine: %s", title);
    snprintf(letter->link, sizeof letter->link, "%s", config->url);
    letter->body = letter->channel == CHANNEL_JSON ? json_body(text, &reader, letter->key)
                                                   : message_body(text, &reader);
    return letter->body != NULL;
}

static struct letter *letter_of(const struct notices *notices, const struct parcel *parcel,
                                const struct person *person)
{
    struct letter *letter = new_letter(notices);

    if (letter == NULL)
        return NULL;
    letter->parcel = parcel->id;
    letter->channel = parcel->channel;
    memcpy(letter->key, parcel->key, sizeof letter->key);
    memcpy(letter->address, parcel->address, sizeof letter->address);
    memcpy(letter->token, parcel->token, sizeof letter->token);
    letter->at_ms = parcel->made_ms;
    if (send_write(notices, person, &parcel->text, letter))
        return letter;
    letter_free(letter);
    return NULL;
}

/* ---- how it went ---- */

static void end_parcel(struct notices *notices, struct parcel *parcel, enum outbox_state state)
{
    struct rule *rule = rules_find(notices, parcel->rule);

    parcel->state = state;
    parcel->ended_ms = clock_wall(notices->setup.clock);
    if (rule != NULL && rule->open == parcel)
        rule->open = NULL;
    if (state == OUTBOX_FAILED)
        log_error("notices: message %lld by %s was given up after %lld tries: %s",
                  (long long)parcel->id, notice_channel_name(parcel->channel),
                  (long long)parcel->tries, parcel->error);
}

static void failed(struct notices *notices, struct parcel *parcel, bool hopeless)
{
    int64_t now = clock_wall(notices->setup.clock);
    int64_t first = notices->config->notices.retry_s * INT64_C(1000);
    uint32_t chance = 0;

    parcel->tries++;
    if (hopeless || now - parcel->made_ms >= BACKOFF_GIVE_UP_MS) {
        end_parcel(notices, parcel, OUTBOX_FAILED);
        return;
    }
    if (getrandom(&chance, sizeof chance, GRND_NONBLOCK) < 0)
        chance = (uint32_t)parcel->id;
    parcel->due_ms = now + backoff_ms(parcel->tries, first, chance);
    if (parcel->tries == 1)
        log_warning("notices: message %lld by %s has not arrived, and will be tried again for a "
                    "day: %s",
                    (long long)parcel->id, notice_channel_name(parcel->channel), parcel->error);
}

static void note_rule(struct notices *notices, const struct parcel *parcel,
                      const struct letter *letter)
{
    struct rule *rule = rules_find(notices, parcel->rule);

    if (rule == NULL)
        return;
    memcpy(rule->error, letter->error, sizeof rule->error);
    if (letter->sent)
        rule->sent_ms = clock_wall(notices->setup.clock);
}

static void take_back(struct notices *notices, struct parcel *parcel, const struct letter *letter)
{
    struct rule *rule = rules_find(notices, parcel->rule);

    parcel->sending = false;
    if (rule == NULL || rule->removing) { /* its person has gone, or wants no more of it */
        parcel_forget(notices, parcel);
        return;
    }
    memcpy(parcel->error, letter->error, sizeof parcel->error);
    note_rule(notices, parcel, letter);
    if (letter->sent) {
        parcel->tries++;
        end_parcel(notices, parcel, OUTBOX_SENT);
    } else {
        failed(notices, parcel, letter->hopeless);
    }
    parcel->changed = true;
}

void send_on_letter(struct notices *notices, struct letter *letter)
{
    struct parcel *parcel = letter->parcel > 0 ? parcel_find(notices, letter->parcel) : NULL;

    if (letter->parcel < POST_ENDED) {
        trial_end(notices, letter);
    } else if (notices->store != NULL) { /* else the post gave up, and we begin anew next time */
        notices->sending--;
        if (parcel != NULL)
            take_back(notices, parcel, letter);
    }
    letter_free(letter);
    if (notices->store == NULL)
        return;
    write_changes(notices);
    send_due(notices);
}

/* ---- what is due ---- */

static void send_one(struct notices *notices, struct parcel *parcel)
{
    const struct person *person = watch_person(notices, parcel->person);
    struct letter *letter;

    parcel->changed = true;
    if (person == NULL) {
        snprintf(parcel->error, sizeof parcel->error, "the account is disabled");
        end_parcel(notices, parcel, OUTBOX_FAILED);
        return;
    }
    if (parcel->channel == CHANNEL_MAIL && notices->config->smtp.url[0] == '\0') {
        snprintf(parcel->error, sizeof parcel->error, "no mail server: the config has no \"smtp\"");
        failed(notices, parcel, false);
        return;
    }
    parcel->changed = false;
    letter = letter_of(notices, parcel, person);
    if (letter == NULL)
        return; /* no memory: the next tick tries again */
    parcel->sending = true;
    notices->sending++;
    post_send(notices->post, letter);
}

static bool is_due(const struct parcel *parcel, int64_t now_ms)
{
    return parcel->state == OUTBOX_WAITING && parcel->written && !parcel->sending &&
           parcel->due_ms <= now_ms;
}

void send_due(struct notices *notices)
{
    int64_t now = clock_wall(notices->setup.clock);

    for (struct list *n = notices->parcels.next, *next = n->next;
         n != &notices->parcels && notices->sending < POST_AT_ONCE; n = next, next = n->next) {
        struct parcel *parcel = list_entry(n, struct parcel, node);
        const struct rule *rule = rules_find(notices, parcel->rule);

        if (!is_due(parcel, now) || (rule != NULL && rule->removing))
            continue;
        if (rule == NULL)
            parcel_forget(notices, parcel);
        else
            send_one(notices, parcel);
    }
}
