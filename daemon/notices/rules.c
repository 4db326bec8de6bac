/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "room.h"

enum { DELAY_MOST_MS = 24 * 3600 * 1000 };

/* One change on its way to the disk. */
struct ruling {
    struct store_work work; /* first */
    struct notices *notices;
    struct rule *rule; /* the new one, ours until it is written; NULL: one is removed */
    struct rule_row row;
    rule_done done;
    void *context;
};

/* ---- looking ---- */

struct rule *rules_find(const struct notices *notices, int64_t id)
{
    for (struct list *n = notices->rules.next; n != &notices->rules; n = n->next) {
        struct rule *rule = list_entry(n, struct rule, node);

        if (rule->id == id)
            return rule;
    }
    return NULL;
}

const struct rule *rule_next(const struct notices *notices, int64_t person, const struct rule *rule)
{
    const struct list *n = rule != NULL ? rule->node.next : notices->rules.next;

    for (; n != &notices->rules; n = n->next) {
        const struct rule *next = list_entry(n, struct rule, node);

        if (next->person == person && !next->removing)
            return next;
    }
    return NULL;
}

const struct rule *rule_find(const struct notices *notices, int64_t person, int64_t id)
{
    const struct rule *rule = rules_find(notices, id);

    return rule != NULL && rule->person == person && !rule->removing ? rule : NULL;
}

int64_t rule_waiting(const struct notices *notices, const struct rule *rule)
{
    int64_t count = 0;

    for (struct list *n = notices->parcels.next; n != &notices->parcels; n = n->next) {
        const struct parcel *parcel = list_entry(n, struct parcel, node);

        count += parcel->rule == rule->id && parcel->state == OUTBOX_WAITING;
    }
    return count;
}

/* ---- adding ---- */

/* The member at fault, and why; NULL: good. */
static const char *address_fault(const struct notices *notices, const struct rule *spec,
                                 const char **why)
{
    bool good =
        spec->channel == CHANNEL_MAIL
            ? address_mail_good(spec->address, why)
            : address_web_good(spec->address, notices->config->notices.private_allowed, why);

    if (!good)
        return "address";
    *why = "must be plain letters, without blanks";
    for (const unsigned char *c = (const unsigned char *)spec->token; *c != '\0'; c++)
        if (*c <= ' ' || *c >= 0x7f)
            return "token";
    return NULL;
}

static const char *site_fault(const struct notices *notices, const struct rule *spec,
                              const char **why)
{
    const struct person *person = watch_person(notices, spec->person);
    const char *sites = spec->sites;
    char site[ID_SIZE];

    *why = "your role does not let you watch that there";
    if (person == NULL || (*sites == '\0' && !watch_may(person, spec->kind, "")))
        return "sites";
    while (*sites != '\0') {
        size_t n = strcspn(sites, " ");

        snprintf(site, sizeof site, "%.*s", (int)n, sites);
        if (config_site(notices->config, site) == NULL) {
            *why = "names a site that there is not";
            return "sites";
        }
        if (!watch_may(person, spec->kind, site))
            return "sites";
        sites += n + strspn(sites + n, " ");
    }
    return NULL;
}

static const char *fault_of(const struct notices *notices, const struct rule *spec,
                            const char **why)
{
    const char *field = address_fault(notices, spec, why);

    if (field == NULL)
        field = site_fault(notices, spec, why);
    if (field == NULL && !quiet_good(spec->quiet)) {
        *why = "must be like \"22:00-07:00\"";
        return "quiet";
    }
    if (field == NULL && (spec->delay_ms < 0 || spec->delay_ms > DELAY_MOST_MS)) {
        *why = "must be from 0 to 1440";
        return "delay_min";
    }
    return field;
}

static size_t count_of(const struct notices *notices, int64_t person)
{
    size_t count = 0;

    for (const struct rule *rule = NULL; (rule = rule_next(notices, person, rule)) != NULL;)
        count++;
    return count;
}

static enum err add_apply(struct store_work *work, struct db *db)
{
    return store_rule_add(db, &((struct ruling *)(void *)work)->row);
}

