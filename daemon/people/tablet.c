/* SPDX-License-Identifier: Apache-2.0 */
#include "tablet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"
#include "store/store_token.h"

enum { PAIRINGS_MAX = 64, SAVE_MS = 3600000 };

/* A code that waits for its tablet; in memory alone. */
struct pairing {
    struct list node; /* in people->pairings */
    struct secret_hash hash;
    char site[ROLES_SITE_SIZE];
    char name[64];
    char by[64];
    int64_t expires_ms; /* monotonic */
};

struct tablet_change {
    struct change change; /* first */
    struct tablet_row row;
};

static enum err apply_put(struct store_work *work, struct db *db)
{
    return store_tablet_put(db, &((struct tablet_change *)(void *)work)->row);
}

static enum err apply_remove(struct store_work *work, struct db *db)
{
    return store_tablet_remove(db, ((struct tablet_change *)(void *)work)->row.id);
}

static void forget_pairing(struct people *people, struct pairing *pairing)
{
    list_remove(&pairing->node);
    people->pairing_count--;
    free(pairing);
}

bool tablet_invite(struct people *people, const char *site, const char *name, const char *by,
                   char code[SECRET_TEXT_SIZE])
{
    int64_t now = clock_mono(people->clock);
    struct pairing *pairing;

    while (!list_empty(&people->pairings)) {
        pairing = list_entry(people->pairings.next, struct pairing, node);
        if (pairing->expires_ms > now)
            break;
        forget_pairing(people, pairing);
    }
    pairing = people->pairing_count < PAIRINGS_MAX ? calloc(1, sizeof *pairing) : NULL;
    if (pairing == NULL)
        return false;
    secret_make(code);
    pairing->hash = secret_hash("", code);
    snprintf(pairing->site, sizeof pairing->site, "%s", site);
    snprintf(pairing->name, sizeof pairing->name, "%s", name);
    snprintf(pairing->by, sizeof pairing->by, "%s", by);
    pairing->expires_ms = now + TABLET_CODE_MS;
    list_add(&people->pairings, &pairing->node);
    people->pairing_count++;
    return true;
}

static struct pairing *find_pairing(struct people *people, const char *code)
{
    struct secret_hash hash = secret_hash("", code);
    int64_t now = clock_mono(people->clock);

    for (struct list *n = people->pairings.next; n != &people->pairings; n = n->next) {
        struct pairing *pairing = list_entry(n, struct pairing, node);

        if (secret_same(&pairing->hash, &hash) && now < pairing->expires_ms)
            return pairing;
    }
    return NULL;
}

static void write_tablet(struct people *people, const struct tablet *tablet, people_done done,
                         void *context)
{
    struct tablet_change *c = change_begin(people, sizeof *c, done, context);

    if (c == NULL)
        return;
    c->row.id = tablet->id;
    secret_hex(&tablet->hash, c->row.hash);
    memcpy(c->row.site, tablet->site, sizeof c->row.site);
    memcpy(c->row.name, tablet->name, sizeof c->row.name);
    memcpy(c->row.by, tablet->by, sizeof c->row.by);
    c->row.created_ms = tablet->created_ms;
    c->row.seen_ms = tablet->seen_ms;
    change_write(&c->change, apply_put);
}

const struct tablet *tablet_pair(struct people *people, const char *code,
                                 char cookie[SECRET_TEXT_SIZE], people_done done, void *context)
{
    struct pairing *pairing = people->store != NULL ? find_pairing(people, code) : NULL;
    struct tablet *tablet = pairing != NULL ? calloc(1, sizeof *tablet) : NULL;

    if (tablet == NULL)
        return NULL;
    secret_make(cookie);
    tablet->id = ++people->last_tablet;
    tablet->hash = secret_hash("", cookie);
    memcpy(tablet->site, pairing->site, sizeof tablet->site);
    memcpy(tablet->name, pairing->name, sizeof tablet->name);
    memcpy(tablet->by, pairing->by, sizeof tablet->by);
    tablet->created_ms = tablet->seen_ms = tablet->saved_ms = clock_wall(people->clock);
    list_add(&people->tablets, &tablet->node);
    forget_pairing(people, pairing);
    write_tablet(people, tablet, done, context);
    return tablet;
}

struct tablet *tablet_find(struct people *people, const struct secret_hash *hash)
{
    int64_t now = clock_wall(people->clock);

    for (struct list *n = people->tablets.next; n != &people->tablets; n = n->next) {
        struct tablet *tablet = list_entry(n, struct tablet, node);

        if (!secret_same(&tablet->hash, hash))
            continue;
        if (now - tablet->created_ms >= TABLET_MS)
            return NULL;
        tablet->seen_ms = now;
        if (now - tablet->saved_ms >= SAVE_MS) {
            tablet->saved_ms = now;
            write_tablet(people, tablet, NULL, NULL);
        }
        return tablet;
    }
    return NULL;
}

const struct tablet *tablet_next(const struct people *people, const struct tablet *after)
{
    const struct list *node = after != NULL ? after->node.next : people->tablets.next;

    return node != &people->tablets ? list_entry(node, struct tablet, node) : NULL;
}

static void end_sessions(struct people *people, int64_t id)
{
    for (struct list *next, *n = people->sessions.next; n != &people->sessions; n = next) {
        struct session *session = list_entry(n, struct session, node);

        next = n->next;
        if (session->tablet != id)
            continue;
        list_remove(n);
        people->session_count--;
        free(session);
    }
}

void tablet_remove(struct people *people, int64_t id, people_done done, void *context)
{
    struct tablet_change *c = change_begin(people, sizeof *c, done, context);
    struct tablet *tablet = NULL;

    if (c == NULL)
        return;
    for (struct list *n = people->tablets.next; n != &people->tablets; n = n->next)
        if (list_entry(n, struct tablet, node)->id == id)
            tablet = list_entry(n, struct tablet, node);
    if (tablet == NULL) {
        change_refuse(&c->change, ERR_NOT_FOUND, "there is no such tablet");
        return;
    }
    end_sessions(people, id);
    list_remove(&tablet->node);
    free(tablet);
    people->version++;
    c->row.id = id;
    change_write(&c->change, apply_remove);
}
