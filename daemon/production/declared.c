/* SPDX-License-Identifier: Apache-2.0 */
#include "declared.h"

#include <stdio.h>
#include <string.h>

#include "kits.h"
#include "ledger.h"

#define DAY_MS INT64_C(86400000)

bool declared_makes(const char *parts, const char *id)
{
    size_t n = strlen(id);

    while (*parts != '\0') {
        size_t word = strcspn(parts, " ");

        if (word == n && n > 0 && memcmp(parts, id, n) == 0)
            return true;
        parts += word;
        parts += strspn(parts, " ");
    }
    return false;
}

static enum err check_day(const struct declared_scope *scope, int day, char text[GOODS_TEXT_SIZE])
{
    if (day == 0)
        snprintf(text, GOODS_TEXT_SIZE, "write the day they were made as 2020-04-07");
    else if (day > ledger_day(scope->now_ms))
        snprintf(text, GOODS_TEXT_SIZE, "this day has not come yet: declare what is made");
    else if (day < ledger_day(scope->now_ms - DECLARED_AGE_DAYS * DAY_MS))
        snprintf(text, GOODS_TEXT_SIZE, "this is more than %d days ago: ask the site that takes it",
                 DECLARED_AGE_DAYS);
    else
        return ERR_OK;
    return ERR_INVALID;
}

enum err declared_check(const struct declared_scope *scope, const struct declaration_row *row,
                        const char **field, char text[GOODS_TEXT_SIZE])
{
    *field = "part";
    if (!declared_makes(scope->parts, row->part) ||
        kits_item(scope->config, row->part) == CONFIG_NONE) {
        snprintf(text, GOODS_TEXT_SIZE,
                 "this link is not for \"%s\": it says which parts it is for", row->part);
        return ERR_INVALID;
    }
    *field = "quantity";
    if (row->quantity < 1 || row->quantity > DECLARED_QUANTITY_MAX) {
        snprintf(text, GOODS_TEXT_SIZE, "the quantity must be from %d to %d", 1,
                 DECLARED_QUANTITY_MAX);
        return ERR_INVALID;
    }
    *field = "made";
    return check_day(scope, row->made_day, text);
}

static void put(const struct declaration_row *row, enum fact_kind kind, int64_t qty,
                struct goods_facts *facts)
{
    struct fact *fact = qty > 0 ? goods_facts_add(facts) : NULL;

    if (fact == NULL)
        return;
    fact->at_ms = row->closed_ms;
    fact->day = ledger_day(row->closed_ms);
    fact->kind = kind;
    fact->qty = qty;
    fact->declaration = row->id;
    memcpy(fact->origin, row->name, sizeof fact->origin);
    memcpy(fact->site, row->site, sizeof fact->site);
    memcpy(fact->part, row->part, sizeof fact->part);
    memcpy(fact->lot, row->lot, sizeof fact->lot);
    memcpy(fact->reason, row->reason, sizeof fact->reason);
    memcpy(fact->by, row->by, sizeof fact->by);
}

static const char *fault(const struct reception *reception, const struct declaration_row *row)
{
    bool reason = reception->reason[0] != '\0';

    if (reception->refuse)
        return reason ? NULL : "say why they are refused: the maker reads it";
    if (reception->good < 0 || reception->scrap < 0 || reception->good > GOODS_QUANTITY_MAX ||
        reception->scrap > GOODS_QUANTITY_MAX || reception->good + reception->scrap < 1)
        return "count what is there: good pieces, and those that are no good";
    if (reception->scrap > 0 && !reason)
        return "say what is wrong with the pieces that are no good: the maker reads it";
    if (reception->good + reception->scrap > row->quantity && !reason)
        return "this is more than was declared: count again, or say why";
    return NULL;
}

enum err declared_receive(const struct reception *reception, int64_t now_ms,
                          struct declaration_row *row, struct goods_facts *facts,
                          char text[GOODS_TEXT_SIZE])
{
    const char *wrong = fault(reception, row);

    if (wrong != NULL) {
        snprintf(text, GOODS_TEXT_SIZE, "%s", wrong);
        return ERR_INVALID;
    }
    row->state = reception->refuse ? DECLARATION_REFUSED : DECLARATION_RECEIVED;
    row->good = reception->refuse ? 0 : reception->good;
    row->scrap = reception->refuse ? 0 : reception->scrap;
    row->closed_ms = now_ms;
    memcpy(row->reason, reception->reason, sizeof row->reason);
    memcpy(row->by, reception->by, sizeof row->by);
    put(row, FACT_RECEIVED, row->good, facts);
    put(row, FACT_SCRAPPED, row->scrap, facts);
    if (!facts->failed)
        return ERR_OK;
    snprintf(text, GOODS_TEXT_SIZE, "%s", err_words(ERR_NO_MEMORY));
    return ERR_NO_MEMORY;
}