static void on_added(struct store_work *work, enum err err, const char *text)
{
    struct ruling *ruling = (struct ruling *)(void *)work;

    if (err == ERR_OK)
        list_add(&ruling->notices->rules, &ruling->rule->node);
    ruling->done(ruling->context, err, NULL, text, err == ERR_OK ? ruling->rule : NULL);
    if (err != ERR_OK)
        free(ruling->rule);
    free(ruling);
}

static void fill_row(struct rule_row *row, const struct rule *rule)
{
    row->id = rule->id;
    row->person = rule->person;
    row->kind = (int64_t)rule->kind;
    row->channel = (int64_t)rule->channel;
    memcpy(row->address, rule->address, sizeof row->address);
    memcpy(row->token, rule->token, sizeof row->token);
    memcpy(row->sites, rule->sites, sizeof row->sites);
    row->delay_ms = rule->delay_ms;
    memcpy(row->quiet, rule->quiet, sizeof row->quiet);
    row->added_ms = rule->added_ms;
}

static struct ruling *begin(struct notices *notices, rule_done done, void *context)
{
    struct ruling *ruling = notices->store != NULL ? calloc(1, sizeof *ruling) : NULL;

    if (ruling == NULL) {
        done(context, ERR_BUSY, NULL, "usined is stopping, or out of memory: try again", NULL);
        return NULL;
    }
    ruling->notices = notices;
    ruling->done = done;
    ruling->context = context;
    return ruling;
}

void rule_add(struct notices *notices, const struct rule *spec, rule_done done, void *context)
{
    const char *why, *field = fault_of(notices, spec, &why);
    struct ruling *ruling;

    if (field != NULL) {
        done(context, ERR_INVALID, field, why, NULL);
        return;
    }
    if (count_of(notices, spec->person) >= RULES_OF_ONE) {
        done(context, ERR_REFUSED, NULL, "you have 20 rules: remove one first", NULL);
        return;
    }
    ruling = begin(notices, done, context);
    if (ruling == NULL)
        return;
    ruling->rule = malloc(sizeof *ruling->rule);
    if (ruling->rule == NULL) {
        free(ruling);
        done(context, ERR_NO_MEMORY, NULL, "out of memory: try again", NULL);
        return;
    }
    *ruling->rule = *spec;
    ruling->rule->id = ++notices->last_rule;
    ruling->rule->added_ms = clock_wall(notices->setup.clock);
    fill_row(&ruling->row, ruling->rule);
    ruling->work.apply = add_apply;
    ruling->work.done = on_added;
    store_write(notices->store, &ruling->work);
}

/* ---- removing ---- */

static enum err remove_apply(struct store_work *work, struct db *db)
{
    return store_rule_remove(db, ((struct ruling *)(void *)work)->row.id);
}

static void forget_parcels(struct notices *notices, int64_t rule)
{
    for (struct list *n = notices->parcels.next, *next = n->next; n != &notices->parcels;
         n = next, next = n->next) {
        struct parcel *parcel = list_entry(n, struct parcel, node);

        if (parcel->rule == rule && !parcel->sending)
            parcel_forget(notices, parcel);
    }
}

static void on_removed(struct store_work *work, enum err err, const char *text)
{
    struct ruling *ruling = (struct ruling *)(void *)work;
    struct rule *rule = rules_find(ruling->notices, ruling->row.id);

    if (rule != NULL && err != ERR_OK)
        rule->removing = false;
    if (rule != NULL && err == ERR_OK) {
        forget_parcels(ruling->notices, rule->id);
        list_remove(&rule->node);
        free(rule);
    }
    ruling->done(ruling->context, err, NULL, err == ERR_OK ? "you are told no more" : text, NULL);
    free(ruling);
}

void rule_remove(struct notices *notices, int64_t person, int64_t id, rule_done done, void *context)
{
    struct rule *rule = rules_find(notices, id);
    struct ruling *ruling;

    if (rule_find(notices, person, id) == NULL) {
        done(context, ERR_NOT_FOUND, NULL, "no such rule of yours", NULL);
        return;
    }
    ruling = begin(notices, done, context);
    if (ruling == NULL)
        return;
    rule->removing = true;
    ruling->row.id = id;
    ruling->work.apply = remove_apply;
    ruling->work.done = on_removed;
    store_write(notices->store, &ruling->work);
}
