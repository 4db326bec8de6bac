/* SPDX-License-Identifier: Apache-2.0 */
/* A list, page by page. Pages are cut by a number that each row keeps (its id), never by position
 * among others: rows that come or go meanwhile make no other row appear twice or not at all. */
#ifndef USINE_COMMANDS_PAGING_H
#define USINE_COMMANDS_PAGING_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct paging_args {
    int64_t from; /* 0: the beginning */
    int64_t limit;
};

/* The field rows of a list that goes on with newer rows, and of one that goes on with older ones;
 * `page` is a struct paging_args in `of`, limits are at most `most`, and `usual` ("100") when not
 * given; a newer-rows list is whole then. */
/* clang-format off */
#define PAGING_ROW(of, page, called, text)                                                         \
    {.name = (called), .type = JSON_INTEGER, .offset = offsetof(of, page.from), .min = 0,          \
     .max = 9007199254740991, .preset = "0", .help = (text)}
#define PAGING_NEWER(of, page)                                                                     \
    PAGING_ROW(of, page, "after", "only later ones: the `next` of the last list"),                 \
    {.name = "limit", .type = JSON_INTEGER, .offset = offsetof(of, page.limit), .min = 0,          \
     .max = 1000, .preset = "0", .help = "at most so many; 0: all"}
#define PAGING_OLDER(of, page, most, usual)                                                        \
    PAGING_ROW(of, page, "before", "only older ones: the `next` of the last list"),                \
    {.name = "limit", .type = JSON_INTEGER, .offset = offsetof(of, page.limit), .min = 1,          \
     .max = (most), .preset = (usual), .help = "at most so many"}
/* clang-format on */

struct paging {
    cJSON *list, *items; /* list: owned until paging_end; NULL: no memory */
    int64_t after, limit, count, last;
    bool more;
};

/* after: rows up to this number are not wanted; limit 0: none. */
void paging_begin(struct paging *paging, int64_t after, int64_t limit);

/* Is the row with this number, which is the next in order, to be added to paging->items? Ask for
 * one row more than the limit, so that it is known whether the list goes on. */
bool paging_takes(struct paging *paging, int64_t number);

/* The list, {"items", "next"}; "next" is null at the end. It is the caller's. */
cJSON *paging_end(struct paging *paging);

#endif
