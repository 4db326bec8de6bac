/* SPDX-License-Identifier: Apache-2.0 */
#include "show_people.h"

#include <stdio.h>
#include <string.h>

#include "member.h"
#include "table.h"

static void roles_cell(struct table *table, const cJSON *item)
{
    const cJSON *role;
    char text[400] = "";
    size_t n = 0;

    cJSON_ArrayForEach(role, member(item, "roles"))
    {
        if (n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s at %s", n > 0 ? ", " : "",
                                  role->valuestring != NULL ? role->valuestring : "?",
                                  strcmp(role->string, "*") == 0 ? "all sites" : role->string);
    }
    table_cell(table, "%s", text);
}

void show_users(const cJSON *body, const struct asked *asked)
{
    const cJSON *person;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "LOGIN|~NAME|~MAY BE|STATE|SEEN");
    cJSON_ArrayForEach(person, member(body, "items"))
    {
        bool disabled = cJSON_IsTrue(member(person, "disabled"));
        bool invited = cJSON_IsTrue(member(person, "invited"));

        table_cell(&table, "%s", member_text(person, "login"));
        table_cell(&table, "%s", member_text(person, "name"));
        roles_cell(&table, person);
        table_cell(&table, "%s", disabled ? "disabled" : invited ? "invited" : "");
        table_cell(&table, "%s", member_time(person, "seen", text));
    }
    table_finish(&table, asked->csv, "Nobody. Add the first: usine user add LOGIN --role admin");
}

void show_tokens(const cJSON *body, const struct asked *asked)
{
    const cJSON *token;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">TOKEN|KIND|~NAME|~MAY BE|FOR|BY|USED|EXPIRES");
    cJSON_ArrayForEach(token, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(token, "id"));
        table_cell(&table, "%s", member_text(token, "kind"));
        table_cell(&table, "%s", member_text(token, "name"));
        roles_cell(&table, token);
        table_cell(&table, "%s", member_text(token, "user"));
        table_cell(&table, "%s", member_text(token, "by"));
        table_cell(&table, "%s", member_time(token, "used", text));
        table_cell(&table, "%s", member_time(token, "expires", text));
    }
    table_finish(&table, asked->csv,
                 "No tokens. Make one: usine token add --name NAME --role ROLE");
}

void show_tablets(const cJSON *body, const struct asked *asked)
{
    const cJSON *tablet;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">TABLET|SITE|~NAME|BY|SEEN");
    cJSON_ArrayForEach(tablet, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(tablet, "id"));
        table_cell(&table, "%s", member_text(tablet, "site"));
        table_cell(&table, "%s", member_text(tablet, "name"));
        table_cell(&table, "%s", member_text(tablet, "by"));
        table_cell(&table, "%s", member_time(tablet, "seen", text));
    }
    table_finish(&table, asked->csv, "No tablets.");
}

void show_audit(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">ROW|AT|WHO|~VIA|~FROM|COMMAND|~ON|~OUTCOME|~DETAIL");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(row, "seq"));
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", member_text(row, "who"));
        table_cell(&table, "%s", member_text(row, "via"));
        table_cell(&table, "%s", member_text(row, "address"));
        table_cell(&table, "%s", member_text(row, "command"));
        table_cell(&table, "%s", member_text(row, "object"));
        table_cell(&table, "%s", member_text(row, "outcome"));
        table_cell(&table, "%s", member_text(row, "detail"));
    }
    table_finish(&table, asked->csv, "Nothing is on record.");
}

void show_verified(const cJSON *body, const struct asked *asked)
{
    (void)asked;
    printf("%s\nwhole head: %s\n", member_text(body, "message"), member_text(body, "head"));
}

void show_link(const cJSON *body, const struct asked *asked)
{
    char text[MEMBER_TEXT_MAX];

    (void)asked;
    printf("%s\n", member_text(body, "link"));
    fprintf(stderr,
            "usine: good once, until %s: hand it over in person or by a message that only "
            "they read\n",
            member_time(body, "expires", text));
}

void show_secret(const cJSON *body, const struct asked *asked)
{
    (void)asked;
    printf("%s\n", member_text(body, "secret"));
    fprintf(stderr, "usine: this is token %.0f; it is shown this once\n",
            member_number(body, "id"));
}
