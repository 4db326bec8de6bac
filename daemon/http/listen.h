/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: the Unix socket and loopback TCP. */
#ifndef USINE_HTTP_LISTEN_H
#define USINE_HTTP_LISTEN_H

#include <stddef.h>

#include "base/err.h"

/* A listening Unix socket at path, mode 0660. A stale one is replaced only if nobody answers on it.
 * ERR_REFUSED: somebody does; ERR_DISK: the path. text says what to do. */
enum err listen_unix(const char *path, int *fd, char *text, size_t size);

/* A listening TCP socket for "127.0.0.1:8750", "[::1]:8750" or "localhost:8750"; port 0 lets the
 * system choose. address (size bytes) receives "http://127.0.0.1:8750" as it really is.
 * ERR_REFUSED: not loopback, or in use. text says what to do. */
enum err listen_tcp(const char *spec, int *fd, char *address, char *text, size_t size);

enum { LISTEN_ADDRESS_SIZE = 160 };

#endif
