/* SPDX-License-Identifier: Apache-2.0 */
#include "tls.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEM_MAX = 256 * 1024 };

/* The whole file; NULL, and words in text. */
static char *read_pem(const char *path, const char *what, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    char *pem = file != NULL ? calloc(1, PEM_MAX) : NULL;
    size_t n = pem != NULL ? fread(pem, 1, PEM_MAX - 1, file) : 0;

    if (file == NULL)
        snprintf(text, size, "\"tls\": %.200s: %s", path, strerror(errno));
    else if (n == 0 || strstr(pem, "-----BEGIN") == NULL)
        snprintf(text, size, "\"tls\": %.200s holds no %s in PEM form", path, what);
    if (file != NULL)
        fclose(file);
    if (n > 0 && strstr(pem, "-----BEGIN") != NULL)
        return pem;
    free(pem);
    return NULL;
}

enum err tls_read(struct tls *tls, const char *certificate, const char *key, char *text,
                  size_t size)
{
    tls->certificate = read_pem(certificate, "certificate", text, size);
    tls->key = tls->certificate != NULL ? read_pem(key, "private key", text, size) : NULL;
    if (tls->key != NULL)
        return ERR_OK;
    tls_finish(tls);
    return ERR_REFUSED;
}

void tls_finish(struct tls *tls)
{
    if (tls->key != NULL)
        explicit_bzero(tls->key, strlen(tls->key));
    free(tls->certificate);
    free(tls->key);
    tls->certificate = tls->key = NULL;
}
