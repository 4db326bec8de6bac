/* SPDX-License-Identifier: Apache-2.0 */
#include "person.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"
#include "store/store_person.h"

#define LOGIN_BYTES "abcdefghijklmnopqrstuvwxyz0123456789-_."

static const char last_admin[] =
    "nobody would be left who is admin of all sites: make somebody else admin first";

const struct person *person_next(const struct people *people, const struct person *person)
{
    const struct list *node = person != NULL ? person->node.next : people->persons.next;

    return node != &people->persons ? list_entry(node, struct person, node) : NULL;
}

const struct person *person_first(const struct people *people)
{
    return person_next(people, NULL);
}

const struct person *person_find(const struct people *people, const char *login)
{
    const struct person *person = person_first(people);

    while (person != NULL && strcmp(person->login, login) != 0)
        person = person_next(people, person);
    return person;
}

struct person *person_of(struct people *people, int64_t id)
{
    for (struct list *n = people->persons.next; n != &people->persons; n = n->next)
        if (list_entry(n, struct person, node)->id == id)
            return list_entry(n, struct person, node);
    return NULL;
}

static bool is_admin(const struct person *person)
{
    return !person->disabled && person->roles.all == ROLE_ADMIN;
}

/* Somebody but this one is admin. */
static bool other_admin(const struct people *people, int64_t id)
{
    const struct person *person = person_first(people);

    while (person != NULL && (person->id == id || !is_admin(person)))
        person = person_next(people, person);
    return person != NULL;
}

bool people_has_admin(const struct people *people)
{
    return other_admin(people, 0);
}

static void make_row(const struct person *person, struct person_row *row)
{
    memset(row, 0, sizeof *row);
    row->id = person->id;
    memcpy(row->login, person->login, sizeof person->login);
    memcpy(row->name, person->name, sizeof row->name);
    memcpy(row->language, person->language, sizeof person->language);
    roles_text(&person->roles, row->roles);
    memcpy(row->password, person->password, sizeof row->password);
    memcpy(row->pin, person->pin, sizeof row->pin);
    row->disabled = person->disabled;
    if (person->invite_ms > 0)
        secret_hex(&person->invite, row->invite);
    row->invite_ms = person->invite_ms;
    row->added_ms = person->added_ms;
    memcpy(row->by, person->by, sizeof row->by);
}

struct person_change {
    struct change change; /* first */
    struct person wanted;
    struct person_row row;
    int64_t now_ms;
};

static enum err apply_put(struct store_work *work, struct db *db)
{
    struct person_change *c = (struct person_change *)(void *)work;

    return store_person_put(db, &c->row);
}

static void on_added(struct change *change)
{
    struct person_change *c = (struct person_change *)(void *)change;
    struct person *person = person_of(change->people, c->wanted.id);

    person->busy = false;
    change->people->version++;
}

/* Nobody has seen the person yet: no session, no token. */
static void on_not_added(struct change *change)
{
    struct person_change *c = (struct person_change *)(void *)change;
    struct person *person = person_of(change->people, c->wanted.id);

    list_remove(&person->node);
    free(person);
}

static bool login_good(const char *login)
{
    return isalnum((unsigned char)login[0]) && strlen(login) < LOGIN_SIZE &&
           strspn(login, LOGIN_BYTES) == strlen(login);
}

void person_add(struct people *people, const struct person *spec, char code[SECRET_TEXT_SIZE],
                people_done done, void *context)
{
    struct person_change *c = change_begin(people, sizeof *c, done, context);
    struct person *person = c != NULL ? malloc(sizeof *person) : NULL;

    if (c == NULL)
        return;
    if (person == NULL) {
        change_refuse(&c->change, ERR_NO_MEMORY, err_words(ERR_NO_MEMORY));
        return;
    }
    *person = *spec;
    if (!login_good(spec->login) || person_find(people, spec->login) != NULL) {
        free(person);
        change_refuse(
            &c->change, login_good(spec->login) ? ERR_REFUSED : ERR_INVALID,
            login_good(spec->login)
                ? "somebody has this login already: choose another"
                : "a login has 1 to 47 of a-z 0-9 - _ . and begins with a letter or digit");
        return;
    }
    person->id = ++people->last_person;
    person->added_ms = clock_wall(people->clock);
    person->busy = true;
    if (person->password[0] == '\0')
        person_invite(people, person, code);
    list_add(&people->persons, &person->node);
    c->wanted = *person;
    make_row(person, &c->row);
    c->change.committed = on_added;
    c->change.failed = on_not_added;
    change_write(&c->change, apply_put);
}

