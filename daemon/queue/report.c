/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include <math.h>
#include <stdio.h>

static void add_number(cJSON *object, const char *name, double value)
{
    if (isfinite(value))
        cJSON_AddNumberToObject(object, name, value);
    else
        cJSON_AddNullToObject(object, name);
}

static void add_vector(cJSON *object, const char *name, const double v[3])
{
    cJSON *array = cJSON_AddArrayToObject(object, name);

    for (int i = 0; array != NULL && i < 3; i++)
        cJSON_AddItemToArray(array, isfinite(v[i]) ? cJSON_CreateNumber(v[i]) : cJSON_CreateNull());
}

static const char *kind_name(enum finding_kind kind)
{
    switch (kind) {
    case FINDING_REFUSED:
        return "refused";
    case FINDING_DROPPED:
        return "dropped";
    case FINDING_ACTION:
        break;
    }
    return "action";
}

static void add_findings(cJSON *object, const struct analysis *analysis)
{
    cJSON *findings = cJSON_AddArrayToObject(object, "findings");

    for (size_t i = 0; i < analysis->finding_count; i++) {
        const struct finding *finding = &analysis->findings[i];
        cJSON *item = cJSON_CreateObject();

        cJSON_AddStringToObject(item, "kind", kind_name(finding->kind));
        cJSON_AddNumberToObject(item, "line", finding->line);
        cJSON_AddNumberToObject(item, "count", finding->count);
        cJSON_AddStringToObject(item, "text", finding->text);
        cJSON_AddStringToObject(item, "why", finding->why);
        cJSON_AddItemToArray(findings, item);
    }
}

cJSON *report_make(const struct analysis *analysis)
{
    cJSON *report = cJSON_CreateObject();

    cJSON_AddBoolToObject(report, "accepted", analysis->accepted);
    add_number(report, "bytes", (double)analysis->bytes);
    add_number(report, "lines", (double)analysis->lines);
    add_number(report, "prepared_lines", (double)analysis->prepared_lines);
    add_number(report, "time_s", analysis->time_s);
    add_number(report, "slicer_time_s", analysis->slicer_time_s);
    add_vector(report, "min_mm", analysis->min_mm);
    add_vector(report, "max_mm", analysis->max_mm);
    add_vector(report, "travel_min_mm", analysis->travel_min_mm);
    add_vector(report, "travel_max_mm", analysis->travel_max_mm);
    add_number(report, "layers", analysis->layers);
    add_number(report, "layer_mm", analysis->layer_mm);
    add_number(report, "filament_mm", analysis->filament_mm);
    add_number(report, "filament_g", analysis->filament_g);
    add_number(report, "cut_mm", analysis->cut_mm);
    add_number(report, "tools", analysis->tools);
    add_number(report, "nozzle_max_c", analysis->nozzle_max_c);
    add_number(report, "bed_max_c", analysis->bed_max_c);
    cJSON_AddStringToObject(report, "slicer", analysis->slicer);
    cJSON_AddStringToObject(report, "material", analysis->material);
    add_number(report, "nozzle_mm", analysis->nozzle_mm);
    if (analysis->thumbnail != NULL)
        cJSON_AddStringToObject(report, "thumbnail_type", analysis->thumbnail_type);
    add_number(report, "refused", (double)analysis->refused);
    add_number(report, "dropped", (double)analysis->dropped);
    add_number(report, "actions", (double)analysis->actions);
    add_findings(report, analysis);
    return report;
}

void report_refusal(const struct analysis *analysis, const char *model, char *text, size_t size)
{
    const struct finding *first = analysis->finding_count > 0 ? &analysis->findings[0] : NULL;

    if (first == NULL)
        snprintf(text, size, "refused for %s", model);
    else
        snprintf(text, size, "refused for %s: line %u: %s: %s%s", model, (unsigned)first->line,
                 first->text, first->why,
                 analysis->refused > first->count ? " (and more, see the report)" : "");
}
