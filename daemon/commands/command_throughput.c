/* SPDX-License-Identifier: Apache-2.0 */
/* What was made, and where the time went. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "breakdown_report.h"
#include "json_write.h"
#include "noun_json.h"
#include "rows.h"

struct throughput_args {
    char day[11], from[11], to[11];
    char site[ID_SIZE], machine[ID_SIZE], part[ID_SIZE];
    char group[64];
};

static const struct json_field fields[] = {
    JSON_TEXT_ROW(struct throughput_args, day, "one day, as 2020-04-07; default: today"),
    JSON_TEXT_ROW(struct throughput_args, from, "first day"),
    JSON_TEXT_ROW(struct throughput_args, to, "last day"),
    JSON_TEXT_ROW(struct throughput_args, site, "only this site"),
    JSON_TEXT_ROW(struct throughput_args, machine, "only this machine"),
    JSON_TEXT_ROW(struct throughput_args, part, "only this part"),
    JSON_TEXT_ROW(struct throughput_args, group,
                  "rows for each of these, with commas: " BREAKDOWN_WORDS),
};

static cJSON *row_to_json(const struct throughput_row *row)
{
    cJSON *item = cJSON_CreateObject();
    cJSON *seconds;

    cJSON_AddStringToObject(item, "day", row->day);
    cJSON_AddStringToObject(item, "site", row->site);
    cJSON_AddStringToObject(item, "machine", row->machine);
    cJSON_AddStringToObject(item, "part", row->part);
    cJSON_AddNumberToObject(item, "good", (double)row->good);
    cJSON_AddNumberToObject(item, "scrap", (double)row->scrap);
    cJSON_AddNumberToObject(item, "runs", (double)row->runs);
    seconds = cJSON_AddObjectToObject(item, "seconds");
    for (int t = 0; t < TIMES; t++)
        json_add_number(seconds, machine_time_name((enum machine_time)t), row->seconds[t]);
    return item;
}

static bool write_json(FILE *out, const struct throughput_row *rows, size_t count)
{
    bool ok = true;

    fputs("{\"items\":[", out);
    for (size_t i = 0; ok && i < count; i++)
        ok = json_write(out, i > 0 ? "," : "", row_to_json(&rows[i]));
    fputs("],\"next\":null}", out);
    return ok;
}

static void write_csv(FILE *out, const struct throughput_row *rows, size_t count)
{
    fputs("day,site,machine,part,good,scrap,runs", out);
    for (int t = 0; t < TIMES; t++)
        fprintf(out, ",%s_s", machine_time_name((enum machine_time)t));
    fputs("\r\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct throughput_row *row = &rows[i];

        fprintf(out, "%s,%s,%s,%s,%lld,%lld,%lld", row->day, row->site, row->machine, row->part,
                (long long)row->good, (long long)row->scrap, (long long)row->runs);
        for (int t = 0; t < TIMES; t++)
            fprintf(out, ",%.1f", row->seconds[t]);
        fputs("\r\n", out);
    }
}

/* ---- text, made on the pool while the office goes on ---- */

/* What a page can show, and what a spreadsheet can: some 30 MB of text each. */
enum { JSON_ROWS_MAX = 50000, CSV_ROWS_MAX = 200000 };

struct report {
    struct answer *answer; /* the office's */
    unsigned groups;       /* 0: rows are not grouped */
    bool csv;
    char *text; /* malloc'ed; the answer's in the end */
    size_t size;
    FILE *out; /* into text */
};

/* Ends the text. ok: all went into it. */
static enum err close_text(struct report *report, bool ok)
{
    ok = ok && ferror(report->out) == 0;
    return fclose(report->out) == 0 && ok ? ERR_OK : ERR_NO_MEMORY;
}

static enum err take_rows(void *context, const struct throughput_row *rows, size_t count)
{
    struct report *report = context;
    bool ok = true;

    report->out = open_memstream(&report->text, &report->size);
    if (report->out == NULL)
        return ERR_NO_MEMORY;
    if (report->csv)
        write_csv(report->out, rows, count);
    else
        ok = write_json(report->out, rows, count);
    return close_text(report, ok);
}

