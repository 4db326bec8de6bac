/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: the Unix socket and TCP. */
#ifndef USINE_HTTP_LISTEN_H
#define USINE_HTTP_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* A listening Unix socket at path, mode 0660. A stale one is replaced only if nobody answers on it.
 * ERR_REFUSED: somebody does; ERR_DISK: the path. text says what to do. */
enum err listen_unix(const char *path, int *fd, char *text, size_t size);

enum { LISTEN_ADDRESS_SIZE = 160 };

struct listen_words {
    char address[LISTEN_ADDRESS_SIZE]; /* "http://127.0.0.1:8750" as it really is */
    char text[400];                    /* why not, and what to do */
};

/* True when nobody but this computer can reach that address. */
bool listen_is_loopback(const char *spec);

/* A listening TCP socket for "127.0.0.1:8750", "[::1]:8750", "localhost:8750", "192.0.2.7:443" or
 * ":8750" (every address); port 0 lets the system choose. ERR_REFUSED: no address, or in use. */
enum err listen_tcp(const char *spec, bool tls, int *fd, struct listen_words *words);

#endif
