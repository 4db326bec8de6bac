/* SPDX-License-Identifier: Apache-2.0 */
/* Members of an answer, with something to show when they are missing. Borrowed from the answer. */
#ifndef USINE_CLI_MEMBER_H
#define USINE_CLI_MEMBER_H

#include <cjson/cJSON.h>
#include <stddef.h>

enum { MEMBER_TEXT_MAX = 64 };

const cJSON *member(const cJSON *object, const char *name);
const char *member_text(const cJSON *object, const char *name); /* "" */
double member_number(const cJSON *object, const char *name);    /* 0 */

/* "14:32" today, "7 Apr 14:32" else; "-" when it is none. In the local zone. */
const char *member_time(const cJSON *object, const char *name, char text[MEMBER_TEXT_MAX]);

/* "2 h 14 min", "4 min", "12 s"; "-" when it is no number. */
const char *member_duration(const cJSON *object, const char *name, char text[MEMBER_TEXT_MAX]);

/* {"a": 1, "b": 2} as "a 1, b 2"; ["x", "y"] as "x, y". Writes at most size bytes. */
void member_join(const cJSON *value, char *text, size_t size);

#endif
