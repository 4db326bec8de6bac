/* SPDX-License-Identifier: Apache-2.0 */
/* Names that people chose, in addresses. Pure. */
#ifndef USINE_COMMANDS_URL_H
#define USINE_COMMANDS_URL_H

#include <stddef.h>

/* Writes base ("https://usine.example.org"), path ("/lots/") and name, this one percent-encoded but
 * for letters, digits and "-._~"; as much of name as there is room for. */
void url_write(char *url, size_t size, const char *base, const char *path, const char *name);

#endif
