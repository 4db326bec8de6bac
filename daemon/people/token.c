/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"
#include "store/store_token.h"

enum { SAVE_MS = 600000 };

struct token_change {
    struct change change; /* first */
    struct token_row row;
};

const char *token_kind_name(enum token_kind kind)
{
    static const char *const names[] = {"api", "slicer", "site", "maker"};

    return names[kind];
}

static enum err apply_put(struct store_work *work, struct db *db)
{
    return store_token_put(db, &((struct token_change *)(void *)work)->row);
}

static void make_row(const struct token *token, struct token_row *row)
{
    row->id = token->id;
    secret_hex(&token->hash, row->hash);
    row->kind = (int64_t)token->kind;
    memcpy(row->name, token->name, sizeof row->name);
    roles_text(&token->roles, row->roles);
    row->person = token->person != NULL ? token->person->id : 0;
    row->created_ms = token->created_ms;
    memcpy(row->by, token->by, sizeof row->by);
    row->expires_ms = token->expires_ms;
    row->used_ms = token->used_ms;
    row->revoked_ms = token->revoked_ms;
    memcpy(row->contact, token->contact, sizeof row->contact);
    memcpy(row->parts, token->parts, sizeof row->parts);
}

static void write_token(struct people *people, const struct token *token, people_done done,
                        void *context)
{
    struct token_change *c = change_begin(people, sizeof *c, done, context);

    if (c == NULL)
        return;
    make_row(token, &c->row);
    change_write(&c->change, apply_put);
}

const struct token *token_add(struct people *people, const struct token *spec,
                              char secret[SECRET_TEXT_SIZE], people_done done, void *context)
{
    struct token *token = people->store != NULL ? malloc(sizeof *token) : NULL;

    if (token == NULL) {
        done(context, ERR_BUSY, "usined is stopping, or out of memory: try again");
        return NULL;
    }
    *token = *spec;
    secret_make(secret);
    token->id = ++people->last_token;
    token->hash = secret_hash("", secret);
    token->created_ms = clock_wall(people->clock);
    token->used_ms = token->revoked_ms = token->saved_ms = 0;
    list_add(&people->tokens, &token->node);
    write_token(people, token, done, context);
    return token;
}

const struct token *token_next(const struct people *people, const struct person *person,
                               const struct token *after)
{
    const struct list *node = after != NULL ? after->node.next : people->tokens.next;

    for (; node != &people->tokens; node = node->next) {
        const struct token *token = list_entry(node, struct token, node);

        if (token->revoked_ms == 0 && (person == NULL || token->person == person))
            return token;
    }
    return NULL;
}

const struct token *token_maker(const struct people *people, int64_t id)
{
    const struct token *token = token_next(people, NULL, NULL);

    while (token != NULL && (token->id != id || token->kind != TOKEN_MAKER))
        token = token_next(people, NULL, token);
    return token;
}

static bool good(const struct token *token, int64_t now_ms)
{
    return token->revoked_ms == 0 && (token->expires_ms == 0 || now_ms < token->expires_ms) &&
           (token->person == NULL || !token->person->disabled);
}

struct token *token_find(struct people *people, const struct secret_hash *hash)
{
    int64_t now = clock_wall(people->clock);

    for (struct list *n = people->tokens.next; n != &people->tokens; n = n->next) {
        struct token *token = list_entry(n, struct token, node);

        if (!secret_same(&token->hash, hash))
            continue;
        if (!good(token, now))
            return NULL;
        token->used_ms = now;
        if (now - token->saved_ms >= SAVE_MS) {
            token->saved_ms = now;
            write_token(people, token, NULL, NULL);
        }
        return token;
    }
    return NULL;
}

void token_revoke(struct people *people, int64_t id, const struct person *person, people_done done,
                  void *context)
{
    struct change *refusal;

    for (struct list *n = people->tokens.next; n != &people->tokens; n = n->next) {
        struct token *token = list_entry(n, struct token, node);

        if (token->id != id || (person != NULL && token->person != person))
            continue;
        if (token->revoked_ms == 0)
            token->revoked_ms = clock_wall(people->clock);
        token->contact[0] = '\0';
        people->version++;
        write_token(people, token, done, context);
        return;
    }
    refusal = change_begin(people, sizeof *refusal, done, context);
    if (refusal != NULL)
        change_refuse(refusal, ERR_NOT_FOUND, "there is no such token");
}
