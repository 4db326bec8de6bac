/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown_report.h"

#include <math.h>
#include <string.h>

#include "json_write.h"
#include "noun_json.h"

static const char *name_of(const struct breakdown_row *row, size_t group)
{
    const char *const names[BREAKDOWN_GROUPS] = {row->day,  row->site,  row->machine, row->model,
                                                 row->part, row->shift, row->reason};

    return names[group];
}

/* ---- JSON ---- */

static cJSON *row_to_json(const struct breakdown_row *row)
{
    struct effectiveness e = breakdown_effectiveness(row);
    cJSON *item = cJSON_CreateObject(), *inner;

    for (size_t g = 0; g < BREAKDOWN_GROUPS; g++)
        json_add_text(item, breakdown_name(g), name_of(row, g));
    cJSON_AddNumberToObject(item, "good", (double)row->good);
    cJSON_AddNumberToObject(item, "scrap", (double)row->scrap);
    cJSON_AddNumberToObject(item, "runs", (double)row->runs);
    cJSON_AddNumberToObject(item, "kits", (double)row->kits);
    inner = cJSON_AddObjectToObject(item, "seconds");
    for (int t = 0; t < TIMES; t++)
        json_add_number(inner, machine_time_name((enum machine_time)t), row->seconds[t]);
    inner = cJSON_AddObjectToObject(item, "cycle_s");
    cJSON_AddNumberToObject(inner, "runs", (double)row->cycles);
    json_add_number(inner, "median", row->median_s);
    json_add_number(inner, "p90", row->p90_s);
    json_add_number(inner, "planned", row->planned_s);
    inner = cJSON_AddObjectToObject(item, "oee");
    json_add_number(inner, "availability", e.availability);
    json_add_number(inner, "performance", e.performance);
    json_add_number(inner, "quality", e.quality);
    json_add_number(inner, "oee", e.oee);
    return item;
}

bool breakdown_write_json(FILE *out, const struct breakdown_report *report)
{
    const char *comma = "";
    bool ok = true;

    fputs("{\"items\":[", out);
    for (size_t i = 0; ok && i < report->count; i++)
        ok = json_write(out, i > 0 ? "," : "", row_to_json(&report->rows[i]));
    fputs("],\"next\":null,\"group\":[", out);
    for (size_t g = 0; g < BREAKDOWN_GROUPS; g++) {
        if ((report->groups & 1u << g) == 0)
            continue;
        fprintf(out, "%s\"%s\"", comma, breakdown_name(g));
        comma = ",";
    }
    fputs("]}", out);
    return ok;
}

/* ---- CSV ---- */

/* In quotes, and what a spreadsheet would take for a formula behind an apostrophe. */
static void write_name(FILE *out, const char *name)
{
    fputc('"', out);
    if (*name != '\0' && strchr("=+-@\t\r", *name) != NULL)
        fputc('\'', out);
    for (; *name != '\0'; name++) {
        if (*name == '"')
            fputc('"', out);
        fputc(*name, out);
    }
    fputc('"', out);
}

/* A share or a duration; nothing where there is none. */
static void write_number(FILE *out, const char *format, double value)
{
    char text[40];

    snprintf(text, sizeof text, format, value);
    fprintf(out, ",%s", isfinite(value) ? text : "");
}

static void write_row(FILE *out, unsigned groups, const struct breakdown_row *row)
{
    struct effectiveness e = breakdown_effectiveness(row);

    for (size_t g = 0; g < BREAKDOWN_GROUPS; g++) {
        if ((groups & 1u << g) == 0)
            continue;
        write_name(out, name_of(row, g));
        fputc(',', out);
    }
    fprintf(out, "%lld,%lld,%lld,%lld", (long long)row->good, (long long)row->scrap,
            (long long)row->runs, (long long)row->kits);
    for (int t = 0; t < TIMES; t++)
        fprintf(out, ",%.1f", row->seconds[t]);
    write_number(out, "%.1f", row->median_s);
    write_number(out, "%.1f", row->p90_s);
    write_number(out, "%.4f", e.availability);
    write_number(out, "%.4f", e.performance);
    write_number(out, "%.4f", e.quality);
    write_number(out, "%.4f", e.oee);
    fputs("\r\n", out);
}

void breakdown_write_csv(FILE *out, const struct breakdown_report *report)
{
    for (size_t g = 0; g < BREAKDOWN_GROUPS; g++)
        if ((report->groups & 1u << g) != 0)
            fprintf(out, "%s,", breakdown_name(g));
    fputs("good,scrap,runs,kits", out);
    for (int t = 0; t < TIMES; t++)
        fprintf(out, ",%s_s", machine_time_name((enum machine_time)t));
    fputs(",cycle_median_s,cycle_p90_s,availability,performance,quality,oee\r\n", out);
    for (size_t i = 0; i < report->count; i++)
        write_row(out, report->groups, &report->rows[i]);
}
