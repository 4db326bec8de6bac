/* SPDX-License-Identifier: Apache-2.0 */
#include "show.h"

#include <stdio.h>
#include <string.h>

#include "member.h"
#include "show_lot.h"
#include "table.h"

static void show_today(const cJSON *today)
{
    char good[300], scrap[300];

    member_join(member(today, "good"), good, sizeof good);
    member_join(member(today, "scrap"), scrap, sizeof scrap);
    printf("Today: %.0f of %.0f %s\n  good:  %s\n  scrap: %s\n\n", member_number(today, "done"),
           member_number(today, "target"), member_text(today, "product"), good, scrap);
}

static void show_sites(const cJSON *sites)
{
    const cJSON *site;
    struct table table;

    table_begin(&table, "SITE|~NAME|>MACHINES|>RUNNING|>WAITING|>OFFLINE");
    cJSON_ArrayForEach(site, sites)
    {
        const cJSON *states = member(site, "states");

        table_cell(&table, "%s", member_text(site, "id"));
        table_cell(&table, "%s", member_text(site, "name"));
        table_cell(&table, "%.0f", member_number(site, "machines"));
        table_cell(&table, "%.0f",
                   member_number(states, "running") + member_number(states, "heating") +
                       member_number(states, "finishing"));
        table_cell(&table, "%.0f", member_number(site, "waiting"));
        table_cell(&table, "%.0f", member_number(states, "offline"));
    }
    table_print(&table, stdout, table_terminal(stdout));
}

static void show_low(const cJSON *low)
{
    const cJSON *item;

    if (cJSON_GetArraySize(low) > 0)
        putchar('\n');
    cJSON_ArrayForEach(item, low) printf("Runs out: %s\n", member_text(item, "message"));
}

static void show_waiting(const cJSON *machines)
{
    const cJSON *machine;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "WAITS FOR A PERSON|FOR|?SINCE|=MESSAGE");
    cJSON_ArrayForEach(machine, machines)
    {
        if (*member_text(machine, "waiting_for") == '\0')
            continue;
        table_cell(&table, "%s", member_text(machine, "id"));
        table_cell(&table, "%s", member_text(machine, "waiting_for"));
        table_cell(&table, "%s", member_time(machine, "since", text));
        table_cell(&table, "%s", member_text(machine, "message"));
    }
    if (table.count > 0)
        putchar('\n');
    else
        puts("\nNo machine waits for a person.");
    if (table.count > 0)
        table_print(&table, stdout, table_terminal(stdout));
}

void show_status(const cJSON *body, const struct asked *asked)
{
    (void)asked;
    show_today(member(body, "today"));
    show_sites(member(body, "sites"));
    show_low(member(body, "low"));
    show_blocked(member(body, "blocked"));
    show_waiting(member(body, "machines"));
}

/* One line of printable text. */
static void print_line(const char *text)
{
    for (; *text != '\0'; text++)
        putchar((unsigned char)*text < 0x20 || *text == 0x7f ? '?' : *text);
    putchar('\n');
}

void show_object(const cJSON *body, const struct asked *asked)
{
    const cJSON *item;
    char text[1024];
    size_t widest = 0;

    (void)asked;
    cJSON_ArrayForEach(item, body) widest =
        strlen(item->string) > widest ? strlen(item->string) : widest;
    cJSON_ArrayForEach(item, body)
    {
        if (strcmp(item->string, "report") == 0)
            continue;
        member_join(item, text, sizeof text);
        printf("%-*s  ", (int)widest, item->string);
        print_line(text);
    }
}

void show_message(const cJSON *body, const struct asked *asked)
{
    const char *message = member_text(body, "message");

    (void)asked;
    print_line(*message != '\0' ? message : "done");
}

void show_id(const cJSON *body, const struct asked *asked)
{
    (void)asked;
    printf("%.0f\n", member_number(body, "id"));
}

void show_wire(const cJSON *body, const struct asked *asked)
{
    const cJSON *line;

    (void)asked;
    cJSON_ArrayForEach(line, member(body, "lines")) if (cJSON_IsString(line))
        print_line(line->valuestring);
}

static void show_report(const cJSON *report)
{
    const cJSON *finding;
    char text[MEMBER_TEXT_MAX];

    printf("  %s: %.0f lines, %.0f sent; %s", report->string, member_number(report, "lines"),
           member_number(report, "prepared_lines"), member_duration(report, "time_s", text));
    if (member_number(report, "slicer_time_s") > 0)
        printf(" (slicer: %s)", member_duration(report, "slicer_time_s", text));
    if (member_number(report, "filament_g") > 0)
        printf("; %.1f g %s", member_number(report, "filament_g"), member_text(report, "material"));
    if (*member_text(report, "thumbnail_type") != '\0')
        fputs("; with a picture", stdout);
    putchar('\n');
    cJSON_ArrayForEach(finding, member(report, "findings"))
    {
        printf("    line %.0f", member_number(finding, "line"));
        if (member_number(finding, "count") > 1)
            printf(" and %.0f like it", member_number(finding, "count") - 1);
        printf(": %s: %s", member_text(finding, "kind"), member_text(finding, "text"));
        printf(" (");
        printf("%s", member_text(finding, "why"));
        printf(")\n");
    }
}

void show_added_program(const cJSON *body, const struct asked *asked)
{
    const cJSON *report;
    char text[200];

    (void)asked;
    member_join(member(body, "yield"), text, sizeof text);
    printf("%s\n  %s: %s\n", member_text(body, "id"), member_text(body, "name"), text);
    cJSON_ArrayForEach(report, member(member(body, "report"), "models")) show_report(report);
}

void show_config(const cJSON *body, const struct asked *asked)
{
    const cJSON *reload = member(body, "last_reload");
    const cJSON *fault;

    (void)asked;
    printf("%s %s\nlistening on ", member_text(body, "file"), member_text(body, "role"));
    cJSON_ArrayForEach(fault, member(body, "listen"))
        printf("%s%s", fault->valuestring, fault->next != NULL ? ", " : "\n");
    printf("last reload: %s: %s\n", cJSON_IsTrue(member(reload, "accepted")) ? "taken" : "refused",
           member_text(reload, "message"));
    cJSON_ArrayForEach(fault, member(reload, "faults"))
        printf("%s:%.0f:%.0f: %s\n", member_text(body, "file"), member_number(fault, "line"),
               member_number(fault, "column"), member_text(fault, "message"));
}
