/* SPDX-License-Identifier: Apache-2.0 */
/* A request's header -> who asks, from where, by which address of ours. */
#ifndef USINE_HTTP_ASKER_H
#define USINE_HTTP_ASKER_H

#include <microhttpd.h>

#include "commands/answer.h"
#include "commands/caller.h"

struct listener;

/* The browser's session goes by this name; over https with "__Host-" before it. */
#define ASKER_SESSION "usine-session"
#define ASKER_TABLET "usine-tablet"

struct asker {
    struct caller caller;
    bool secure; /* https, to us or to the proxy in front */
};

/* Fills asker. False, and the answer was given: it came by a name that is not ours (DNS rebinding),
 * or a page of others wants to write. */
bool asker_find(struct asker *asker, struct listener *listener, struct MHD_Connection *connection,
                bool write, struct answer *answer);

#endif
