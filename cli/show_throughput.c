/* SPDX-License-Identifier: Apache-2.0 */
#include "show_throughput.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "member.h"
#include "table.h"

enum { TIMES = 6 };

static const char *const times[TIMES] = {"running", "heating", "waiting",
                                         "idle",    "down",    "offline"};

static void show_rows(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    double good = 0, scrap = 0, runs = 0;

    table_begin(&table,
                "DAY|?SITE|MACHINE|~PART|>GOOD|>SCRAP|>RUNS|>RUNNING|?>HEATING|?>WAITING|?>IDLE|"
                "?>DOWN|?>OFFLINE");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        table_cell(&table, "%s", member_text(row, "day"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", member_text(row, "machine"));
        table_cell(&table, "%s", member_text(row, "part"));
        table_cell(&table, "%.0f", member_number(row, "good"));
        table_cell(&table, "%.0f", member_number(row, "scrap"));
        table_cell(&table, "%.0f", member_number(row, "runs"));
        good += member_number(row, "good");
        scrap += member_number(row, "scrap");
        runs += member_number(row, "runs");
        for (size_t t = 0; t < TIMES; t++)
            table_cell(&table, asked->csv ? "%.1f" : "%.0f s",
                       member_number(member(row, "seconds"), times[t]));
    }
    table_finish(&table, asked->csv, "Nothing was made in this time.");
    if (!asked->csv)
        printf("%.0f good, %.0f scrap, %.0f runs\n", good, scrap, runs);
}

/* ---- grouped ---- */

/* The titles: what it is grouped by, then what there is of each. */
static void begin_groups(struct table *table, const cJSON *groups)
{
    char head[400] = "";
    const cJSON *group;

    cJSON_ArrayForEach(group, groups)
    {
        size_t n = strlen(head);

        for (const char *c = cJSON_GetStringValue(group); *c != '\0' && n + 3 < 200; c++)
            head[n++] = (char)toupper((unsigned char)*c);
        head[n++] = '|';
        head[n] = '\0';
    }
    snprintf(
        head + strlen(head), sizeof head - strlen(head), "%s",
        ">GOOD|>SCRAP|>KITS|?>RUNS|?>MEDIAN|?>P90|>AVAILABLE|>SPEED|>GOOD SHARE|>OEE|?>RUNNING|"
        "?>HEATING|?>WAITING|?>IDLE|?>DOWN|?>OFFLINE");
    table_begin(table, head);
}

static void share_cell(struct table *table, const cJSON *oee, const char *name)
{
    if (cJSON_IsNumber(member(oee, name)))
        table_cell(table, "%.1f%%", 100 * member_number(oee, name));
    else
        table_cell(table, "-");
}

static void show_groups(const cJSON *body, const struct asked *asked)
{
    const cJSON *row, *group, *groups = member(body, "group");
    struct table table;
    char text[MEMBER_TEXT_MAX];

    begin_groups(&table, groups);
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        const cJSON *cycle = member(row, "cycle_s"), *oee = member(row, "oee");

        cJSON_ArrayForEach(group, groups)
        {
            const char *name = member_text(row, cJSON_GetStringValue(group));

            table_cell(&table, "%s", *name != '\0' || asked->csv ? name : "-");
        }
        table_cell(&table, "%.0f", member_number(row, "good"));
        table_cell(&table, "%.0f", member_number(row, "scrap"));
        table_cell(&table, "%.0f", member_number(row, "kits"));
        table_cell(&table, "%.0f", member_number(row, "runs"));
        table_cell(&table, "%s", member_duration(cycle, "median", text));
        table_cell(&table, "%s", member_duration(cycle, "p90", text));
        share_cell(&table, oee, "availability");
        share_cell(&table, oee, "performance");
        share_cell(&table, oee, "quality");
        share_cell(&table, oee, "oee");
        for (size_t t = 0; t < TIMES; t++)
            table_cell(&table, asked->csv ? "%.1f" : "%.0f s",
                       member_number(member(row, "seconds"), times[t]));
    }
    table_finish(&table, asked->csv, "Nothing was made in this time.");
}

void show_throughput(const cJSON *body, const struct asked *asked)
{
    if (cJSON_IsArray(member(body, "group")))
        show_groups(body, asked);
    else
        show_rows(body, asked);
}
