/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate and the key of our own TLS, read at the start. */
#ifndef USINE_HTTP_TLS_H
#define USINE_HTTP_TLS_H

#include <stddef.h>

#include "base/err.h"

struct tls {
    char *certificate; /* PEM, with its chain; owned; NULL: no TLS */
    char *key;         /* PEM; owned, wiped at the end */
};

/* ERR_REFUSED: a file cannot be read, or holds no PEM; text says which. */
enum err tls_read(struct tls *tls, const char *certificate, const char *key, char *text,
                  size_t size);

void tls_finish(struct tls *tls);

#endif
