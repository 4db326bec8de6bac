/* SPDX-License-Identifier: Apache-2.0 */
#include "show_list.h"

#include <stdio.h>
#include <string.h>

#include "member.h"
#include "table.h"

static void run_cell(struct table *table, const cJSON *run)
{
    if (cJSON_IsObject(run))
        table_cell(table, "%s", member_text(run, "part"));
    else
        table_cell(table, "-");
}

static void progress_cells(struct table *table, const cJSON *run)
{
    char text[MEMBER_TEXT_MAX];

    if (!cJSON_IsObject(run)) {
        table_cell(table, "-");
        table_cell(table, "-");
        return;
    }
    table_cell(table, "%.0f%%", 100 * member_number(run, "progress"));
    table_cell(table, "%s", member_duration(run, "eta_s", text));
}

static void temps_cell(struct table *table, const cJSON *temps)
{
    if (!cJSON_IsNumber(member(temps, "nozzle")))
        table_cell(table, "-");
    else
        table_cell(table, "%.0f/%.0f %.0f/%.0f", member_number(temps, "nozzle"),
                   member_number(temps, "nozzle_target"), member_number(temps, "bed"),
                   member_number(temps, "bed_target"));
}

static void state_cell(struct table *table, const cJSON *machine)
{
    char flags[80];

    member_join(member(machine, "flags"), flags, sizeof flags);
    if (strcmp(flags, "-") == 0)
        table_cell(table, "%s", member_text(machine, "state"));
    else
        table_cell(table, "%s (%s)", member_text(machine, "state"), flags);
}

void show_machines(const cJSON *body, const struct asked *asked)
{
    const cJSON *machine;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table,
                "MACHINE|?MODEL|STATE|?BED|WAITS FOR|~PART|>DONE|>LEFT|?TEMPS|?SINCE|~MESSAGE");
    cJSON_ArrayForEach(machine, member(body, "items"))
    {
        const char *waiting = member_text(machine, "waiting_for");

        table_cell(&table, "%s", member_text(machine, "id"));
        table_cell(&table, "%s", member_text(machine, "model"));
        state_cell(&table, machine);
        table_cell(&table, "%s", member_text(machine, "bed"));
        table_cell(&table, "%s", *waiting != '\0' ? waiting : "-");
        run_cell(&table, member(machine, "run"));
        progress_cells(&table, member(machine, "run"));
        temps_cell(&table, member(machine, "temps"));
        table_cell(&table, "%s", member_time(machine, "since", text));
        table_cell(&table, "%s", member_text(machine, "message"));
    }
    table_finish(&table, asked->csv, "No machines.");
}

void show_jobs(const cJSON *body, const struct asked *asked)
{
    const cJSON *job;
    struct table table;
    char text[MEMBER_TEXT_MAX], sites[200];

    table_begin(
        &table,
        ">JOB|~PART|>GOOD|>OF|>IN FLIGHT|>OWED|?>SCRAP|?>PRIORITY|STATE|DUE|?~SITES|?~NOTE");
    cJSON_ArrayForEach(job, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(job, "id"));
        table_cell(&table, "%s", member_text(job, "part"));
        table_cell(&table, "%.0f", member_number(job, "good"));
        table_cell(&table, "%.0f", member_number(job, "quantity"));
        table_cell(&table, "%.0f", member_number(job, "in_flight"));
        table_cell(&table, "%.0f", member_number(job, "owed"));
        table_cell(&table, "%.0f", member_number(job, "scrap"));
        table_cell(&table, "%.0f", member_number(job, "priority"));
        table_cell(&table, "%s", member_text(job, "state"));
        table_cell(&table, "%s", member_time(job, "due", text));
        member_join(member(job, "sites"), sites, sizeof sites);
        table_cell(&table, "%s", sites);
        table_cell(&table, "%s", member_text(job, "note"));
    }
    table_finish(&table, asked->csv, "No jobs. Add one: usine job add --part PART --quantity N");
}

static void pieces_cells(struct table *table, const cJSON *run)
{
    const cJSON *part;
    double good = 0, scrap = 0;

    cJSON_ArrayForEach(part, member(run, "parts"))
    {
        good += member_number(part, "good");
        scrap += member_number(part, "scrap");
    }
    if (cJSON_IsTrue(member(run, "judged"))) {
        table_cell(table, "%.0f", good);
        table_cell(table, "%.0f", scrap);
    } else {
        table_cell(table, "-");
        table_cell(table, "-");
    }
}

