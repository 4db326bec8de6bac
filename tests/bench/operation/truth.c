/* SPDX-License-Identifier: Apache-2.0 */
#include "truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool truth_init(struct truth *truth, int64_t start_ms)
{
    time_t start = (time_t)(start_ms / 1000);
    struct tm first = {0};

    *truth = (struct truth){.part_count = 0};
    localtime_r(&start, &first);
    for (int i = 0; i <= TRUTH_DAYS; i++) {
        struct tm tm = {.tm_year = first.tm_year,
                        .tm_mon = first.tm_mon,
                        .tm_mday = first.tm_mday + i,
                        .tm_isdst = -1};

        truth->midnights[i] = (int64_t)mktime(&tm) * 1000;
        if (i < TRUTH_DAYS)
            strftime(truth->days[i], sizeof truth->days[i], "%Y-%m-%d", &tm);
    }
    truth->machines = calloc(TRUTH_MACHINES, sizeof *truth->machines);
    return truth->machines != NULL;
}

void truth_finish(struct truth *truth)
{
    free(truth->machines);
}

size_t truth_day(const struct truth *truth, int64_t wall_ms)
{
    size_t day = 0;

    while (day + 1 < TRUTH_DAYS && wall_ms >= truth->midnights[day + 1])
        day++;
    return day;
}

struct truth_machine *truth_machine(struct truth *truth, const char *id)
{
    struct truth_machine *machine = truth->machines;

    for (; machine < truth->machines + truth->machine_count; machine++)
        if (strcmp(machine->id, id) == 0)
            return machine;
    if (truth->machine_count == TRUTH_MACHINES) {
        fprintf(stderr, "operation: no room for more than %d machines\n", TRUTH_MACHINES);
        exit(2);
    }
    truth->machine_count++;
    snprintf(machine->id, sizeof machine->id, "%s", id);
    return machine;
}

static size_t part_number(struct truth *truth, const char *part)
{
    size_t i = 0;

    while (i < truth->part_count && strcmp(truth->parts[i], part) != 0)
        i++;
    if (i == TRUTH_PARTS) {
        fprintf(stderr, "operation: no room for more than %d parts\n", TRUTH_PARTS);
        exit(2);
    }
    if (i == truth->part_count)
        snprintf(truth->parts[truth->part_count++], ID_SIZE, "%s", part);
    return i;
}

struct truth_pieces *truth_pieces(struct truth *truth, const char *machine, const char *part,
                                  size_t day)
{
    return &truth_machine(truth, machine)->pieces[day][part_number(truth, part)];
}

struct truth_heap *truth_heap(struct truth *truth, const char *site, const char *item)
{
    struct truth_heap *heap = truth->heaps;

    for (; heap < truth->heaps + truth->heap_count; heap++)
        if (strcmp(heap->site, site) == 0 && strcmp(heap->item, item) == 0)
            return heap;
    if (truth->heap_count == TRUTH_HEAPS) {
        fprintf(stderr, "operation: no room for more than %d heaps\n", TRUTH_HEAPS);
        exit(2);
    }
    truth->heap_count++;
    snprintf(heap->site, sizeof heap->site, "%s", site);
    snprintf(heap->item, sizeof heap->item, "%s", item);
    return heap;
}

void truth_spent(struct truth *truth, struct truth_machine *machine, enum machine_time time,
                 const int64_t span[2])
{
    for (size_t day = 0; day < TRUTH_DAYS; day++) {
        int64_t from = truth->midnights[day], to = truth->midnights[day + 1];

        from = span[0] > from ? span[0] : from;
        to = span[1] < to ? span[1] : to;
        if (from < to)
            machine->ms[day][time] += to - from;
    }
}