static enum err take_groups(void *context, const struct breakdown_row *rows, size_t count)
{
    struct report *report = context;
    const struct breakdown_report groups = {.groups = report->groups, .rows = rows, .count = count};
    bool ok = true;

    report->out = open_memstream(&report->text, &report->size);
    if (report->out == NULL)
        return ERR_NO_MEMORY;
    if (report->csv)
        breakdown_write_csv(report->out, &groups);
    else
        ok = breakdown_write_json(report->out, &groups);
    return close_text(report, ok);
}

static void on_text(void *context, enum err err, const char *text)
{
    struct report *report = context;
    struct answer *answer = report->answer;

    if (err != ERR_OK) {
        free(report->text);
        answer_fail(answer, err, "%s", text);
    } else {
        if (report->csv)
            snprintf(answer->save_as, sizeof answer->save_as, "throughput.csv");
        answer_text(answer, report->csv ? "text/csv; charset=utf-8" : "application/json",
                    report->text, report->size);
    }
    free(report);
}

/* ---- asking ---- */

/* False: refused already. */
static bool read_days(const struct throughput_args *args, struct answer *answer,
                      struct throughput_query *query)
{
    const bool day = *args->day != '\0';

    *query = (struct throughput_query){.from = ""};
    if (day && (*args->from != '\0' || *args->to != '\0')) {
        answer_fail(answer, ERR_INVALID, "give either day, or from and to");
        return false;
    }
    memcpy(query->from, day ? args->day : args->from, sizeof query->from);
    memcpy(query->to, day ? args->day : args->to, sizeof query->to);
    memcpy(query->site, args->site, sizeof query->site);
    memcpy(query->machine, args->machine, sizeof query->machine);
    memcpy(query->part, args->part, sizeof query->part);
    return true;
}

static void ask(struct office *office, const struct throughput_query *days, struct report *report)
{
    const struct throughput_asker rows = {.take = take_rows, .done = on_text, .context = report};
    const struct breakdown_asker groups = {.take = take_groups, .done = on_text, .context = report};

    if (report->groups == 0)
        queue_throughput(office->queue, days, &rows);
    else
        queue_breakdown(office->queue,
                        &(struct breakdown_query){.days = *days, .groups = report->groups},
                        &groups);
}

static void run(struct office *office, const struct call *call, struct answer *answer, bool csv)
{
    const struct throughput_args *args = call->args;
    struct throughput_query days;
    struct report *report;

    if (!read_days(args, answer, &days))
        return;
    if (*args->group != '\0' && breakdown_parse(args->group) == 0) {
        answer_fail(answer, ERR_INVALID,
                    "group takes some of " BREAKDOWN_WORDS ", with commas between");
        return;
    }
    report = calloc(1, sizeof *report);
    if (report == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY));
        return;
    }
    days.rows_max = csv ? CSV_ROWS_MAX : JSON_ROWS_MAX;
    report->answer = answer;
    report->csv = csv;
    report->groups = *args->group != '\0' ? breakdown_parse(args->group) : 0;
    ask(office, &days, report);
}

static void run_json(struct office *office, const struct call *call, struct answer *answer)
{
    run(office, call, answer, false);
}

static void run_csv(struct office *office, const struct call *call, struct answer *answer)
{
    run(office, call, answer, true);
}

const struct command command_throughput = {
    .name = "throughput",
    .route = "GET /api/v1/throughput",
    .role = ROLE_VIEWER,
    .help = "Pieces and machine time per machine, site, day and part; or by group, with kits, "
            "cycle times and effectiveness.",
    FIELDS(fields),
    .args_size = sizeof(struct throughput_args),
    .run = run_json,
};

const struct command command_throughput_csv = {
    .name = "throughput.csv",
    .route = "GET /api/v1/throughput.csv",
    .role = ROLE_VIEWER,
    .help = "The same as a table for spreadsheets.",
    FIELDS(fields),
    .args_size = sizeof(struct throughput_args),
    .run = run_csv,
};
