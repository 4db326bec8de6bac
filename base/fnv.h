/* SPDX-License-Identifier: Apache-2.0 */
/* FNV-1a, 64 bits: tells names apart, for tables, short marks and streams of chance. Nobody is kept
 * from forging one: for that there is base/hash.h. */
#ifndef USINE_BASE_FNV_H
#define USINE_BASE_FNV_H

#include <stdint.h>

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)

/* Goes on with one byte. */
static inline uint64_t fnv_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001b3);
}

/* Goes on with a text and its NUL, so that "a", "bc" is not "ab", "c". */
static inline uint64_t fnv_text(uint64_t hash, const char *text)
{
    do
        hash = fnv_byte(hash, (unsigned char)*text);
    while (*text++ != '\0');
    return hash;
}

#endif
