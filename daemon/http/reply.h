/* SPDX-License-Identifier: Apache-2.0 */
/* An answer -> an HTTP response. */
#ifndef USINE_HTTP_REPLY_H
#define USINE_HTTP_REPLY_H

#include <microhttpd.h>
#include <stdbool.h>

#include "asker.h"
#include "commands/answer.h"

/* Queues the answer; its text becomes the response's. allow: for the Allow header; "" none. */
enum MHD_Result reply_send(struct MHD_Connection *connection, struct answer *answer,
                           const struct asker *asker, const char *allow);

/* Did the caller say that it takes compressed answers? */
bool reply_takes_gzip(struct MHD_Connection *connection);

/* Headers every response carries: of the API; of the pages, which say themselves how long they may
 * be kept. */
void reply_headers(struct MHD_Response *response, const char *type, const struct asker *asker);
void reply_page_headers(struct MHD_Response *response, const char *type, const struct asker *asker);

#endif
