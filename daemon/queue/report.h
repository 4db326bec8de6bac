/* SPDX-License-Identifier: Apache-2.0 */
/* An analysis as JSON, for people and pages. Pure but for the memory. */
#ifndef USINE_QUEUE_REPORT_H
#define USINE_QUEUE_REPORT_H

#include <cjson/cJSON.h>

#include "gcode/analyse.h"

/* The caller's. NULL: no memory. */
cJSON *report_make(const struct analysis *analysis);

/* One sentence on why the file is refused: the first finding, with its line, and how many more. */
void report_refusal(const struct analysis *analysis, const char *model, char *text, size_t size);

#endif
