/* SPDX-License-Identifier: Apache-2.0 */
#include "who.h"

#include <stdio.h>
#include <string.h>

#include "room.h"

static struct who by_token(struct people *people, const struct secret_hash *hash)
{
    struct who who = {.token = token_find(people, hash)};

    if (who.token != NULL) {
        who.kind = WHO_TOKEN;
        who.person = who.token->person;
    }
    return who;
}

struct who who_find(struct people *people, const struct pass *pass)
{
    struct who who = {.kind = WHO_NOBODY};

    if (pass->local)
        return (struct who){.kind = WHO_LOCAL};
    if (pass->has_token)
        return by_token(people, &pass->token);
    if (pass->has_tablet)
        who.tablet = tablet_find(people, &pass->tablet);
    if (pass->has_session)
        who.session = session_find(people, &pass->session);
    if (who.session != NULL && who.session->tablet != 0 &&
        (who.tablet == NULL || who.tablet->id != who.session->tablet))
        who.session = NULL; /* a PIN holds on its own tablet only */
    if (who.session != NULL) {
        who.kind = who.session->tablet != 0 ? WHO_PIN : WHO_PERSON;
        who.person = who.session->person;
        if (who.kind == WHO_PERSON)
            who.tablet = NULL;
    } else if (who.tablet != NULL) {
        who.kind = WHO_TABLET;
    }
    return who;
}

static enum role least(enum role a, enum role b)
{
    return a < b ? a : b;
}

/* A PIN is short: it opens no more than what is done at the machines of one site. */
static enum role pin_role(const struct who *who, const char *site)
{
    if (site == NULL || strcmp(site, who->tablet->site) != 0)
        return ROLE_UNSET;
    return least(roles_at(&who->person->roles, site), ROLE_TECHNICIAN);
}

static enum role token_role(const struct who *who, const char *site)
{
    enum role role = roles_at(&who->token->roles, site);

    return who->person != NULL ? least(role, roles_at(&who->person->roles, site)) : role;
}

enum role who_role(const struct who *who, const char *site)
{
    switch (who->kind) {
    case WHO_NOBODY:
        break;
    case WHO_LOCAL:
        return ROLE_ADMIN;
    case WHO_PERSON:
        return roles_at(&who->person->roles, site);
    case WHO_PIN:
        return pin_role(who, site);
    case WHO_TABLET:
        return site != NULL && strcmp(site, who->tablet->site) == 0 ? ROLE_VIEWER : ROLE_UNSET;
    case WHO_TOKEN:
        return token_role(who, site);
    }
    return ROLE_UNSET;
}

/* The highest at the sites that roles name. */
static enum role best_of(const struct who *who, const struct roles *roles, enum role best)
{
    for (size_t i = 0; i < roles->count; i++) {
        enum role role = who_role(who, roles->sites[i].site);

        best = role > best ? role : best;
    }
    return best;
}

enum role who_role_anywhere(const struct who *who)
{
    enum role best = who_role(who, NULL);

    if (who->tablet != NULL)
        return who_role(who, who->tablet->site);
    if (who->token != NULL)
        best = best_of(who, &who->token->roles, best);
    return who->person != NULL ? best_of(who, &who->person->roles, best) : best;
}

bool who_fresh(const struct who *who, int64_t now_ms)
{
    if (who->kind == WHO_LOCAL)
        return true;
    return who->session != NULL && now_ms - who->session->auth_ms < SESSION_FRESH_MS;
}

void who_name(const struct who *who, char name[64])
{
    name[0] = '\0';
    if (who->person != NULL)
        snprintf(name, 64, "%s", who->person->login);
    else if (who->token != NULL)
        snprintf(name, 64, "token:%.57s", who->token->name);
    else if (who->tablet != NULL)
        snprintf(name, 64, "tablet:%.56s", who->tablet->name);
}

const char *who_kind_name(enum who_kind kind)
{
    static const char *const names[] = {"nobody", "local", "person", "pin", "tablet", "token"};

    return names[kind];
}

void who_via(const struct who *who, char via[64])
{
    via[0] = '\0';
    if (who->kind == WHO_PERSON)
        snprintf(via, 64, "session %lld", (long long)who->session->id);
    else if (who->kind == WHO_PIN)
        snprintf(via, 64, "session %lld, tablet %lld", (long long)who->session->id,
                 (long long)who->tablet->id);
    else if (who->kind == WHO_TABLET)
        snprintf(via, 64, "tablet %lld", (long long)who->tablet->id);
    else if (who->kind == WHO_TOKEN)
        snprintf(via, 64, "token %lld", (long long)who->token->id);
}
