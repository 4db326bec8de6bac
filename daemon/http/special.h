/* SPDX-License-Identifier: Apache-2.0 */
/* What is served beside the command table: health, metrics, the API's own description, live events
 * and the pages. GET only. */
#ifndef USINE_HTTP_SPECIAL_H
#define USINE_HTTP_SPECIAL_H

#include <microhttpd.h>

#include "asker.h"
#include "commands/office.h"

struct special;
struct listener;

/* NULL: nothing special at this path. */
const struct special *special_find(const char *path);

/* The least role it needs, anywhere. */
enum role special_role(const struct special *special);

/* Where the request stands; all borrowed. */
struct special_place {
    struct listener *listener;
    struct MHD_Connection *connection;
    const char *path;
    const struct asker *asker;
};

/* For what must wait for the disk: true, and the answer ends now or later; false: special_reply. */
bool special_ask(const struct special *special, struct office *office, struct answer *answer);

/* Queues its response. answer is scratch for those that are plain text. */
enum MHD_Result special_reply(const struct special *special, struct special_place place,
                              struct answer *answer);

#endif
