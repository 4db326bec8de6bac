/* SPDX-License-Identifier: Apache-2.0 */
#include "show_declared.h"

#include <stdio.h>

#include "member.h"
#include "table.h"

void show_makers(const cJSON *body, const struct asked *asked)
{
    const cJSON *maker;
    struct table table;
    char text[MEMBER_TEXT_MAX], list[200];

    table_begin(&table, ">LINK|~MAKER|~MAKES|~DROPS AT|~CONTACT|BY|USED|EXPIRES");
    cJSON_ArrayForEach(maker, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(maker, "id"));
        table_cell(&table, "%s", member_text(maker, "name"));
        member_join(member(maker, "parts"), list, sizeof list);
        table_cell(&table, "%s", list);
        member_join(member(maker, "sites"), list, sizeof list);
        table_cell(&table, "%s",
                   cJSON_GetArraySize(member(maker, "sites")) > 0 ? list : "all sites");
        table_cell(&table, "%s", member_text(maker, "contact"));
        table_cell(&table, "%s", member_text(maker, "by"));
        table_cell(&table, "%s", member_time(maker, "used", text));
        table_cell(&table, "%s", member_time(maker, "expires", text));
    }
    table_finish(&table, asked->csv,
                 "No links. Make one: usine maker add --name NAME --part PART --site SITE");
}

void show_maker_link(const cJSON *body, const struct asked *asked)
{
    char text[MEMBER_TEXT_MAX];

    (void)asked;
    printf("%s\n", member_text(body, "link"));
    fprintf(stderr,
            "usine: this is link %.0f, good until %s; it is shown this once: give it to nobody "
            "but %s\n",
            member_number(body, "id"), member_time(body, "expires", text),
            member_text(body, "name"));
}

void show_declared(const cJSON *body, const struct asked *asked)
{
    (void)asked;
    printf("declaration %.0f: write the lot %s on the bag\n", member_number(body, "id"),
           member_text(body, "lot"));
}

void show_declarations(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">DECLARATION|~MAKER|>PIECES|~WHAT|SITE|LOT|?MADE|?~MATERIAL|DECLARED|STATE"
                        "|>GOOD|>SCRAP|?BY|~NOTE OR REASON");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        const char *reason = member_text(row, "reason");

        table_cell(&table, "%.0f", member_number(row, "id"));
        table_cell(&table, "%s", member_text(row, "name"));
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "part"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%s", member_text(row, "made"));
        table_cell(&table, "%s", member_text(row, "material"));
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", member_text(row, "state"));
        table_cell(&table, "%.0f", member_number(row, "good"));
        table_cell(&table, "%.0f", member_number(row, "scrap"));
        table_cell(&table, "%s", member_text(row, "by"));
        table_cell(&table, "%s", *reason != '\0' ? reason : member_text(row, "note"));
    }
    table_finish(&table, asked->csv,
                 cJSON_IsTrue(member(asked->fields, "all"))
                     ? "No declarations."
                     : "Nothing waits to be received. `usine declarations --all` shows the rest.");
}