void show_runs(const cJSON *body, const struct asked *asked)
{
    const cJSON *run;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table,
                ">RUN|MACHINE|~PART|?>JOB|STATUS|?STARTED|ENDED|>GOOD|>SCRAP|?~PROGRAM|~REASON");
    cJSON_ArrayForEach(run, member(body, "items"))
    {
        table_cell(&table, "%.0f", member_number(run, "id"));
        table_cell(&table, "%s", member_text(run, "machine"));
        table_cell(&table, "%s", member_text(run, "part"));
        table_cell(&table, "%.0f", member_number(run, "job"));
        table_cell(&table, "%s", member_text(run, "status"));
        table_cell(&table, "%s", member_time(run, "started", text));
        table_cell(&table, "%s", member_time(run, "ended", text));
        pieces_cells(&table, run);
        table_cell(&table, "%s", member_text(run, "program_name"));
        table_cell(&table, "%s", member_text(run, "reason"));
    }
    table_finish(&table, asked->csv, "No runs.");
}

void show_programs(const cJSON *body, const struct asked *asked)
{
    const cJSON *program, *model;
    struct table table;
    char text[200];

    table_begin(&table, "PROGRAM|~NAME|~MODELS|~YIELD|>TIME|?>GRAMS|?MATERIAL");
    cJSON_ArrayForEach(program, member(body, "items"))
    {
        size_t n = 0;

        table_cell(&table, "%.12s", member_text(program, "id"));
        table_cell(&table, "%s", member_text(program, "name"));
        *text = '\0';
        cJSON_ArrayForEach(model, member(program, "models"))
        {
            if (n < sizeof text)
                snprintf(text + n, sizeof text - n, "%s%s", n > 0 ? ", " : "",
                         member_text(model, "id"));
            n = strlen(text);
        }
        table_cell(&table, "%s", text);
        member_join(member(program, "yield"), text, sizeof text);
        table_cell(&table, "%s", text);
        model = cJSON_GetArrayItem(member(program, "models"), 0);
        table_cell(&table, "%s", member_duration(model, "time_s", text));
        table_cell(&table, "%.1f", member_number(program, "filament_g"));
        table_cell(&table, "%s", member_text(program, "material"));
    }
    table_finish(&table, asked->csv,
                 "No programs. Add one: usine program add FILE --model M --yield PART=N");
}

void show_why(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, "MACHINE|?PROGRAM|REASON|=MESSAGE");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        table_cell(&table, "%s", member_text(row, "machine"));
        table_cell(&table, "%.12s", member_text(row, "program"));
        table_cell(&table, "%s", member_text(row, "reason"));
        table_cell(&table, "%s", member_text(row, "message"));
    }
    table_finish(&table, asked->csv, "No machines.");
}

void show_shares(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;

    table_begin(&table, "SITE|MACHINES|PER HOUR|KM|PIECES");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        table_cell(&table, "%s", member_text(row, "site"));
        table_cell(&table, "%.0f", member_number(row, "machines"));
        table_cell(&table, "%.1f", member_number(row, "per_hour"));
        table_cell(&table, "%.0f", member_number(row, "far_km"));
        table_cell(&table, "%.0f", member_number(row, "pieces"));
    }
    table_finish(&table, asked->csv, "No machine could make it.");
    if (!asked->csv && *member_text(body, "done") != '\0')
        printf("Done %s, if nothing fails.\n", member_text(body, "done"));
}

void show_ports(const cJSON *body, const struct asked *asked)
{
    const cJSON *port;

    if (asked->csv) {
        struct table table;

        table_begin(&table, "DEVICE|MACHINE|ABOUT|CONFIG");
        cJSON_ArrayForEach(port, member(body, "items"))
        {
            table_cell(&table, "%s", member_text(port, "device"));
            table_cell(&table, "%s", member_text(port, "machine"));
            table_cell(&table, "%s", member_text(port, "about"));
            table_cell(&table, "%s", member_text(port, "config"));
        }
        table_finish(&table, asked->csv, "");
        return;
    }
    cJSON_ArrayForEach(port, member(body, "items"))
    {
        const char *machine = member_text(port, "machine");

        printf("%s  %s\n", member_text(port, "device"), member_text(port, "about"));
        if (*machine != '\0')
            printf("  is %s\n", machine);
        else
            printf("  not in the config; to add it, paste:\n    %s\n", member_text(port, "config"));
    }
    if (cJSON_GetArraySize(member(body, "items")) == 0)
        puts("No serial ports. Is the machine switched on and plugged in?");
}

void show_log(const cJSON *body, const struct asked *asked)
{
    const cJSON *row;
    struct table table;
    char text[MEMBER_TEXT_MAX];

    table_begin(&table, "AT|MACHINE|?BY|=WHAT");
    cJSON_ArrayForEach(row, member(body, "items"))
    {
        table_cell(&table, "%s", member_time(row, "at", text));
        table_cell(&table, "%s", member_text(row, "machine"));
        table_cell(&table, "%s", member_text(row, "by"));
        table_cell(&table, "%s", member_text(row, "text"));
    }
    table_finish(&table, asked->csv, "Nothing has happened yet.");
}
