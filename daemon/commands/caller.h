/* SPDX-License-Identifier: Apache-2.0 */
/* What a request shows of the one who asks. Kept as hashes, so that it can be looked at again
 * later: when a body has come, or while a stream goes on. */
#ifndef USINE_COMMANDS_CALLER_H
#define USINE_COMMANDS_CALLER_H

#include <stdbool.h>

#include "people/who.h"

enum { CALLER_CSRF_SIZE = 33 };

struct caller {
    struct pass pass;
    char session_csrf[CALLER_CSRF_SIZE]; /* what a page must show beside the cookie; "" : none */
    char tablet_csrf[CALLER_CSRF_SIZE];
    char csrf[CALLER_CSRF_SIZE]; /* what it shows */
    char by[64];                 /* the socket's user says: this name */
    char via[64];                /* "socket, uid 1000"; "" else */
    char address[64];            /* "" : the socket */
    char agent[96];
    char base[128]; /* "https://usine.example.org": how it reached us; "" unknown */
};

/* The secrets of a request's header; NULL: not shown. */
struct credentials {
    const char *session, *tablet; /* cookies */
    const char *token;
    const char *csrf;
};

/* Fills pass and the csrf texts. */
void caller_show(struct caller *caller, const struct credentials *credentials);

/* What a page must show beside a cookie of this value. */
void caller_csrf(const char *cookie, char csrf[CALLER_CSRF_SIZE]);

#endif
