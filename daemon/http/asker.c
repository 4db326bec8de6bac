/* SPDX-License-Identifier: Apache-2.0 */
#include "asker.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "address.h"
#include "guard.h"
#include "server.h"

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static const char *cookie(struct MHD_Connection *connection, const char *name, bool secure)
{
    char full[32];

    snprintf(full, sizeof full, "%s%s", secure ? "__Host-" : "", name);
    return MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, full);
}

/* "Authorization: Bearer T", or a slicer's "X-Api-Key: T". */
static const char *token(struct MHD_Connection *connection)
{
    const char *text = header(connection, "Authorization");

    if (text != NULL && strncasecmp(text, "Bearer ", 7) == 0)
        return text + 7;
    return header(connection, "X-Api-Key");
}

/* Who the user of the socket says to be, and who the kernel says it is. */
static void find_local(struct caller *caller, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const char *by = header(connection, "Usine-By");
    struct ucred peer;
    socklen_t size = sizeof peer;

    caller->pass.local = true;
    snprintf(caller->by, sizeof caller->by, "%s", by != NULL && guard_name(by) ? by : "cli");
    snprintf(caller->via, sizeof caller->via, "socket");
    if (info != NULL && getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0)
        snprintf(caller->via, sizeof caller->via, "socket, uid %u", (unsigned)peer.uid);
}

static void find_agent(struct caller *caller, struct MHD_Connection *connection)
{
    const char *agent = header(connection, "User-Agent");

    snprintf(caller->agent, sizeof caller->agent, "%s", agent != NULL ? agent : "");
    for (char *c = caller->agent; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7f)
            *c = '?';
}

/* The proxy's word on the visitor counts when it comes from a proxy of ours. True: it does. */
static bool find_address(struct asker *asker, struct listener *listener,
                         struct MHD_Connection *connection)
{
    const struct config *config = listener->http->office->config;
    const struct address_list proxies = {config->proxy, config->proxy_count};
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *forwarded = header(connection, "X-Forwarded-For");
    const char *proto = header(connection, "X-Forwarded-Proto");

    asker->secure = listener->kind.tls;
    address_text(info != NULL ? info->client_addr : NULL, asker->caller.address);
    if (forwarded == NULL || !address_listed(asker->caller.address, &proxies))
        return false;
    address_forwarded(forwarded, &proxies, asker->caller.address);
    asker->secure |= proto != NULL && strcasecmp(proto, "https") == 0;
    return true;
}

static void find_tcp(struct asker *asker, struct MHD_Connection *connection)
{
    const struct credentials credentials = {
        .session = cookie(connection, ASKER_SESSION, asker->secure),
        .tablet = cookie(connection, ASKER_TABLET, asker->secure),
        .token = token(connection),
        .csrf = header(connection, "Usine-Csrf"),
    };

    caller_show(&asker->caller, &credentials);
    find_agent(&asker->caller, connection);
}

bool asker_find(struct asker *asker, struct listener *listener, struct MHD_Connection *connection,
                bool write, struct answer *answer)
{
    const char *host = header(connection, "Host"), *forwarded;
    const char *url = listener->http->office->config->url;
    bool proxied;

    if (!listener->kind.tcp) {
        find_local(&asker->caller, connection);
        return true;
    }
    proxied = find_address(asker, listener, connection);
    if (listener->kind.loopback && !proxied && !guard_host(host)) {
        answer_fail(answer, ERR_FORBIDDEN,
                    "this address serves only this machine: use localhost or 127.0.0.1");
        return false;
    }
    forwarded = proxied ? header(connection, "X-Forwarded-Host") : NULL;
    guard_base(forwarded != NULL ? forwarded : host, asker->secure, asker->caller.base,
               sizeof asker->caller.base);
    if (write && !guard_origin(header(connection, "Origin"), asker->caller.base) &&
        !guard_origin(header(connection, "Origin"), url)) {
        answer_fail(answer, ERR_FORBIDDEN, "a page of another site may not do this");
        return false;
    }
    find_tcp(asker, connection);
    return true;
}
