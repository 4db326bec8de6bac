/* SPDX-License-Identifier: Apache-2.0 */
#include "lot.h"

#include <stdio.h>
#include <time.h>

#include "base/fnv.h"

enum { MARK_LETTERS = 6, MARK_SIZE = MARK_LETTERS + 1 };

/* Crockford's base 32: no I, L, O or U. */
static void mark(char text[MARK_SIZE], uint64_t hash)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    hash ^= hash >> 32; /* the upper half is mixed best */
    for (int i = 0; i < MARK_LETTERS; i++, hash >>= 5)
        text[i] = letters[hash & 31];
    text[MARK_LETTERS] = '\0';
}

void lot_made(char lot[LOT_SIZE], int day, const char *machine, const char *sha256,
              const char *material)
{
    char text[MARK_SIZE];

    mark(text, fnv_text(fnv_text(fnv_text(FNV_BASIS, machine), sha256), material));
    snprintf(lot, LOT_SIZE, "L%06d-%s", day % 1000000, text);
}

void lot_declared(char lot[LOT_SIZE], int day, int64_t link, int64_t at_ms)
{
    char text[MARK_SIZE], numbers[48];

    snprintf(numbers, sizeof numbers, "%lld %lld", (long long)link, (long long)at_ms);
    mark(text, fnv_text(FNV_BASIS, numbers));
    snprintf(lot, LOT_SIZE, "D%06d-%s", day % 1000000, text);
}

void lot_assembled(char lot[LOT_SIZE], int64_t wall_ms, const char *site, const char *product)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    char text[MARK_SIZE], minute[24] = "";
    struct tm local;

    mark(text, fnv_text(fnv_text(FNV_BASIS, site), product));
    if (localtime_r(&seconds, &local) != NULL)
        strftime(minute, sizeof minute, "%y%m%d-%H%M", &local);
    snprintf(lot, LOT_SIZE, "K%s-%s", minute, text);
}
