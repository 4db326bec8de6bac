/* SPDX-License-Identifier: Apache-2.0 */
/* A round: everything that is so now is seen, compared with what was told before, and put into the
 * parcels of the rules it concerns; all that in one transaction. What is over for a while is
 * forgotten, and told anew when it comes back.
 *
 * In quiet hours a rule is blind to what lasts: if it is still so when they end, it is told then.
 * A job that is done happens only once: its message waits for the end of the quiet. */
#include <string.h>
#include <time.h>

#include "room.h"

const struct person *watch_person(const struct notices *notices, int64_t id)
{
    const struct person *person = person_first(notices->setup.people);

    while (person != NULL && person->id != id)
        person = person_next(notices->setup.people, person);
    return person != NULL && !person->disabled ? person : NULL;
}

bool watch_may(const struct person *person, enum notice_kind kind, const char *site)
{
    enum role role =
        *site != '\0' ? roles_at(&person->roles, site) : roles_anywhere(&person->roles);

    return role >= (kind == NOTICE_NEEDS ? ROLE_OPERATOR : ROLE_VIEWER);
}

/* Milliseconds until the rule's quiet hours end; 0: it is not quiet. */
static int64_t quiet_ms(const struct rule *rule, int64_t now_ms)
{
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm tm;
    int minutes;

    if (rule->quiet[0] == '\0')
        return 0;
    localtime_r(&seconds, &tm);
    minutes = quiet_left(rule->quiet, 60 * tm.tm_hour + tm.tm_min);
    return minutes > 0 ? (60 * minutes - tm.tm_sec) * INT64_C(1000) : 0;
}

static bool concerns(const struct rule *rule, const struct notice_condition *condition)
{
    const char *const own[] = {condition->item.site, NULL};
    const char *const *sites = condition->sites != NULL ? condition->sites : own;

    if (rule->kind != condition->kind || rule->who == NULL)
        return false;
    if (*sites == NULL) /* a job of all sites */
        return watch_may(rule->who, rule->kind, "");
    for (; *sites != NULL; sites++)
        if (rule_covers(rule->sites, *sites) && watch_may(rule->who, rule->kind, *sites))
            return true;
    return false;
}

static void put_in(struct parcel *parcel, const struct notice_condition *condition,
                   int64_t since_ms)
{
    struct notice_item item = condition->item;

    item.since_ms = since_ms;
    message_add(&parcel->text, &item);
    parcel->changed = true;
}

static void see_lasting(struct notices *notices, const struct notice_condition *condition,
                        struct sighting *sighting, int64_t now_ms)
{
    for (struct list *n = notices->rules.next; n != &notices->rules; n = n->next) {
        struct rule *rule = list_entry(n, struct rule, node);
        struct parcel *parcel;

        if (!concerns(rule, condition) || now_ms - sighting->since_ms < rule->delay_ms ||
            quiet_ms(rule, now_ms) > 0 || sighting_was_told(sighting, rule->id))
            continue;
        parcel = parcel_of(notices, rule);
        if (parcel != NULL && write_told(notices, sighting, rule->id))
            put_in(parcel, condition, sighting->since_ms);
    }
}

/* Rule 0 stands for all: a rule that is added later is not told of jobs done long ago. */
static void see_done(struct notices *notices, const struct notice_condition *condition,
                     struct sighting *sighting, int64_t now_ms)
{
    if (sighting_was_told(sighting, 0) || !write_told(notices, sighting, 0))
        return;
    for (struct list *n = notices->rules.next; n != &notices->rules && notices->begun;
         n = n->next) {
        struct rule *rule = list_entry(n, struct rule, node);
        struct parcel *parcel = concerns(rule, condition) ? parcel_of(notices, rule) : NULL;
        int64_t from = now_ms + quiet_ms(rule, now_ms);

        if (parcel == NULL)
            continue;
        put_in(parcel, condition, now_ms);
        if (parcel->due_ms < from)
            parcel->due_ms = rule->last_ms = from;
    }
}

void notices_see(struct notices *notices, const struct notice_condition *condition)
{
    int64_t now = clock_wall(notices->setup.clock);
    struct sighting like = {.kind = condition->kind, .mark = condition->mark};
    struct sighting *sighting;

    memcpy(like.subject, condition->item.subject, sizeof like.subject);
    sighting = sightings_take(&notices->sightings, &like, now);
    if (sighting == NULL)
        return;
    if (condition->kind == NOTICE_DONE)
        see_done(notices, condition, sighting, now);
    else
        see_lasting(notices, condition, sighting, now);
}

static void on_gone(void *context, const struct sighting *sighting)
{
    write_untold(context, sighting);
}

void watch_look(struct notices *notices)
{
    for (struct list *n = notices->rules.next; n != &notices->rules; n = n->next) {
        struct rule *rule = list_entry(n, struct rule, node);

        rule->who = rule->removing ? NULL : watch_person(notices, rule->person);
    }
    notices->setup.gather(notices->setup.context, notices);
    sightings_sweep(&notices->sightings, clock_wall(notices->setup.clock), on_gone, notices);
    notices->begun = true;
}
