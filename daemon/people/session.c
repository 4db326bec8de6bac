/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"
#include "store/store_person.h"

enum { PER_PERSON = 20, SESSIONS_MAX = 5000, SAVE_MS = 60000, SWEEP_MS = 60000 };

struct session_change {
    struct change change; /* first */
    struct session_row row;
    bool all; /* of the person */
};

static enum err apply_put(struct store_work *work, struct db *db)
{
    return store_session_put(db, &((struct session_change *)(void *)work)->row);
}

static enum err apply_remove(struct store_work *work, struct db *db)
{
    struct session_change *c = (struct session_change *)(void *)work;

    return c->all ? store_session_remove_all(db, c->row.person)
                  : store_session_remove(db, c->row.id);
}

static void forget(struct people *people, struct session *session)
{
    list_remove(&session->node);
    people->session_count--;
    people->version++;
    free(session);
}

/* Out of memory, and off the disk when it can be had; what stays there ends by its age. */
static void drop(struct people *people, struct session *session)
{
    struct session_change *c = change_begin(people, sizeof *c, NULL, NULL);

    if (c != NULL) {
        c->row.id = session->id;
        change_write(&c->change, apply_remove);
    }
    forget(people, session);
}

int64_t session_expires(const struct session *session)
{
    int64_t idle =
        session->seen_ms + (session->tablet != 0 ? SESSION_PIN_IDLE_MS : SESSION_IDLE_MS);
    int64_t end = session->created_ms + SESSION_MS;

    return idle < end ? idle : end;
}

static bool good(const struct session *session, int64_t now_ms)
{
    return now_ms < session_expires(session) && !session->person->disabled;
}

static void sweep(struct people *people, int64_t now_ms)
{
    if (now_ms >= people->swept_ms && now_ms - people->swept_ms < SWEEP_MS)
        return;
    people->swept_ms = now_ms;
    for (struct list *next, *n = people->sessions.next; n != &people->sessions; n = next) {
        next = n->next;
        if (!good(list_entry(n, struct session, node), now_ms))
            drop(people, list_entry(n, struct session, node));
    }
}

/* The person's oldest goes when there are too many. */
static void make_room(struct people *people, const struct person *person)
{
    struct session *oldest = NULL;
    int count = 0;

    for (struct list *n = people->sessions.prev; n != &people->sessions; n = n->prev) {
        struct session *session = list_entry(n, struct session, node);

        if (session->person != person)
            continue;
        oldest = session;
        count++;
    }
    if (count >= PER_PERSON)
        drop(people, oldest);
}

struct session *session_open(struct people *people, struct person *person, int64_t tablet,
                             const struct origin *origin, char cookie[SECRET_TEXT_SIZE])
{
    int64_t now = clock_wall(people->clock);
    struct session *session;

    sweep(people, now);
    make_room(people, person);
    session = people->session_count < SESSIONS_MAX ? calloc(1, sizeof *session) : NULL;
    if (session == NULL)
        return NULL;
    secret_make(cookie);
    session->id = ++people->last_session;
    session->hash = secret_hash("", cookie);
    session->person = person;
    session->tablet = tablet;
    session->created_ms = session->seen_ms = session->auth_ms = now;
    snprintf(session->address, sizeof session->address, "%s", origin->address);
    snprintf(session->agent, sizeof session->agent, "%s", origin->agent);
    list_add(&people->sessions, &session->node);
    people->session_count++;
    return session;
}

void session_write(struct people *people, struct session *session, people_done done, void *context)
{
    struct session_change *c = change_begin(people, sizeof *c, done, context);

    if (c == NULL)
        return;
    c->row.id = session->id;
    secret_hex(&session->hash, c->row.hash);
    c->row.person = session->person->id;
    c->row.tablet = session->tablet;
    c->row.created_ms = session->created_ms;
    c->row.seen_ms = session->saved_ms = session->seen_ms;
    c->row.auth_ms = session->auth_ms;
    memcpy(c->row.address, session->address, sizeof c->row.address);
    memcpy(c->row.agent, session->agent, sizeof c->row.agent);
    change_write(&c->change, apply_put);
}

struct session *session_find(struct people *people, const struct secret_hash *hash)
{
    int64_t now = clock_wall(people->clock);

    for (struct list *n = people->sessions.prev; n != &people->sessions; n = n->prev) {
        struct session *session = list_entry(n, struct session, node);

        if (secret_same(&session->hash, hash))
            return good(session, now) ? session : NULL;
    }
    return NULL;
}

void session_touch(struct people *people, struct session *session)
{
    session->seen_ms = clock_wall(people->clock);
    if (session->seen_ms - session->saved_ms >= SAVE_MS)
        session_write(people, session, NULL, NULL);
}

const struct session *session_next(const struct people *people, const struct person *person,
                                   const struct session *after)
{
    const struct list *node = after != NULL ? after->node.next : people->sessions.next;
    int64_t now = clock_wall(people->clock);

    for (; node != &people->sessions; node = node->next) {
        const struct session *session = list_entry(node, struct session, node);

        if (session->person == person && good(session, now))
            return session;
    }
    return NULL;
}

void session_end(struct people *people, const struct person *person, int64_t id, people_done done,
                 void *context)
{
    struct session_change *c = change_begin(people, sizeof *c, done, context);
    bool found = id == 0;

    if (c == NULL)
        return;
    for (struct list *next, *n = people->sessions.next; n != &people->sessions; n = next) {
        struct session *session = list_entry(n, struct session, node);

        next = n->next;
        if (session->person != person || (id != 0 && session->id != id))
            continue;
        found = true;
        forget(people, session);
    }
    c->row.id = id;
    c->row.person = person->id;
    c->all = id == 0;
    if (found)
        change_write(&c->change, apply_remove);
    else
        change_refuse(&c->change, ERR_NOT_FOUND, "there is no such session of yours");
}
