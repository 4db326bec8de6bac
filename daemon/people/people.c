/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"
#include "store/store_person.h"
#include "store/store_token.h"

struct people *people_create(uv_loop_t *loop, const struct clock *clock)
{
    struct people *people = sodium_init() >= 0 ? calloc(1, sizeof *people) : NULL;

    if (people == NULL)
        return NULL;
    people->loop = loop;
    people->clock = clock;
    list_init(&people->persons);
    list_init(&people->sessions);
    list_init(&people->tokens);
    list_init(&people->tablets);
    list_init(&people->pairings);
    passwords_init(&people->passwords, loop);
    return people;
}

static enum err load_person(void *context, const struct person_row *row)
{
    struct people *people = context;
    struct person *person = calloc(1, sizeof *person);

    if (person == NULL)
        return ERR_NO_MEMORY;
    person->id = people->last_person = row->id;
    snprintf(person->login, sizeof person->login, "%.47s", row->login);
    snprintf(person->name, sizeof person->name, "%s", row->name);
    snprintf(person->language, sizeof person->language, "%.2s", row->language);
    snprintf(person->password, sizeof person->password, "%s", row->password);
    snprintf(person->pin, sizeof person->pin, "%s", row->pin);
    snprintf(person->by, sizeof person->by, "%s", row->by);
    roles_parse(&person->roles, row->roles);
    person->disabled = row->disabled;
    person->invite_ms = secret_unhex(row->invite, &person->invite) ? row->invite_ms : 0;
    person->added_ms = row->added_ms;
    list_add(&people->persons, &person->node);
    return ERR_OK;
}

static enum err load_session(void *context, const struct session_row *row)
{
    struct people *people = context;
    struct session *session = calloc(1, sizeof *session);

    if (session == NULL)
        return ERR_NO_MEMORY;
    session->id = people->last_session = row->id;
    session->person = person_of(people, row->person);
    if (!secret_unhex(row->hash, &session->hash) || session->person == NULL) {
        free(session);
        return ERR_OK;
    }
    session->tablet = row->tablet;
    session->created_ms = row->created_ms;
    session->seen_ms = session->saved_ms = row->seen_ms;
    session->auth_ms = row->auth_ms;
    snprintf(session->address, sizeof session->address, "%s", row->address);
    snprintf(session->agent, sizeof session->agent, "%s", row->agent);
    list_add(&people->sessions, &session->node);
    people->session_count++;
    return ERR_OK;
}

static enum err load_token(void *context, const struct token_row *row)
{
    struct people *people = context;
    struct token *token = calloc(1, sizeof *token);

    if (token == NULL)
        return ERR_NO_MEMORY;
    token->id = people->last_token = row->id;
    token->person = person_of(people, row->person);
    token->kind = (enum token_kind)row->kind;
    token->revoked_ms = row->revoked_ms;
    if (!secret_unhex(row->hash, &token->hash) || (row->person != 0 && token->person == NULL) ||
        row->kind > TOKEN_MAKER || !roles_parse(&token->roles, row->roles))
        token->revoked_ms = 1;
    snprintf(token->name, sizeof token->name, "%s", row->name);
    snprintf(token->by, sizeof token->by, "%s", row->by);
    memcpy(token->contact, row->contact, sizeof token->contact);
    memcpy(token->parts, row->parts, sizeof token->parts);
    token->created_ms = row->created_ms;
    token->expires_ms = row->expires_ms;
    token->used_ms = token->saved_ms = row->used_ms;
    list_add(&people->tokens, &token->node);
    return ERR_OK;
}

static enum err load_tablet(void *context, const struct tablet_row *row)
{
    struct people *people = context;
    struct tablet *tablet = calloc(1, sizeof *tablet);

    if (tablet == NULL)
        return ERR_NO_MEMORY;
    tablet->id = people->last_tablet = row->id;
    secret_unhex(row->hash, &tablet->hash);
    snprintf(tablet->site, sizeof tablet->site, "%s", row->site);
    snprintf(tablet->name, sizeof tablet->name, "%s", row->name);
    snprintf(tablet->by, sizeof tablet->by, "%s", row->by);
    tablet->created_ms = row->created_ms;
    tablet->seen_ms = tablet->saved_ms = row->seen_ms;
    list_add(&people->tablets, &tablet->node);
    return ERR_OK;
}

enum err people_load(void *context, struct db *db)
{
    struct people *people = context;
    enum err err = store_person_each(db, load_person, people);

    if (err == ERR_OK)
        err = store_session_each(db, load_session, people);
    if (err == ERR_OK)
        err = store_token_each(db, load_token, people);
    if (err == ERR_OK)
        err = store_tablet_each(db, load_tablet, people);
    return err;
}

void people_open(struct people *people, struct store *store)
{
    people->store = store;
}

void people_close(struct people *people)
{
    people->store = NULL;
}

static void free_all(struct list *list)
{
    struct list *node;

    while ((node = list_take(list)) != NULL)
        free(node); /* the first member of each of them */
}

void people_destroy(struct people *people)
{
    if (people == NULL)
        return;
    free_all(&people->sessions);
    free_all(&people->tokens);
    free_all(&people->tablets);
    free_all(&people->pairings);
    free_all(&people->persons);
    free(people);
}

uint64_t people_version(const struct people *people)
{
    return people->version;
}
