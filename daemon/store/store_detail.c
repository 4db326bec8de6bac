/* SPDX-License-Identifier: Apache-2.0 */
#include "store_detail.h"

#include <endian.h>
#include <string.h>

#include "fact_rows.h"

struct details {
    bool (*each)(void *context, const struct fact_detail *detail);
    void *context;
    struct fact_detail detail;
};

/* ---- packs: entries as migrate.c writes them, "m1586246400000,4;" ---- */

/* The first is the lowest; NUL behind the end. */
static inline uint64_t eight_bytes(const char *at, const char *end)
{
    uint64_t bytes = 0;

    if (end - at >= 8)
        memcpy(&bytes, at, 8);
    else
        memcpy(&bytes, at, (size_t)(end - at));
    return le64toh(bytes);
}

/* How many of eight bytes, the first of them lowest, are digits before one is not. */
static inline int digits_of(uint64_t bytes)
{
    const uint64_t high = 0x8080808080808080u, nines = 0x7676767676767676u;
    const uint64_t off = bytes ^ 0x3030303030303030u;             /* 0 to 9, or it is none */
    const uint64_t none = (((off & ~high) + nines) | off) & high; /* at each that is none */

    return none == 0 ? 8 : __builtin_ctzll(none) / 8;
}

/* What eight digits say; the first is in the lowest byte, NUL counts as 0. */
static inline uint64_t eight_value(uint64_t bytes)
{
    bytes = (bytes & 0x0f0f0f0f0f0f0f0fu) * 2561 >> 8; /* pairs: 10 a + b */
    bytes = (bytes & 0x00ff00ff00ff00ffu) * 6553601 >> 16;
    return (bytes & 0x0000ffff0000ffffu) * 42949672960001u >> 32;
}

/* Decimal digits, perhaps after a minus; NULL: there are none, or more than a number has. By the
 * million, so eight at once, whatever their number. text ends with a NUL at end. */
static inline const char *take_number(const char *at, const char *end, int64_t *number)
{
    static const uint64_t power[9] = {1,      10,      100,      1000,     10000,
                                      100000, 1000000, 10000000, 100000000};
    const bool minus = *at == '-';
    const char *first = at += minus;
    uint64_t value = 0, bytes;
    int n;

    do {
        bytes = eight_bytes(at, end);
        n = digits_of(bytes);
        value = value * power[n] + (n > 0 ? eight_value(bytes << 8 * (8 - n)) : 0);
        at += n;
    } while (n == 8);
    *number = (int64_t)(minus ? 0 - value : value);
    return at > first && at < first + 20 ? at : NULL;
}

/* ",6:Warped" into the detail; NULL: that is none. */
static const char *take_reason(const char *at, const char *end, struct fact_detail *detail)
{
    int64_t size = 0;
    size_t n;

    at = *at == ',' ? take_number(at + 1, end, &size) : NULL;
    if (at == NULL || *at != ':' || size < 0 || size >= end - at)
        return NULL;
    n = (size_t)size < sizeof detail->reason ? (size_t)size : sizeof detail->reason - 1;
    memcpy(detail->reason, at + 1, n);
    detail->reason[n] = '\0';
    return at + 1 + size;
}

/* ",14400000,14100000", took and planned, or nothing; NULL: that is neither. */
static const char *take_cycle(const char *at, const char *end, struct fact_detail *detail)
{
    int64_t took, planned;

    if (*at != ',')
        return at;
    at = take_number(at + 1, end, &took);
    at = at != NULL && *at == ',' ? take_number(at + 1, end, &planned) : NULL;
    if (at == NULL)
        return NULL;
    detail->finished = true;
    detail->took_s = (double)took / 1000;
    detail->planned_s = (double)planned / 1000;
    return at;
}

/* FACT_KINDS: no such letter. */
static enum fact_kind kind_of(char letter)
{
    static const unsigned char after[128] = {
        ['m'] = FACT_MADE + 1,      ['s'] = FACT_SCRAPPED + 1,  ['n'] = FACT_RAN + 1,
        ['a'] = FACT_ASSEMBLED + 1, ['c'] = FACT_CORRECTED + 1, ['k'] = FACT_CORRECTED_SCRAP + 1,
        ['r'] = FACT_RUNNING + 1,   ['h'] = FACT_HEATING + 1,   ['w'] = FACT_WAITING + 1,
        ['i'] = FACT_IDLE + 1,      ['d'] = FACT_DOWN + 1,      ['o'] = FACT_OFFLINE + 1};
    const unsigned char of = (unsigned char)letter;

    return of < sizeof after && after[of] != 0 ? (enum fact_kind)(after[of] - 1) : FACT_KINDS;
}

/* One entry; NULL: it cannot be read. text ends with a NUL at end. */
static const char *take_entry(const char *at, const char *end, struct fact_detail *detail)
{
    struct fact_total *total = &detail->total;

    total->kind = kind_of(*at);
    at = total->kind != FACT_KINDS ? take_number(at + 1, end, &detail->at_ms) : NULL;
    if (at == NULL || *at != ',')
        return NULL;
    at = take_number(at + 1, end, &total->qty);
    detail->reason[0] = '\0';
    detail->finished = false;
    if (at != NULL && (total->kind == FACT_SCRAPPED || total->kind == FACT_CORRECTED_SCRAP))
        at = take_reason(at, end, detail);
    else if (at != NULL && total->kind == FACT_RAN)
        at = take_cycle(at, end, detail);
    return at != NULL && *at == ';' ? at + 1 : NULL;
}

static bool same_place(const struct fact_total *a, const struct fact_total *b)
{
    return a->day == b->day && strcmp(a->machine, b->machine) == 0 &&
           strcmp(a->part, b->part) == 0 && strcmp(a->site, b->site) == 0;
}

static enum err unpack(struct details *details, const struct query *query)
{
    size_t size;
    const char *at = query_peek_text(query, 4, &size), *end = at + size;

    while (at < end) {
        at = take_entry(at, end, &details->detail);
        if (at == NULL)
            return query_damaged(query);
        if (!details->each(details->context, &details->detail))
            return ERR_NO_MEMORY;
        details->detail.same_place = true;
    }
    return ERR_OK;
}

enum err store_fact_details(struct db *db, const struct fact_range *range,
                            bool (*each)(void *context, const struct fact_detail *detail),
                            void *context)
{
    struct details details = {.each = each, .context = context, .detail.total.count = 1};
    struct fact_total place = {.day = 0};
    struct query query;

    query_begin(&query, db, SQL_FACT_PACKS);
    bind_range(&query, range);
    while (query_step(&query) == STEP_ROW) {
        read_place(&query, &place);
        details.detail.same_place = same_place(&place, &details.detail.total);
        if (!details.detail.same_place) {
            details.detail.total = place;
            details.detail.total.count = 1;
        }
        query.err = unpack(&details, &query); /* a fault ends the loop */
    }
    return query.err;
}
