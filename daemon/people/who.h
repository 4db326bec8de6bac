/* SPDX-License-Identifier: Apache-2.0 */
/* Who is behind a request, and what they may do where. */
#ifndef USINE_PEOPLE_WHO_H
#define USINE_PEOPLE_WHO_H

#include <stdbool.h>

#include "session.h"
#include "tablet.h"
#include "token.h"

/* What a request showed; only hashes of its secrets. May be kept and looked at again later. */
struct pass {
    bool local; /* came by the Unix socket, whose file mode is the lock */
    bool has_session, has_tablet, has_token;
    struct secret_hash session, tablet, token;
};

enum who_kind {
    WHO_NOBODY,
    WHO_LOCAL,  /* the socket: admin */
    WHO_PERSON, /* by password */
    WHO_PIN,    /* by PIN on a tablet */
    WHO_TABLET, /* a tablet, and nobody has said who they are */
    WHO_TOKEN
};

struct who {
    enum who_kind kind;
    const struct person *person; /* PERSON, PIN, a token's owner; NULL */
    struct session *session;     /* PERSON, PIN */
    const struct tablet *tablet; /* PIN, TABLET */
    const struct token *token;   /* TOKEN */
};

/* Who shows this pass, now. A token that is not good is nobody, whatever else was shown. */
struct who who_find(struct people *people, const struct pass *pass);

/* Their role at a site; at all sites (NULL); the highest anywhere. */
enum role who_role(const struct who *who, const char *site);
enum role who_role_anywhere(const struct who *who);

/* The password (or on a tablet the PIN) was given within SESSION_FRESH_MS. True for the socket,
 * false for tokens. */
bool who_fresh(const struct who *who, int64_t now_ms);

/* The name that goes into ledger and audit: a login, "token:NAME", "tablet:NAME"; "" for nobody and
 * for the socket, whose user says the name. */
void who_name(const struct who *who, char name[64]);

/* "kind" of GET /api/v1/me: "person". */
const char *who_kind_name(enum who_kind kind);

/* By what they came in: "session 12", "session 12, tablet 3 (Atelier)", "token 4"; "" for the
 * socket. */
void who_via(const struct who *who, char via[64]);

#endif
