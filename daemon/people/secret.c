/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <sodium.h>
#include <string.h>

void secret_make(char text[SECRET_TEXT_SIZE])
{
    unsigned char random[32];

    randombytes_buf(random, sizeof random);
    sodium_bin2base64(text, SECRET_TEXT_SIZE, random, sizeof random,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
}

struct secret_hash secret_hash(const char *label, const char *text)
{
    struct secret_hash hash;
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)label, strlen(label));
    crypto_hash_sha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256_final(&state, hash.bytes);
    sodium_memzero(&state, sizeof state);
    return hash;
}

bool secret_same(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void secret_hex(const struct secret_hash *hash, char hex[SECRET_HEX_SIZE])
{
    sodium_bin2hex(hex, SECRET_HEX_SIZE, hash->bytes, sizeof hash->bytes);
}

bool secret_unhex(const char *hex, struct secret_hash *hash)
{
    size_t n;

    memset(hash, 0, sizeof *hash);
    if (sodium_hex2bin(hash->bytes, sizeof hash->bytes, hex, strlen(hex), NULL, &n, NULL) == 0 &&
        n == sizeof hash->bytes)
        return true;
    randombytes_buf(hash->bytes, sizeof hash->bytes);
    return false;
}
