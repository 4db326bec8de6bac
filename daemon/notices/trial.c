/* SPDX-License-Identifier: Apache-2.0 */
/* Test messages: one try, answered when it is over. Counted by person, so that nobody makes us
 * knock at others' doors all day. */
#include <stdlib.h>
#include <string.h>

#include "people/secret.h"
#include "room.h"
#include "rules.h"

struct trial {
    struct list node;
    int64_t number; /* of its letter; below POST_ENDED */
    int64_t rule;
    rule_done done;
    void *context;
};

static bool too_many(struct notices *notices, int64_t person)
{
    int64_t now = clock_wall(notices->setup.clock);
    int count = 0;

    for (size_t i = 0; i < TRIAL_TIMES; i++)
        if (notices->tried[i].person == person && now - notices->tried[i].at_ms < TRIAL_MS)
            count++;
    if (count >= TRIALS_OF_ONE)
        return true;
    notices->tried[notices->tried_next].person = person;
    notices->tried[notices->tried_next].at_ms = now;
    notices->tried_next = (notices->tried_next + 1) % TRIAL_TIMES;
    return false;
}

void trial_end(struct notices *notices, struct letter *letter)
{
    for (struct list *n = notices->trials.next; n != &notices->trials; n = n->next) {
        struct trial *trial = list_entry(n, struct trial, node);
        struct rule *rule;

        if (trial->number != letter->parcel)
            continue;
        list_remove(&trial->node);
        rule = rules_find(notices, trial->rule);
        if (rule != NULL)
            memcpy(rule->error, letter->error, sizeof rule->error);
        if (rule != NULL && letter->sent)
            rule->sent_ms = clock_wall(notices->setup.clock);
        trial->done(trial->context, letter->sent ? ERR_OK : ERR_LINK, NULL,
                    letter->sent ? "the receiver has taken the test message" : letter->error, rule);
        free(trial);
        return;
    }
}

static struct letter *write_letter(struct notices *notices, const struct rule *rule,
                                   const struct person *person)
{
    struct message_text text = {.kind = NOTICE_TEST};
    struct letter *letter = send_letter(notices, rule);

    if (letter == NULL)
        return NULL;
    secret_make(letter->key);
    if (send_write(notices, person, &text, letter))
        return letter;
    letter_free(letter);
    return NULL;
}

void rule_try(struct notices *notices, int64_t person_id, int64_t id, rule_done done, void *context)
{
    const struct rule *rule = rule_find(notices, person_id, id);
    const struct person *person = watch_person(notices, person_id);
    struct trial *trial;
    struct letter *letter;

    if (notices->store == NULL)
        done(context, ERR_BUSY, NULL, "usined is stopping: try again when it is back", NULL);
    else if (rule == NULL || person == NULL)
        done(context, ERR_NOT_FOUND, NULL, "no such rule of yours", NULL);
    else if (rule->channel == CHANNEL_MAIL && notices->config->smtp.url[0] == '\0')
        done(context, ERR_REFUSED, NULL, "no mail server: the config has no \"smtp\"", NULL);
    else if (too_many(notices, person_id))
        done(context, ERR_TOO_MANY, NULL, "six test messages an hour: wait a little", NULL);
    else {
        trial = calloc(1, sizeof *trial);
        letter = trial != NULL ? write_letter(notices, rule, person) : NULL;
        if (letter == NULL) {
            free(trial);
            done(context, ERR_NO_MEMORY, NULL, "out of memory: try again", NULL);
            return;
        }
        trial->number = letter->parcel = POST_ENDED - ++notices->last_trial;
        trial->rule = id;
        trial->done = done;
        trial->context = context;
        list_add(&notices->trials, &trial->node);
        post_send(notices->post, letter);
    }
}