static void on_set(struct change *change)
{
    struct person_change *c = (struct person_change *)(void *)change;
    struct person *person = person_of(change->people, c->wanted.id);
    struct list node = person->node;

    *person = c->wanted;
    person->node = node;
    person->busy = false;
    change->people->version++;
}

static void on_not_set(struct change *change)
{
    struct person_change *c = (struct person_change *)(void *)change;

    person_of(change->people, c->wanted.id)->busy = false;
}

void person_set(struct people *people, const struct person *wanted, people_done done, void *context)
{
    struct person_change *c = change_begin(people, sizeof *c, done, context);
    struct person *person = person_of(people, wanted->id);

    if (c == NULL)
        return;
    if (person == NULL) {
        change_refuse(&c->change, ERR_NOT_FOUND, "this person has gone");
    } else if (person->busy) {
        change_refuse(&c->change, ERR_BUSY,
                      "another change of this person is being written: try again");
    } else if (is_admin(person) && !is_admin(wanted) && !other_admin(people, person->id)) {
        change_refuse(&c->change, ERR_REFUSED, last_admin);
    } else {
        c->wanted = *wanted;
        make_row(wanted, &c->row);
        person->busy = true;
        c->change.committed = on_set;
        c->change.failed = on_not_set;
        change_write(&c->change, apply_put);
    }
}

static enum err apply_remove(struct store_work *work, struct db *db)
{
    struct person_change *c = (struct person_change *)(void *)work;

    return store_person_remove(db, c->wanted.id, c->now_ms);
}

static void forget_tokens(struct people *people, const struct person *person, int64_t now_ms)
{
    for (struct list *n = people->tokens.next; n != &people->tokens; n = n->next) {
        struct token *token = list_entry(n, struct token, node);

        if (token->person != person)
            continue;
        token->person = NULL;
        if (token->revoked_ms == 0)
            token->revoked_ms = now_ms;
    }
}

static void on_removed(struct change *change)
{
    struct person_change *c = (struct person_change *)(void *)change;
    struct people *people = change->people;
    struct person *person = person_of(people, c->wanted.id);

    for (struct list *next, *n = people->sessions.next; n != &people->sessions; n = next) {
        struct session *session = list_entry(n, struct session, node);

        next = n->next;
        if (session->person != person)
            continue;
        list_remove(n);
        people->session_count--;
        free(session);
    }
    forget_tokens(people, person, c->now_ms);
    list_remove(&person->node);
    free(person);
    people->version++;
}

void person_remove(struct people *people, const char *login, people_done done, void *context)
{
    struct person_change *c = change_begin(people, sizeof *c, done, context);
    const struct person *found = person_find(people, login);

    if (c == NULL)
        return;
    if (found == NULL) {
        change_refuse(&c->change, ERR_NOT_FOUND, "nobody has this login");
    } else if (found->busy) {
        change_refuse(&c->change, ERR_BUSY,
                      "another change of this person is being written: try again");
    } else if (is_admin(found) && !other_admin(people, found->id)) {
        change_refuse(&c->change, ERR_REFUSED, last_admin);
    } else {
        c->wanted.id = found->id;
        c->now_ms = clock_wall(people->clock);
        person_of(people, found->id)->busy = true;
        c->change.committed = on_removed;
        c->change.failed = on_not_set;
        change_write(&c->change, apply_remove);
    }
}
