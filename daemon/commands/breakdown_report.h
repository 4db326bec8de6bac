/* SPDX-License-Identifier: Apache-2.0 */
/* A breakdown as an answer: JSON for pages, a table for spreadsheets. */
#ifndef USINE_COMMANDS_BREAKDOWN_REPORT_H
#define USINE_COMMANDS_BREAKDOWN_REPORT_H

#include "answer.h"
#include "production/breakdown.h"

/* Words the rows can be grouped by, for a person who wrote another. */
#define BREAKDOWN_WORDS "day, site, machine, model, part, shift, reason"

/* Answers {"group": [...], "items": [...], "next": null}. */
void breakdown_answer_json(struct answer *answer, unsigned groups, const struct breakdown_row *rows,
                           size_t count);

/* Answers text/csv with a column for each group. */
void breakdown_answer_csv(struct answer *answer, unsigned groups, const struct breakdown_row *rows,
                          size_t count);

#endif
