/* SPDX-License-Identifier: Apache-2.0 */
#include "head.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "route.h"

/* A slash that is escaped belongs to a name: it must not end a segment once MHD has unescaped it.
 */
static void keep_slashes(char *path, const char *end)
{
    for (; path != NULL && path + 2 < end; path = strchr(path + 1, '%'))
        if (strncasecmp(path, "%2F", 3) == 0)
            memcpy(path + 1, "1F", 2); /* ROUTE_SLASH */
}

void *head_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
    const char *query = strchr(uri, '?');
    size_t members = 1;

    (void)connection;
    keep_slashes(strchr((char *)(uintptr_t)uri, '%'), query != NULL ? query : uri + strlen(uri));
    for (const char *c = query; c != NULL && *c != '\0'; c++)
        members += *c == '&';
    if (members <= QUERY_MEMBERS_MAX)
        return NULL;
    /* MHD is about to split it in place, runs out of memory at some 300 members, and would then
     * never answer: it gets none to split. */
    ((char *)(uintptr_t)query)[1] = '\0';
    return cls;
}

/* Without the headers that others have: there may be no room for them. */
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = MHD_NO;

    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "application/json");
    MHD_add_response_header(response, "Connection", "close");
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

bool head_refused(struct MHD_Connection *connection, bool cut, enum MHD_Result *result)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    if (cut) {
        *result = refuse(connection, MHD_HTTP_URI_TOO_LONG,
                         "{\"error\":{\"code\":\"too_large\",\"message\":\"a query may have at "
                         "most 100 members\"}}");
        return true;
    }
    if (info == NULL || info->header_size <= HEAD_MAX)
        return false;
    *result = refuse(connection, MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE,
                     "{\"error\":{\"code\":\"too_large\",\"message\":\"address and headers may "
                     "have at most 16 KiB\"}}");
    return true;
}
