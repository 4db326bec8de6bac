/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody without a daemon says they made, and what it becomes when somebody at the site has
 * counted it: a lot of its own, with the maker's name in every fact. Until then it is no stock.
 * Pure, but for memory. */
#ifndef USINE_PRODUCTION_DECLARED_H
#define USINE_PRODUCTION_DECLARED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "config/load.h"
#include "goods.h"
#include "store/store_declaration.h"

enum {
    DECLARED_QUANTITY_MAX = 5000, /* pieces at once: a maker's, not a factory's */
    DECLARED_OPEN_MAX = 20,       /* of a link, that wait */
    DECLARED_HOURLY_MAX = 30,     /* of a link, within any hour */
    DECLARED_AGE_DAYS = 180,      /* made so long ago at most */
    DECLARED_WAITING_MAX = 5000,  /* of all links, that wait */
};

/* What a link may declare, and when it is asked. */
struct declared_scope {
    const struct config *config; /* borrowed */
    const char *parts;           /* ids, space separated; borrowed */
    int64_t now_ms;              /* wall */
};

/* May it be declared? The site is not looked at: the link's role there says so. ERR_INVALID: *field
 * is the member at fault, text says why. */
enum err declared_check(const struct declared_scope *scope, const struct declaration_row *row,
                        const char **field, char text[GOODS_TEXT_SIZE]);

/* True when the id is one of the words of parts. */
bool declared_makes(const char *parts, const char *id);

/* What the site says that has what was declared in its hands. */
struct reception {
    int64_t id; /* of the declaration */
    bool refuse;
    int64_t good, scrap;
    char reason[160]; /* needed for scrap, for more than was declared, and to refuse */
    char by[64];
};

/* Adds the facts of what was received and fills the end of *row (state to by). A refusal gives no
 * facts. ERR_INVALID, ERR_NO_MEMORY: text says why. */
enum err declared_receive(const struct reception *reception, int64_t now_ms,
                          struct declaration_row *row, struct goods_facts *facts,
                          char text[GOODS_TEXT_SIZE]);

#endif
