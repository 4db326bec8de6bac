/* SPDX-License-Identifier: Apache-2.0 */
/* How each noun looks in JSON: one writer per noun. Each returns a new object, or NULL when memory
 * is short. */
#ifndef USINE_COMMANDS_NOUN_JSON_H
#define USINE_COMMANDS_NOUN_JSON_H

#include <cjson/cJSON.h>

#include "office.h"
#include "queue/job.h"
#include "queue/program.h"
#include "queue/roster.h"
#include "queue/run.h"

/* One machine as in `usine status --json` (DESIGN.md section 11). */
cJSON *machine_to_json(const struct office *office, const struct machine_view *view);

/* What changes all the time: {"id", "line", "progress", "eta_s", "temps", "position", "heard",
 * "sent_lines", "resends"}; the first three are the run's. */
cJSON *machine_progress_to_json(const struct machine_view *view);

/* "today" of the status: {"product", "done", "target", "good": {}, "scrap": {}}. */
cJSON *today_to_json(const struct office *office);

/* The whole status. */
cJSON *status_to_json(const struct office *office);

/* For a command's `current`: a machine by its id. */
cJSON *machine_current(struct office *office, const struct asking *asking);

cJSON *program_to_json(const struct program *program, bool with_report);
cJSON *job_to_json(const struct job *job);
cJSON *run_to_json(const struct run *run);
cJSON *chronicle_to_json(const struct chronicle_row *row);

/* {"items": [], "next": null}; *items is where to add. */
cJSON *list_to_json(cJSON **items);

/* Adds text as RFC 3339 UTC, or null for 0. */
void json_add_time(cJSON *object, const char *name, int64_t wall_ms);

/* Adds text; what is not UTF-8 (words of a machine) becomes '?'. */
void json_add_text(cJSON *object, const char *name, const char *text);

/* Adds a number, or null for NAN and infinities. */
void json_add_number(cJSON *object, const char *name, double value);

#endif
