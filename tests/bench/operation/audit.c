/* SPDX-License-Identifier: Apache-2.0 */
#include "audit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t day_of(const struct truth *truth, const char *day)
{
    for (size_t i = 0; i < TRUTH_DAYS; i++)
        if (strcmp(truth->days[i], day) == 0)
            return i;
    fprintf(stderr, "operation: the ledger has a day %s outside the operation\n", day);
    exit(2);
}

static void take_row(struct truth *book, const struct throughput_row *row)
{
    size_t day = day_of(book, row->day);
    struct truth_machine *machine;

    if (row->machine[0] == '\0')
        return; /* kits: no machine's */
    machine = truth_machine(book, row->machine);
    snprintf(machine->site, sizeof machine->site, "%s", row->site);
    for (int t = 0; t < TIMES; t++)
        machine->ms[day][t] += llround(row->seconds[t] * 1000);
    if (row->part[0] == '\0')
        return;
    *truth_pieces(book, row->machine, row->part, day) =
        (struct truth_pieces){row->good, row->scrap, row->runs};
}

static void compare_pieces(struct audit *audit, struct truth *truth, const char *machine,
                           size_t day)
{
    for (size_t p = 0; p < truth->part_count; p++) {
        const struct truth_pieces *real = truth_pieces(truth, machine, truth->parts[p], day);
        const struct truth_pieces *book = truth_pieces(&audit->book, machine, truth->parts[p], day);

        audit->compared++;
        if (memcmp(real, book, sizeof *real) == 0)
            continue;
        audit->differ++;
        fprintf(stderr,
                "operation: %s %s %s: ledger %" PRId64 "/%" PRId64 "/%" PRId64 ", truth %" PRId64
                "/%" PRId64 "/%" PRId64 " good/scrap/runs\n",
                truth->days[day], machine, truth->parts[p], book->good, book->scrap, book->runs,
                real->good, real->scrap, real->runs);
    }
}

static void compare_time(struct audit *audit, const struct truth *truth,
                         const struct truth_machine *real, int64_t now_ms, size_t day)
{
    const struct truth_machine *book = truth_machine(&audit->book, real->id);
    int64_t from = truth->midnights[day], to = truth->midnights[day + 1], sum = 0;

    from = real->joined_ms > from ? real->joined_ms : from;
    to = now_ms < to ? now_ms : to;
    if (from >= to)
        return;
    for (int t = 0; t < TIMES; t++)
        sum += book->ms[day][t];
    audit->days++;
    audit->short_days += sum != to - from;
    audit->misspent += memcmp(book->ms[day], real->ms[day], sizeof book->ms[day]) != 0;
    if (sum != to - from)
        fprintf(stderr, "operation: %s %s: %" PRId64 " ms booked of %" PRId64 "\n",
                truth->days[day], real->id, sum, to - from);
    for (int t = 0; t < TIMES; t++)
        if (book->ms[day][t] != real->ms[day][t])
            fprintf(stderr, "operation: %s %s: %" PRId64 " ms %s booked, truth %" PRId64 "\n",
                    truth->days[day], real->id, book->ms[day][t],
                    machine_time_name((enum machine_time)t), real->ms[day][t]);
}

void audit_make(struct audit *audit, const struct truth *truth, const struct throughput_row *rows,
                size_t count, int64_t now_ms)
{
    struct truth real = *truth; /* parts that only the ledger has get a number here too */

    *audit = (struct audit){.compared = 0};
    if (!truth_init(&audit->book, truth->midnights[0]))
        exit(2);
    for (size_t i = 0; i < count; i++)
        take_row(&audit->book, &rows[i]);
    for (size_t i = 0; i < audit->book.part_count; i++)
        truth_pieces(&real, real.machines[0].id, audit->book.parts[i], 0);
    for (size_t i = 0; i < real.machine_count; i++)
        for (size_t day = 0; day < TRUTH_DAYS; day++) {
            compare_pieces(audit, &real, real.machines[i].id, day);
            compare_time(audit, truth, &real.machines[i], now_ms, day);
        }
    if (audit->book.machine_count > real.machine_count) {
        fprintf(stderr, "operation: the ledger has machines that the floor has not\n");
        audit->differ++;
    }
}

/* ---- goods ---- */

void audit_kits(struct audit *audit, struct truth *truth, const struct breakdown_row *rows,
                size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].kits != 0)
            truth_heap(&audit->book, rows[i].site, rows[i].part)
                ->assembled[day_of(truth, rows[i].day)] = rows[i].kits;
    for (size_t i = 0; i < audit->book.heap_count; i++)
        truth_heap(truth, audit->book.heaps[i].site, audit->book.heaps[i].item);
    for (size_t i = 0; i < truth->heap_count; i++) {
        const struct truth_heap *real = &truth->heaps[i];
        const struct truth_heap *book = truth_heap(&audit->book, real->site, real->item);

        for (size_t day = 0; day < TRUTH_DAYS; day++) {
            audit->heaps += real->assembled[day] != 0;
            if (real->assembled[day] == book->assembled[day])
                continue;
            audit->heaps_differ++;
            fprintf(stderr, "operation: %s %s: %" PRId64 " kits booked, truth %" PRId64 "\n",
                    truth->days[day], real->site, book->assembled[day], real->assembled[day]);
        }
    }
}

void audit_stock(struct audit *audit, struct truth *truth, const struct stock *stock)
{
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(stock, i)) != NULL; i++)
        truth_heap(truth, row->site, row->part);
    for (size_t i = 0; i < truth->heap_count; i++) {
        const struct truth_heap *real = &truth->heaps[i];
        int64_t book = stock_of(stock, real->site, real->item);

        audit->heaps++;
        if (book == real->there)
            continue;
        audit->heaps_differ++;
        fprintf(stderr, "operation: %s at %s: %" PRId64 " in stock, truth %" PRId64 "\n",
                real->item, real->site, book, real->there);
    }
}

void audit_finish(struct audit *audit)
{
    truth_finish(&audit->book);
}
