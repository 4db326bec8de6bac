/* SPDX-License-Identifier: Apache-2.0 */
/* People and their sessions, as JSON. The caller owns what comes back. */
#ifndef USINE_COMMANDS_PEOPLE_JSON_H
#define USINE_COMMANDS_PEOPLE_JSON_H

#include <cjson/cJSON.h>

#include "office.h"
#include "people/who.h"

/* {"*": "viewer", "caen": "technician"}. */
cJSON *roles_to_json(const struct roles *roles);

/* Reads the same. ERR_INVALID, with words: no object, no such role, no such site, none at all. */
enum err roles_from_json(const struct office *office, const cJSON *object, struct roles *roles,
                         char *text, size_t size);

/* {SITE: role} for each of sites, a list of ids; {"*": role} when sites is NULL. */
cJSON *roles_given(enum role role, const cJSON *sites);

cJSON *person_to_json(const struct person *person, struct people *people);
cJSON *session_to_json(const struct session *session, const struct session *current);

/* Who asks: the answer of GET /api/v1/me. csrf: what their page is to show. */
cJSON *me_to_json(const struct who *who, const char *name, const char *csrf, int64_t now_ms);

#endif
