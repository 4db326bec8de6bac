/* SPDX-License-Identifier: Apache-2.0 */
#include "show_step.h"

#include "arguments.h"
#include "member.h"
#include "table.h"

static void step_row(struct table *table, const cJSON *step, const cJSON *lot)
{
    const char *part = member_text(step, "part"), *name = member_text(lot, "lot");

    table_cell(table, "%s", member_text(step, "site"));
    table_cell(table, "%s", *part != '\0' ? part : member_text(step, "product"));
    table_cell(table, "%s", member_text(step, "step"));
    table_cell(table, "%.0f", member_number(lot, "waiting"));
    table_cell(table, "%s", *name != '\0' ? name : "-");
    table_cell(table, "%s", cJSON_IsTrue(member(lot, "blocked")) ? "blocked" : "");
    table_cell(table, "%s", member_text(step, "method"));
}

void show_steps(const cJSON *body, const struct asked *asked)
{
    const cJSON *step, *lot;
    struct table table;

    table_begin(&table, "SITE|~WHAT|~STEP|>WAITING|~LOT|?|?~METHOD");
    cJSON_ArrayForEach(step, member(body, "items"))
    {
        if (cJSON_GetArraySize(member(step, "lots")) == 0)
            step_row(&table, step, NULL);
        cJSON_ArrayForEach(lot, member(step, "lots")) step_row(&table, step, lot);
    }
    table_finish(&table, asked->csv, "Nothing waits for work by hand.");
}

void show_batches(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "WHEN|SITE|~WHAT|~STEP|~LOT|>DONE|>SCRAP|>LEFT|>SCRAP LEFT|~BY");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        const char *part = member_text(row, "part"), *lot = member_text(row, "lot");

        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", *part != '\0' ? part : member_text(row, "product"));
        table_cell(&table, "%s", member_text(row, "step"));
        table_cell(&table, "%s", *lot != '\0' ? lot : "-");
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%.0f", member_number(row, "scrap"));
        table_cell(&table, "%.0f", member_number(row, "left"));
        table_cell(&table, "%.0f", member_number(row, "left_scrap"));
        table_cell(&table, "%s", member_text(row, "by"));
    }
    table_finish(&table, asked->csv, "No batch of work by hand has been counted.");
}
