/* SPDX-License-Identifier: Apache-2.0 */
#include "show_lot.h"

#include <stdio.h>

#include "member.h"
#include "table.h"

static const char *some(const cJSON *row, const char *name)
{
    const char *text = member_text(row, name);

    return *text != '\0' ? text : "-";
}

static void made(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, ">PIECES|~PART|~LOT|>RUN|~MACHINE|~PROGRAM|~MATERIAL LOT|~COUNTED BY");
    cJSON_ArrayForEach(row, member(body, "made"))
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%.0f", member_number(row, "run"));
        table_cell(&table, "%s", member_text(row, "machine"));
        table_cell(&table, "%s", some(row, "program_name"));
        table_cell(&table, "%s", some(row, "material_lot"));
        table_cell(&table, "%s", some(row, "by"));
    }
    table_finish(&table, asked->csv, "Made by none of our machines.");
}

static void went(const cJSON *rows, const struct asked *asked, const char *none)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, ">PIECES|~PART|~OF LOT|~INTO KITS OF LOT|SITE");
    cJSON_ArrayForEach(row, rows)
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", some(row, "lot"));
        table_cell(&table, "%s", member_text(row, "kit_lot"));
        table_cell(&table, "%s", member_text(row, "site"));
    }
    table_finish(&table, asked->csv, none);
}

static void worked(const cJSON *rows, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, ">PIECES|~WHAT|~LOT|SITE|~STEP|WHEN|~BY|~HOW");
    cJSON_ArrayForEach(row, rows)
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", member_text(row, "step"));
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", some(row, "by"));
        table_cell(&table, "%s", some(row, "reason"));
    }
    table_finish(&table, asked->csv, "No step by hand was done on it.");
}

/* Where pieces are, or went. */
static void places(const cJSON *rows, const struct asked *asked, const char *who, const char *none)
{
    char columns[80];
    const cJSON *row;
    struct table table;

    snprintf(columns, sizeof columns, ">PIECES|~WHAT|~LOT|SITE|%s", who);
    table_begin(&table, columns);
    cJSON_ArrayForEach(row, rows)
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", some(row, "reason"));
    }
    table_finish(&table, asked->csv, none);
}

static void received(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, ">PIECES|~WHAT|~LOT|SITE|~DECLARED BY|>DECLARATION|~COUNTED BY|~REASON");
    cJSON_ArrayForEach(row, member(body, "received"))
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", some(row, "maker"));
        if (member(row, "declaration") != NULL)
            table_cell(&table, "%.0f", member_number(row, "declaration"));
        else
            table_cell(&table, "-");
        table_cell(&table, "%s", some(row, "by"));
        table_cell(&table, "%s", some(row, "reason"));
    }
    table_finish(&table, asked->csv, "Nothing of it was received.");
}

static void assembled(const cJSON *body, const struct asked *asked)
{
    char at[MEMBER_TEXT_MAX];
    const cJSON *row;
    struct table table;

    table_begin(&table, ">KITS|~PRODUCT|~LOT|SITE|WHEN|~BY");
    cJSON_ArrayForEach(row, member(body, "assembled"))
    {
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_text(row, "item"));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%s", member_time(row, "at", at));
        table_cell(&table, "%s", some(row, "by"));
    }
    table_finish(&table, asked->csv, "It is no kit.");
}

static void list_blocked(const cJSON *rows, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "~LOT|>HELD|SINCE|~BY|~WHY");
    cJSON_ArrayForEach(row, rows)
    {
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", some(row, "by"));
        table_cell(&table, "%s", some(row, "reason"));
    }
    table_finish(&table, asked->csv, "No lot is blocked.");
}

/* Who said what about it: of the blocks, or the releases. */
static void list_words(const cJSON *rows, const struct asked *asked, const char *none)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "WHEN|~LOT|>PIECES|~BY|~WHY");
    cJSON_ArrayForEach(row, rows)
    {
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", member_text(row, "lot"));
        table_cell(&table, "%.0f", member_number(row, "quantity"));
        table_cell(&table, "%s", some(row, "by"));
        table_cell(&table, "%s", some(row, "reason"));
    }
    table_finish(&table, asked->csv, none);
}

void show_blocked(const cJSON *rows)
{
    struct asked asked = {.csv = false};

    if (cJSON_GetArraySize(rows) == 0)
        return;
    puts("\nBlocked lots, of which nothing is used (usine lot release LOT):");
    list_blocked(rows, &asked);
}

void show_recall(const cJSON *body, const struct asked *asked)
{
    puts("Blocked: nothing of it is used.");
    list_blocked(member(body, "blocked"), asked);
    puts("\nIn stock: set it aside.");
    places(member(body, "stock"), asked, "?", "None of it is in stock.");
    puts("\nGiven away: ask for it back.");
    places(member(body, "shipped"), asked, "~TO", "None of it has left.");
}

void show_lot(const cJSON *body, const struct asked *asked)
{
    puts("Made:");
    made(body, asked);
    puts("\nBought, given or declared:");
    received(body, asked);
    puts("\nPut together:");
    assembled(body, asked);
    puts("\nMade of:");
    went(member(body, "from"), asked, "Nothing went into it.");
    puts("\nWent into:");
    went(member(body, "into"), asked, "None of it went into kits.");
    puts("\nWork by hand (below 0: taken back):");
    worked(member(body, "steps"), asked);
    puts("\nWas blocked:");
    list_words(member(body, "blocks"), asked, "Never.");
    puts("\nWas released:");
    list_words(member(body, "releases"), asked, "Never.");
    puts("");
    show_recall(body, asked);
    puts("\nThrown away:");
    places(member(body, "discarded"), asked, "~WHY", "None of it.");
}
