/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int64_t record_kits(const struct truth *book, const char *site, size_t day)
{
    int64_t kits = 0;

    for (size_t i = 0; i < book->heap_count; i++)
        if (site == NULL || strcmp(book->heaps[i].site, site) == 0)
            kits += book->heaps[i].assembled[day];
    return kits;
}

cJSON *record_models(const struct breakdown_row *rows, size_t count)
{
    cJSON *models = cJSON_CreateArray();

    for (size_t i = 0; i < count; i++) {
        struct effectiveness e = breakdown_effectiveness(&rows[i]);
        cJSON *item;

        if (rows[i].model[0] == '\0')
            continue; /* kits are no machine's */
        item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "model", rows[i].model);
        cJSON_AddNumberToObject(item, "good", (double)rows[i].good);
        cJSON_AddNumberToObject(item, "scrap", (double)rows[i].scrap);
        cJSON_AddNumberToObject(item, "runs", (double)rows[i].runs);
        cJSON_AddNumberToObject(item, "median_s", rows[i].median_s);
        cJSON_AddNumberToObject(item, "p90_s", rows[i].p90_s);
        cJSON_AddNumberToObject(item, "availability", e.availability);
        cJSON_AddNumberToObject(item, "performance", e.performance);
        cJSON_AddNumberToObject(item, "quality", e.quality);
        cJSON_AddNumberToObject(item, "oee", e.oee);
        cJSON_AddItemToArray(models, item);
    }
    return models;
}

static void add_pieces(cJSON *to, const struct truth *book, const char *site, size_t day)
{
    cJSON *good = cJSON_AddObjectToObject(to, "good");
    cJSON *scrap = cJSON_AddObjectToObject(to, "scrap");

    for (size_t p = 0; p < book->part_count; p++) {
        struct truth_pieces sum = {0};

        for (size_t i = 0; i < book->machine_count; i++) {
            const struct truth_machine *machine = &book->machines[i];

            if (site != NULL && strcmp(machine->site, site) != 0)
                continue;
            sum.good += machine->pieces[day][p].good;
            sum.scrap += machine->pieces[day][p].scrap;
        }
        cJSON_AddNumberToObject(good, book->parts[p], (double)sum.good);
        cJSON_AddNumberToObject(scrap, book->parts[p], (double)sum.scrap);
    }
}

static void add_hours(cJSON *to, const struct truth *book, size_t day)
{
    cJSON *hours = cJSON_AddObjectToObject(to, "hours");
    int machines = 0;

    for (int t = 0; t < TIMES; t++) {
        int64_t ms = 0;

        for (size_t i = 0; i < book->machine_count; i++)
            ms += book->machines[i].ms[day][t];
        cJSON_AddNumberToObject(hours, machine_time_name((enum machine_time)t),
                                (double)ms / 3600000);
    }
    for (size_t i = 0; i < book->machine_count; i++) {
        int64_t ms = 0;

        for (int t = 0; t < TIMES; t++)
            ms += book->machines[i].ms[day][t];
        machines += ms > 0;
    }
    cJSON_AddNumberToObject(to, "machines", machines);
}

static void add_sites(cJSON *to, const struct truth *book, size_t day)
{
    cJSON *sites = cJSON_AddArrayToObject(to, "sites");

    for (size_t i = 0; i < book->machine_count; i++) {
        const char *id = book->machines[i].site;
        cJSON *site;
        size_t first = 0;

        while (strcmp(book->machines[first].site, id) != 0)
            first++;
        if (first < i)
            continue;
        site = cJSON_CreateObject();
        cJSON_AddStringToObject(site, "id", id);
        cJSON_AddNumberToObject(site, "kits", (double)record_kits(book, id, day));
        add_pieces(site, book, id, day);
        cJSON_AddItemToArray(sites, site);
    }
}

static double runs_of(const struct truth *book, size_t day)
{
    int64_t runs = 0;

    for (size_t i = 0; i < book->machine_count; i++)
        for (size_t p = 0; p < book->part_count; p++)
            runs += book->machines[i].pieces[day][p].runs;
    return (double)runs;
}

cJSON *record_days(const struct truth *book, size_t last_day)
{
    cJSON *days = cJSON_CreateArray();

    for (size_t day = 0; day <= last_day; day++) {
        cJSON *item = cJSON_CreateObject();

        cJSON_AddStringToObject(item, "day", book->days[day]);
        cJSON_AddNumberToObject(item, "kits", (double)record_kits(book, NULL, day));
        add_pieces(item, book, NULL, day);
        cJSON_AddNumberToObject(item, "runs", runs_of(book, day));
        add_hours(item, book, day);
        add_sites(item, book, day);
        cJSON_AddItemToArray(days, item);
    }
    return days;
}

bool record_check(cJSON *checks, bool kept, const char *what, const char *format, ...)
{
    cJSON *check = cJSON_CreateObject();
    char text[300];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cJSON_AddStringToObject(check, "what", what);
    cJSON_AddBoolToObject(check, "kept", kept);
    cJSON_AddStringToObject(check, "text", text);
    cJSON_AddItemToArray(checks, check);
    return kept;
}
