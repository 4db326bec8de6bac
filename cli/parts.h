/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of programs that yield several parts: "--good serre-tete=4 --scrap ecran=1". */
#ifndef USINE_CLI_PARTS_H
#define USINE_CLI_PARTS_H

#include "words.h"

/* Adds one value of an OPTION_PART_… row: PART=VALUE to the member of fields.parts for PART, a
 * plain value to the field itself. Text is taken as PART=TEXT only for a part that was named
 * before. False: what is wrong has been printed. */
bool parts_add(cJSON *fields, const struct option_row *row, const char *value);

/* When all options are read: a plain reason is that of all parts; plain counts beside parts would
 * be lost, so they are refused. False: printed. */
bool parts_settle(cJSON *fields);

#endif
