/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: what programs get in with. */
#ifndef USINE_PEOPLE_TOKEN_H
#define USINE_PEOPLE_TOKEN_H

#include "person.h"

enum token_kind {
    TOKEN_API,    /* whatever its roles allow */
    TOKEN_SLICER, /* uploads programs and asks for pieces, nothing else */
    TOKEN_SITE,   /* a site's daemon, at its hub */
    TOKEN_MAKER   /* somebody without a daemon declares what they made, for its sites */
};

enum { TOKEN_CONTACT_SIZE = 128, TOKEN_PARTS_SIZE = 1024 };

struct token {
    struct list node; /* in people->tokens */
    int64_t id;
    struct secret_hash hash;
    enum token_kind kind;
    char name[64];
    struct roles roles;
    struct person *person; /* acts for this one, within their roles; NULL: for itself */
    int64_t created_ms;
    char by[64];
    int64_t expires_ms; /* wall; 0: never */
    int64_t used_ms;    /* wall; 0: never */
    int64_t revoked_ms; /* 0: it is good */
    int64_t saved_ms;
    char contact[TOKEN_CONTACT_SIZE]; /* a maker's; forgotten when it is revoked */
    char parts[TOKEN_PARTS_SIZE];     /* a maker's: ids of what they make, space separated */
};

const char *token_kind_name(enum token_kind kind); /* "api" */

/* Adds one with kind, name, roles, person, by, expires_ms, contact and parts of spec; the token
 * itself is put into secret and kept nowhere. Returns it, NULL without memory; done is told after
 * the commit. */
const struct token *token_add(struct people *people, const struct token *spec,
                              char secret[SECRET_TEXT_SIZE], people_done done, void *context);

/* Walks those not revoked, of one person or (NULL) all; NULL: no more. */
const struct token *token_next(const struct people *people, const struct person *person,
                               const struct token *after);

/* The one with this hash that is good now; NULL. Using it is noted. */
struct token *token_find(struct people *people, const struct secret_hash *hash);

/* The link of a maker with this number that is not revoked; NULL. */
const struct token *token_maker(const struct people *people, int64_t id);

/* At once. person: only if it is theirs; NULL: whoever's. ERR_NOT_FOUND. */
void token_revoke(struct people *people, int64_t id, const struct person *person, people_done done,
                  void *context);

#endif
