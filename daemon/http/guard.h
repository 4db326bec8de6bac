/* SPDX-License-Identifier: Apache-2.0 */
/* Who may talk to the loopback address: only this machine's own names, so that a page of another
 * site cannot reach the factory through a browser here (DNS rebinding, cross-site writes). Pure. */
#ifndef USINE_HTTP_GUARD_H
#define USINE_HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* True when the Host header names this machine: localhost, 127.0.0.1 or [::1], any port. */
bool guard_host(const char *host);

/* Writes "https://host" (http when not secure), by which a page of ours reached us; "" when host
 * (NULL: none) holds what no host and port can. */
void guard_base(const char *host, bool secure, char *base, size_t size);

/* True when the Origin header is a page of base. origin NULL (no browser, or a plain read) is fine.
 */
bool guard_origin(const char *origin, const char *base);

/* True when text may stand for the person who asks: 1..63 bytes of printable UTF-8. */
bool guard_name(const char *text);

#endif
