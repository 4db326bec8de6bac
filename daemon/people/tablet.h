/* SPDX-License-Identifier: Apache-2.0 */
/* Tablets of a workshop: paired once by a code, then known for a year as a device of that site. */
#ifndef USINE_PEOPLE_TABLET_H
#define USINE_PEOPLE_TABLET_H

#include "person.h"

enum { TABLET_CODE_MS = 600 * 1000 };
#define TABLET_MS (365 * (int64_t)86400000)

struct tablet {
    struct list node; /* in people->tablets */
    int64_t id;
    struct secret_hash hash;
    char site[ROLES_SITE_SIZE];
    char name[64];
    int64_t created_ms;
    char by[64];
    int64_t seen_ms;
    int64_t saved_ms;
};

/* A code for one tablet of this site, for TABLET_CODE_MS. False: too many are open. */
bool tablet_invite(struct people *people, const char *site, const char *name, const char *by,
                   char code[SECRET_TEXT_SIZE]);

/* Exchanges the code for a tablet, whose cookie is put into cookie; the code is void. NULL: the
 * code is not good, and done is not called. */
const struct tablet *tablet_pair(struct people *people, const char *code,
                                 char cookie[SECRET_TEXT_SIZE], people_done done, void *context);

/* The one with this hash that is still good; NULL. */
struct tablet *tablet_find(struct people *people, const struct secret_hash *hash);

/* Walks all; NULL: no more. */
const struct tablet *tablet_next(const struct people *people, const struct tablet *after);

/* At once, with the sessions on it. ERR_NOT_FOUND. */
void tablet_remove(struct people *people, int64_t id, people_done done, void *context);

#endif
