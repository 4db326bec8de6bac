/* SPDX-License-Identifier: Apache-2.0 */
/* What was made, and where the time went. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "breakdown_report.h"
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

static void on_rows(void *context, enum err err, const char *text,
                    const struct throughput_row *rows, size_t count)
{
    cJSON *items, *list;

    if (err != ERR_OK) {
        answer_fail(context, err, "%s", text);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(items, row_to_json(&rows[i]));
    answer_json(context, list);
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

static void on_csv_rows(void *context, enum err err, const char *text,
                        const struct throughput_row *rows, size_t count)
{
    struct answer *answer = context;
    char *csv = NULL;
    size_t size = 0;
    FILE *out;

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    out = open_memstream(&csv, &size);
    if (out != NULL) {
        write_csv(out, rows, count);
        fclose(out);
    }
    snprintf(answer->save_as, sizeof answer->save_as, "throughput.csv");
    answer_text(answer, "text/csv; charset=utf-8", csv, size);
}

/* ---- grouped ---- */

struct grouped {
    struct answer *answer;
    unsigned groups;
    void (*tell)(struct answer *answer, unsigned groups, const struct breakdown_row *rows,
                 size_t count);
};

static void on_groups(void *context, enum err err, const char *text,
                      const struct breakdown_row *rows, size_t count)
{
    struct grouped *grouped = context;

    if (err != ERR_OK)
        answer_fail(grouped->answer, err, "%s", text);
    else
        grouped->tell(grouped->answer, grouped->groups, rows, count);
    free(grouped);
}

static void ask_groups(struct office *office, const struct call *call,
                       const struct throughput_query *days, const struct grouped *wanted)
{
    const struct throughput_args *args = call->args;
    struct breakdown_query query = {.days = *days, .groups = breakdown_parse(args->group)};
    struct grouped *grouped = query.groups != 0 ? malloc(sizeof *grouped) : NULL;

    if (query.groups == 0) {
        answer_fail(wanted->answer, ERR_INVALID,
                    "group takes some of " BREAKDOWN_WORDS ", with commas between");
    } else if (grouped == NULL) {
        answer_fail(wanted->answer, ERR_NO_MEMORY, "%s", err_words(ERR_NO_MEMORY));
    } else {
        *grouped = *wanted;
        grouped->groups = query.groups;
        queue_breakdown(office->queue, &query, on_groups, grouped);
    }
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

/* told: of rows not grouped; tell: of groups. */
static void run(struct office *office, const struct call *call, struct grouped *grouped,
                throughput_done told)
{
    const struct throughput_args *args = call->args;
    struct throughput_query query;

    if (!read_days(args, grouped->answer, &query))
        return;
    if (*args->group != '\0')
        ask_groups(office, call, &query, grouped);
    else
        queue_throughput(office->queue, &query, told, grouped->answer);
}

static void run_json(struct office *office, const struct call *call, struct answer *answer)
{
    run(office, call, &(struct grouped){.answer = answer, .tell = breakdown_answer_json}, on_rows);
}

static void run_csv(struct office *office, const struct call *call, struct answer *answer)
{
    run(office, call, &(struct grouped){.answer = answer, .tell = breakdown_answer_csv},
        on_csv_rows);
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
