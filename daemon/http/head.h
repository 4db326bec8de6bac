/* SPDX-License-Identifier: Apache-2.0 */
/* What the head of a request may cost of its connection's memory, so that there is some left for
 * an answer: at most HEAD_MAX bytes, and QUERY_MEMBERS_MAX members in the query. */
#ifndef USINE_HTTP_HEAD_H
#define USINE_HTTP_HEAD_H

#include <microhttpd.h>
#include <stdbool.h>

enum { HEAD_MAX = 16 * 1024, QUERY_MEMBERS_MAX = 100 };

/* For MHD_OPTION_URI_LOG_CALLBACK: the request's first context, which is cls when the query has too
 * many members (and was cut off), else NULL. */
void *head_uri(void *cls, const char *uri, struct MHD_Connection *connection);

/* Is this head too large, or was its query? Then it was answered: *result is what MHD is told. */
bool head_refused(struct MHD_Connection *connection, bool cut, enum MHD_Result *result);

#endif
