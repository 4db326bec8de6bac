/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets that are random: session ids, tokens, one-time codes. 256 bits, so a plain SHA-256 is all
 * that need be kept of them. */
#ifndef USINE_PEOPLE_SECRET_H
#define USINE_PEOPLE_SECRET_H

#include <stdbool.h>

enum {
    SECRET_TEXT_SIZE = 48, /* 43 letters of URL-safe base64 and NUL */
    SECRET_HASH_SIZE = 32,
    SECRET_HEX_SIZE = 65
};

struct secret_hash {
    unsigned char bytes[SECRET_HASH_SIZE];
};

/* A new one. */
void secret_make(char text[SECRET_TEXT_SIZE]);

/* What is kept of text. label tells uses apart: "" for the secret itself. */
struct secret_hash secret_hash(const char *label, const char *text);

/* In constant time. */
bool secret_same(const struct secret_hash *a, const struct secret_hash *b);

void secret_hex(const struct secret_hash *hash, char hex[SECRET_HEX_SIZE]);

/* False, and a hash that nothing has, when hex is not 64 digits. */
bool secret_unhex(const char *hex, struct secret_hash *hash);

#endif
