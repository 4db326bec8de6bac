/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in the headers of mails and requests. Pure. */
#ifndef USINE_NOTICES_HEADER_H
#define USINE_NOTICES_HEADER_H

#include <stddef.h>
#include <stdint.h>

enum { HEADER_TEXT_SIZE = 240, HEADER_SIZE = 512 };

/* Makes text fit to be shown: no line ends or other control bytes, well-formed UTF-8. In place. */
void header_clean(char *text);

/* Writes "NAME: TEXT": TEXT as it is when it is printable ASCII, else as RFC 2047 encoded words. At
 * most HEADER_TEXT_SIZE bytes of text; never a line end, whatever text holds. */
void header_write(char header[HEADER_SIZE], const char *name, const char *text);

/* Writes "NAME: Le Dôme <usine@example.org>" of such a mailbox, its name encoded where needed;
 * mailbox may be an address alone. */
void header_write_mailbox(char header[HEADER_SIZE], const char *name, const char *mailbox);

/* The address within a mailbox: "usine@example.org". */
void header_address(char *address, size_t size, const char *mailbox);

/* Writes "Date: Sun, 22 Nov 2026 04:31:00 +0000". */
void header_write_date(char header[HEADER_SIZE], int64_t wall_ms);

#endif
