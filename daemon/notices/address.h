/* SPDX-License-Identifier: Apache-2.0 */
/* Where messages may go: the checks of what people write, what may be shown of it, and which
 * network addresses belong to no stranger. Pure. */
#ifndef USINE_NOTICES_ADDRESS_H
#define USINE_NOTICES_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* A plain mail address, ASCII only: what stands in it goes into SMTP commands as it is. */
bool address_mail_good(const char *text, const char **why);

/* An http or https address without user name, fragment or blanks; a private network address in
 * numbers only when allowed. */
bool address_web_good(const char *text, bool private_allowed, const char **why);

/* "https://ntfy.sh/…": the rest of a webhook's address is a secret. */
void address_web_shown(const char *text, char *shown, size_t size);

/* Not in the public internet: this computer, a local network, and everything reserved. */
bool address_private(const struct sockaddr *address);

#endif
