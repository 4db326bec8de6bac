/* SPDX-License-Identifier: Apache-2.0 */
#include "connection.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "server.h"

enum { HEADER_MS = 12000, REST_MS = 75000, BODY_SPAN_MS = 30000, BODY_LEAST = 30000 };

static void started(struct http *http, struct MHD_Connection *connection, void **socket_context)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct connection *c = calloc(1, sizeof *c);

    if (c == NULL || info == NULL) {
        free(c);
        return; /* it lives without our deadlines, by MHD's time-out alone */
    }
    c->fd = info->connect_fd;
    c->since_ms = clock_mono(http->office->clock);
    list_add(&http->connections, &c->node);
    *socket_context = c;
}

void connection_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
    struct connection *c = *socket_context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        started(cls, connection, socket_context);
    } else if (c != NULL) {
        list_remove(&c->node);
        free(c);
        *socket_context = NULL;
    }
}

struct connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info != NULL ? info->socket_context : NULL;
}

void connection_header(struct connection *connection, int64_t now_ms, bool has_body)
{
    if (connection == NULL)
        return;
    connection->in_body = has_body;
    connection->served = !has_body;
    connection->since_ms = now_ms;
    connection->received = 0;
}

void connection_bytes(struct connection *connection, uint64_t n)
{
    if (connection != NULL)
        connection->received += n;
}

void connection_body_done(struct connection *connection)
{
    if (connection == NULL)
        return;
    connection->in_body = false;
    connection->served = true;
}

void connection_answered(struct connection *connection, int64_t now_ms)
{
    if (connection == NULL)
        return;
    connection->in_body = connection->served = false;
    connection->had_request = true;
    connection->since_ms = now_ms;
}

static bool too_slow(struct connection *c, int64_t now_ms)
{
    int64_t span = now_ms - c->since_ms;

    if (c->served)
        return false;
    if (!c->in_body)
        return span > (c->had_request ? REST_MS : HEADER_MS);
    if (span < BODY_SPAN_MS)
        return false;
    if (c->received < BODY_LEAST)
        return true;
    c->since_ms = now_ms;
    c->received = 0;
    return false;
}

void connections_check(struct list *connections, int64_t now_ms)
{
    for (struct list *n = connections->next; n != connections; n = n->next) {
        struct connection *c = list_entry(n, struct connection, node);

        if (too_slow(c, now_ms))
            shutdown(c->fd, SHUT_RDWR); /* MHD sees the end and closes it */
    }
}
