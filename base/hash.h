/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of files and buffers, by libcrypto (it uses the processor's SHA instructions). */
#ifndef USINE_BASE_HASH_H
#define USINE_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

#define HASH_TEXT_SIZE 65 /* 64 hex digits and NUL */

struct hash {
    void *context; /* EVP_MD_CTX, owned */
};

/* ERR_NO_MEMORY if there is none. */
enum err hash_begin(struct hash *hash);
void hash_feed(struct hash *hash, const void *bytes, size_t n);
/* The hash of what was fed so far; more may follow. False: no memory. */
bool hash_peek(const struct hash *hash, char text[HASH_TEXT_SIZE]);
/* Writes lower-case hex and frees the context. With text NULL only frees. */
void hash_end(struct hash *hash, char text[HASH_TEXT_SIZE]);

/* Hash of a whole file; blocks, so only on the pool. ERR_NOT_FOUND, ERR_DISK. */
enum err hash_file(const char *path, char text[HASH_TEXT_SIZE]);

#endif
