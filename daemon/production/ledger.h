/* SPDX-License-Identifier: Apache-2.0 */
/* Facts: what happened, appended in the transaction of the state they describe, never changed.
 * Every total is a query over them. The rows themselves are the store's (store/store_fact.h); here
 * are the rules: which fact a doing gives, and on which calendar day it counts. Pure. */
#ifndef USINE_PRODUCTION_LEDGER_H
#define USINE_PRODUCTION_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store_fact.h"
#include "throughput.h"

/* The calendar day (year*10000 + month*100 + day) of a wall time in the process's zone. */
int ledger_day(int64_t wall_ms);

/* Writes "2020-04-07" for 20200407. */
void ledger_day_text(int day, char text[11]);

/* Reads "2020-04-07" into 20200407; 0 if it is no day of the calendar. */
int ledger_day_parse(const char *text);

/* Wall time of the next local midnight after wall_ms (23, 24 or 25 h after the last one). */
int64_t ledger_midnight_after(int64_t wall_ms);

/* True for facts whose pieces count as good, or as scrap, of a machine's runs: verdicts, and what
 * was corrected in them. A correction without a machine is stock-taking. */
bool ledger_is_good(enum fact_kind kind, const char *machine);
bool ledger_is_scrap(enum fact_kind kind);

/* The fact kind of a kind of machine time. */
enum fact_kind ledger_kind(enum machine_time time);

/* Machine time *from..to (wall ms) as facts, split at local midnight: fills at most max rows copied
 * from *like (site, kind, machine, part, run), with at, day and qty (ms) set; returns how many.
 * *from moves to where the last one ends: `to`, unless max rows did not do. Nothing for to <=
 * *from. */
size_t ledger_time(const struct fact *like, int64_t *from, int64_t to, struct fact *rows,
                   size_t max);

#endif
