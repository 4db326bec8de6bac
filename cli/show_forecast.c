/* SPDX-License-Identifier: Apache-2.0 */
#include "show_forecast.h"

#include <stdio.h>
#include <string.h>

#include "member.h"
#include "table.h"

/* Half the runs end by then, nine of ten by the last, one of ten by the first. */
static void date_cells(struct table *table, const cJSON *row)
{
    static const char *const shares[] = {"p10", "p50", "p90"};
    const cJSON *date = member(row, "date");
    char text[MEMBER_TEXT_MAX];

    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        bool known = cJSON_IsString(member(date, shares[i]));

        table_cell(table, "%s", known ? member_time(date, shares[i], text) : "not in sight");
    }
}

static void show_products(const cJSON *from, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, "PRODUCT|>TODAY AT LEAST|>LIKELY|>AT MOST");
    cJSON_ArrayForEach(row, member(from, "products"))
    {
        table_cell(&table, "%s", member_text(row, "product"));
        table_cell(&table, "%.0f", member_number(row, "p10"));
        table_cell(&table, "%.0f", member_number(row, "p50"));
        table_cell(&table, "%.0f", member_number(row, "p90"));
    }
    table_finish(&table, asked->csv, "No product is configured.");
}

static void show_orders(const cJSON *from, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, "ORDER|PRODUCT|>QUANTITY|>DONE|EARLIEST|LIKELY|LATEST|?WAITS FOR");
    cJSON_ArrayForEach(row, member(from, "orders"))
    {
        table_cell(&table, "%.0f", member_number(row, "id"));
        table_cell(&table, "%s", member_text(row, "product"));
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%.0f", member_number(row, "done"));
        date_cells(&table, row);
        table_cell(&table, "%s", member_text(row, "limiting"));
    }
    table_finish(&table, asked->csv, "No order is open.");
}

static void show_jobs(const cJSON *from, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, "JOB|PART|EARLIEST|LIKELY|LATEST");
    cJSON_ArrayForEach(row, member(from, "jobs"))
    {
        table_cell(&table, "%.0f", member_number(row, "id"));
        table_cell(&table, "%s", member_text(row, "part"));
        date_cells(&table, row);
    }
    table_finish(&table, asked->csv, "No job is open.");
}

static void show_limit(const cJSON *body)
{
    const cJSON *limit = member(body, "bottleneck");
    const char *kind = member_text(limit, "kind");
    double more = member_number(limit, "more"), hours = member_number(limit, "earlier_h");

    if (!cJSON_IsObject(limit))
        return;
    if (strcmp(kind, "part") == 0)
        printf("%s is short: with %.0f more, kits come %.1f h earlier on average\n",
               member_text(limit, "part"), more, hours);
    else if (strcmp(kind, "hours") == 0)
        printf("Opening hours limit most: %.0f h longer a day, and kits come %.1f h earlier on "
               "average\n",
               more, hours);
    else
        printf("%s limit most: with %.0f more%s, kits come %.1f h earlier on average\n", kind, more,
               strcmp(kind, "operators") == 0 ? " at each site" : "", hours);
}

static void show_variant(const cJSON *from, const struct asked *asked)
{
    show_products(from, asked);
    if (!asked->csv)
        putchar('\n');
    if (cJSON_GetArraySize(member(from, "orders")) > 0)
        show_orders(from, asked);
    else
        show_jobs(from, asked);
}

void show_forecast(const cJSON *body, const struct asked *asked)
{
    const cJSON *changed = member(body, "what_if"), *change;
    const char *separator = "with";
    double hours = member_number(changed, "earlier_h");

    show_variant(body, asked);
    if (asked->csv)
        return;
    show_limit(body);
    if (!cJSON_IsObject(changed))
        return;
    putchar('\n');
    cJSON_ArrayForEach(change, member(changed, "changes"))
    {
        printf("%s %s", separator, cJSON_IsString(change) ? change->valuestring : "?");
        separator = ",";
    }
    printf(": kits come %.1f h %s on average\n", hours < 0 ? -hours : hours,
           hours < 0 ? "later" : "earlier");
    show_variant(changed, asked);
}
