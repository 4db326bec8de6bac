/* SPDX-License-Identifier: Apache-2.0 */
#include "hash.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

enum err hash_begin(struct hash *hash)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(context);
        return ERR_NO_MEMORY;
    }
    hash->context = context;
    return ERR_OK;
}

void hash_feed(struct hash *hash, const void *bytes, size_t n)
{
    EVP_DigestUpdate(hash->context, bytes, n);
}

static void write_hex(EVP_MD_CTX *context, char text[HASH_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[32];

    EVP_DigestFinal_ex(context, sum, NULL);
    for (size_t i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[64] = '\0';
}

bool hash_peek(const struct hash *hash, char text[HASH_TEXT_SIZE])
{
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    bool ok = copy != NULL && EVP_MD_CTX_copy_ex(copy, hash->context) == 1;

    if (ok)
        write_hex(copy, text);
    EVP_MD_CTX_free(copy);
    return ok;
}

void hash_end(struct hash *hash, char text[HASH_TEXT_SIZE])
{
    if (text != NULL)
        write_hex(hash->context, text);
    EVP_MD_CTX_free(hash->context);
    hash->context = NULL;
}

enum err hash_file(const char *path, char text[HASH_TEXT_SIZE])
{
    char bytes[65536];
    struct hash hash;
    ssize_t n = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;
    if (hash_begin(&hash) != ERR_OK) {
        close(fd);
        return ERR_NO_MEMORY;
    }
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        hash_feed(&hash, bytes, (size_t)n);
    hash_end(&hash, n == 0 ? text : NULL);
    close(fd);
    return n == 0 ? ERR_OK : ERR_DISK;
}
