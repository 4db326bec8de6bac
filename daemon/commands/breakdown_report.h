/* SPDX-License-Identifier: Apache-2.0 */
/* A breakdown as text: JSON for pages, a table for spreadsheets. For the pool: nothing of the
 * office is looked at. */
#ifndef USINE_COMMANDS_BREAKDOWN_REPORT_H
#define USINE_COMMANDS_BREAKDOWN_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "production/breakdown.h"

/* Words the rows can be grouped by, for a person who wrote another. */
#define BREAKDOWN_WORDS "day, site, machine, model, part, shift, reason"

/* Rows of a breakdown. */
struct breakdown_report {
    unsigned groups;
    const struct breakdown_row *rows;
    size_t count;
};

/* {"items": [...], "next": null, "group": [...]}. False: no memory. */
bool breakdown_write_json(FILE *out, const struct breakdown_report *report);

/* A column for each group. */
void breakdown_write_csv(FILE *out, const struct breakdown_report *report);

#endif
