/* SPDX-License-Identifier: Apache-2.0 */
#include "show_notices.h"

#include <string.h>

#include "member.h"
#include "table.h"

void show_notices(const cJSON *body, const struct asked *asked)
{
    const cJSON *rule;
    struct table table;
    char text[MEMBER_TEXT_MAX], sites[200];

    table_begin(&table, ">NOTICE|WHEN|BY|~TO|~SITES|>AFTER|QUIET|>WAITING|SENT|=ERROR");
    cJSON_ArrayForEach(rule, member(body, "items"))
    {
        member_join(member(rule, "sites"), sites, sizeof sites);
        table_cell(&table, "%.0f", member_number(rule, "id"));
        table_cell(&table, "%s", member_text(rule, "kind"));
        table_cell(&table, "%s", member_text(rule, "channel"));
        table_cell(&table, "%s", member_text(rule, "address"));
        table_cell(&table, "%s", sites);
        table_cell(&table, "%.0f min", member_number(rule, "delay_min"));
        table_cell(&table, "%s", member_text(rule, "quiet"));
        table_cell(&table, "%.0f", member_number(rule, "waiting"));
        table_cell(&table, "%s", member_time(rule, "last_sent", text));
        table_cell(&table, "%s", member_text(rule, "last_error"));
    }
    table_finish(&table, asked->csv,
                 "Nothing. Add: usine notice add ADDRESS --user LOGIN --when down --by mail");
}

void show_outbox(const cJSON *body, const struct asked *asked)
{
    const cJSON *message;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">MESSAGE|STATE|FOR|~TO|~TITLE|MADE|>TRIES|NEXT TRY|=ERROR");
    cJSON_ArrayForEach(message, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(message, "id"));
        table_cell(&table, "%s", member_text(message, "state"));
        table_cell(&table, "%s", member_text(message, "person"));
        table_cell(&table, "%s", member_text(message, "address"));
        table_cell(&table, "%s", member_text(message, "title"));
        table_cell(&table, "%s", member_time(message, "made", text));
        table_cell(&table, "%.0f", member_number(message, "tries"));
        table_cell(&table, "%s", member_time(message, "due", text));
        table_cell(&table, "%s", member_text(message, "error"));
    }
    table_finish(&table, asked->csv, "No messages.");
}
