/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "production/lot.h"
#include "store/store_verdict.h"

enum { PIECES_MAX = 100000 };

static struct run_part *part_of(struct run *run, const char *part)
{
    const char *name = part[0] != '\0' ? part : run->part;

    for (size_t i = 0; i < run->part_count; i++)
        if (strcmp(run->parts[i].part, name) == 0)
            return &run->parts[i];
    return NULL;
}

bool verdict_judge(struct run *run, const struct clear_part *said, char text[STORE_TEXT_SIZE])
{
    struct run_part *part = part_of(run, said->part);
    int64_t rest;

    if (part == NULL) {
        snprintf(text, STORE_TEXT_SIZE, "run %lld does not make \"%s\"", (long long)run->id,
                 said->part);
        return false;
    }
    if (said->scrap < 0 || said->scrap > PIECES_MAX || said->good > PIECES_MAX) {
        snprintf(text, STORE_TEXT_SIZE, "good and scrap must be from 0 to %d", PIECES_MAX);
        return false;
    }
    rest = part->pieces - said->scrap;
    part->scrap = said->scrap;
    part->good = said->good >= 0 ? said->good : rest > 0 ? rest : 0;
    if (run->status != RUN_STATUS_FINISHED && said->good < 0)
        part->good = 0;
    if (part->good + part->scrap > part->pieces && (!said->more || said->reason[0] == '\0')) {
        snprintf(text, STORE_TEXT_SIZE,
                 "%lld good and %lld scrap are more %s than the %lld of run %lld: count again, or "
                 "say that there are more (more) and why (reason)",
                 (long long)part->good, (long long)part->scrap, part->part, (long long)part->pieces,
                 (long long)run->id);
        return false;
    }
    if (said->reason[0] != '\0')
        snprintf(run->reason, sizeof run->reason, "%s", said->reason);
    return true;
}

static void add_fact(struct verdict *verdict, const struct run_part *part, enum fact_kind kind,
                     int64_t now_ms)
{
    struct fact *fact = &verdict->facts[verdict->fact_count];
    const struct run *run = &verdict->run;

    *fact = (struct fact){.at_ms = now_ms,
                          .day = ledger_day(now_ms),
                          .kind = kind,
                          .run = run->id,
                          .job = part->job,
                          .qty = kind == FACT_MADE ? part->good : part->scrap};
    if (fact->qty == 0)
        return;
    memcpy(fact->site, run->site, sizeof fact->site);
    memcpy(fact->machine, run->machine, sizeof fact->machine);
    memcpy(fact->part, part->part, sizeof fact->part);
    memcpy(fact->by, run->judged_by, sizeof fact->by);
    lot_made(fact->lot, fact->day, run->machine, run->sha256, run->material);
    if (kind == FACT_SCRAPPED)
        memcpy(fact->reason, run->reason, sizeof fact->reason);
    verdict->fact_count++;
}

bool verdict_make(struct verdict *verdict, const struct run *run, const struct clear_request *ask,
                  int64_t now_ms, char text[STORE_TEXT_SIZE])
{
    bool finished = run != NULL && run->status == RUN_STATUS_FINISHED;

    *verdict = (struct verdict){.fact_count = 0};
    if (run == NULL && ask->part_count > 0)
        snprintf(text, STORE_TEXT_SIZE, "no run awaits a verdict, so nothing can be counted");
    if (run == NULL)
        return ask->part_count == 0;
    verdict->run = *run;
    verdict->run.judged = true;
    verdict->run.judged_ms = now_ms;
    snprintf(verdict->run.judged_by, sizeof verdict->run.judged_by, "%s", ask->by);
    for (size_t i = 0; i < run->part_count; i++)
        verdict->run.parts[i].good = finished ? run->parts[i].pieces : 0;
    for (size_t i = 0; i < ask->part_count; i++)
        if (!verdict_judge(&verdict->run, &ask->parts[i], text))
            return false;
    for (size_t i = 0; i < run->part_count; i++) {
        add_fact(verdict, &verdict->run.parts[i], FACT_MADE, now_ms);
        add_fact(verdict, &verdict->run.parts[i], FACT_SCRAPPED, now_ms);
    }
    return true;
}

enum err verdict_apply(struct verdict *verdict, struct db *db)
{
    struct run_row row = {.id = verdict->run.id,
                          .judged_ms = verdict->run.judged_ms,
                          .part_count = verdict->run.part_count};
    enum err err;

    memcpy(row.judged_by, verdict->run.judged_by, sizeof row.judged_by);
    memcpy(row.reason, verdict->run.reason, sizeof row.reason);
    for (size_t i = 0; i < row.part_count; i++) {
        memcpy(row.parts[i].part, verdict->run.parts[i].part, sizeof row.parts[i].part);
        row.parts[i].good = verdict->run.parts[i].good;
        row.parts[i].scrap = verdict->run.parts[i].scrap;
    }
    err = store_run_judged(db, &row);
    for (size_t i = 0; i < verdict->fact_count && err == ERR_OK; i++)
        err = store_fact_append(db, &verdict->facts[i]);
    return err;
}
