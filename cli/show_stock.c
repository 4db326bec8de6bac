/* SPDX-License-Identifier: Apache-2.0 */
#include "show_stock.h"

#include <stdio.h>

#include "member.h"
#include "table.h"

enum { LIST_MAX = 4000 };

/* What there is some of: "ecran 12, elastique 200". Returns how much was written. */
static size_t list_some(const cJSON *counts, char *text, size_t size, size_t n)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, counts)
    {
        if (cJSON_IsNumber(item) && item->valuedouble != 0 && n < size)
            n += (size_t)snprintf(text + n, size - n, "%s%s %.0f", n > 0 ? ", " : "", item->string,
                                  item->valuedouble);
    }
    return n;
}

/* "; some wait for Washing; 12 are blocked)". Returns how much is written. */
static size_t why_short(const cJSON *place, const char *product, char *text, size_t size, size_t n)
{
    const char *step = member_text(member(member(place, "limiting_step_name"), product), "en");
    double blocked = member_number(member(place, "limiting_blocked"), product);

    if (*step != '\0' && n < size)
        n += (size_t)snprintf(text + n, size - n, "; some wait for %s", step);
    if (blocked > 0 && n < size)
        n += (size_t)snprintf(text + n, size - n, "; %.0f are blocked", blocked);
    return n < size ? n + (size_t)snprintf(text + n, size - n, ")") : n;
}

static void place_row(struct table *table, const char *name, const cJSON *place)
{
    const cJSON *kits = member(place, "kits"), *product;
    char text[LIST_MAX] = "-";
    size_t n = list_some(member(place, "products"), text, sizeof text, 0);

    list_some(member(place, "parts"), text, sizeof text, n);
    table_cell(table, "%s", name);
    table_cell(table, "%s", text);
    *text = '\0';
    n = 0;
    cJSON_ArrayForEach(product, kits)
    {
        const char *part = member_text(member(place, "limiting"), product->string);

        if (n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%.0f %s (short of %s",
                                  n > 0 ? ", " : "", product->valuedouble, product->string, part);
        n = why_short(place, product->string, text, sizeof text, n);
    }
    table_cell(table, "%s", n > 0 ? text : "-");
}

static void lot_rows(struct table *table, const cJSON *site)
{
    const cJSON *lot;

    cJSON_ArrayForEach(lot, member(site, "lots"))
    {
        const char *name = member_text(lot, "lot");

        table_cell(table, "%s", member_text(site, "id"));
        table_cell(table, "%s", member_text(lot, "part"));
        table_cell(table, "%s", *name != '\0' ? name : "-");
        table_cell(table, "%.0f", member_number(lot, "quantity"));
        table_cell(table, "%s", cJSON_IsTrue(member(lot, "blocked")) ? "blocked" : "");
    }
}

static void show_consumables(const cJSON *items)
{
    const cJSON *item;
    struct table table;

    if (cJSON_GetArraySize(items) == 0)
        return;
    putchar('\n');
    table_begin(&table, "~BOUGHT|>THERE ARE|>A DAY|>DAYS LEFT|>ORDERS NEED|>LACKING|?UNIT|~");
    cJSON_ArrayForEach(item, items)
    {
        const cJSON *days = member(item, "days");

        table_cell(&table, "%s", member_text(item, "part"));
        table_cell(&table, "%.0f", member_number(item, "stock"));
        table_cell(&table, "%.4g", member_number(item, "per_day"));
        if (cJSON_IsNumber(days))
            table_cell(&table, "%.1f", days->valuedouble);
        else
            table_cell(&table, "-");
        table_cell(&table, "%.0f", member_number(item, "needed"));
        table_cell(&table, "%.0f", member_number(item, "lacking"));
        table_cell(&table, "%s", member_text(item, "unit"));
        table_cell(&table, "%s", cJSON_IsTrue(member(item, "low")) ? "order some" : "");
    }
    table_finish(&table, false, "");
}

void show_stock(const cJSON *body, const struct asked *asked)
{
    const cJSON *sites = member(body, "sites"), *site;
    struct table table;
    char name[MEMBER_TEXT_MAX];

    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(asked->fields, "lots"))) {
        table_begin(&table, "SITE|~PART|~LOT|>PIECES|?");
        cJSON_ArrayForEach(site, sites) lot_rows(&table, site);
        table_finish(&table, asked->csv, "Nothing in stock.");
        return;
    }
    table_begin(&table, "SITE|~THERE IS|=KITS POSSIBLE NOW");
    cJSON_ArrayForEach(site, sites)
    {
        snprintf(name, sizeof name, "%s%s", member_text(site, "id"),
                 cJSON_IsTrue(member(site, "gone")) ? " (gone)" : "");
        place_row(&table, name, site);
    }
    place_row(&table, "all", member(body, "total"));
    table_finish(&table, asked->csv, "No sites.");
    if (!asked->csv)
        show_consumables(member(body, "consumables"));
}

void show_orders(const cJSON *body, const struct asked *asked)
{
    const cJSON *order;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">ORDER|~PRODUCT|>DONE|>OF|STATE|DUE|?>PRIORITY|~SHORT OF|?~FOR");
    cJSON_ArrayForEach(order, member(body, "items"))
    {
        const char *limiting = member_text(order, "limiting");

        table_cell(&table, "%.0f", member_number(order, "id"));
        table_cell(&table, "%s", member_text(order, "product"));
        table_cell(&table, "%.0f", member_number(order, "done"));
        table_cell(&table, "%.0f", member_number(order, "quantity"));
        table_cell(&table, "%s", member_text(order, "state"));
        table_cell(&table, "%s", member_time(order, "due", text));
        table_cell(&table, "%.0f", member_number(order, "priority"));
        table_cell(&table, "%s", *limiting != '\0' ? limiting : "-");
        table_cell(&table, "%s", member_text(order, "for"));
    }
    table_finish(&table, asked->csv,
                 "No orders. Add one: usine order add --product PRODUCT --quantity N");
}

void show_order(const cJSON *body, const struct asked *asked)
{
    const cJSON *part;
    struct table table;
    char text[MEMBER_TEXT_MAX], jobs[400];

    member_join(member(body, "jobs"), jobs, sizeof jobs);
    if (!asked->csv)
        printf("order %.0f%s%s: %.0f of %.0f %s put together, %s, due %s, jobs %s\n",
               member_number(body, "id"), *member_text(body, "for") != '\0' ? " for " : "",
               member_text(body, "for"), member_number(body, "done"),
               member_number(body, "quantity"), member_text(body, "product"),
               member_text(body, "state"), member_time(body, "due", text), jobs);
    table_begin(&table, "~PART|>NEEDED|>IN STOCK|>UNDER WAY|>STILL OWED|~HOW");
    cJSON_ArrayForEach(part, member(body, "parts"))
    {
        table_cell(&table, "%s", member_text(part, "part"));
        table_cell(&table, "%.0f", member_number(part, "needed"));
        table_cell(&table, "%.0f", member_number(part, "have"));
        table_cell(&table, "%.0f", member_number(part, "in_flight"));
        table_cell(&table, "%.0f", member_number(part, "owed"));
        table_cell(&table, "%s",
                   cJSON_IsTrue(member(part, "bought")) ? "to be bought" : "made here");
    }
    table_finish(&table, asked->csv, "It needs nothing more.");
}
