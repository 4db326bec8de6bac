/* SPDX-License-Identifier: Apache-2.0 */
/* What people edit has a version: who writes with `If-Match: "VERSION"` is refused when it has
 * changed since they looked. It covers what people decide, not what machines make of it: a job's
 * version stays while its pieces are made. */
#ifndef USINE_COMMANDS_VERSION_H
#define USINE_COMMANDS_VERSION_H

#include <cjson/cJSON.h>
#include <stdbool.h>

enum { VERSION_SIZE = 17 };

/* Adds "version" to object: a hash of its members named in edited ("priority due run.id"; a dot
 * goes one level down). The same values give the same version, also after a restart. */
void version_add(cJSON *object, const char *edited);

/* The version of an object it was added to; "" : none. */
const char *version_of(const cJSON *object);

/* Is what stands in If-Match this version? "*" is any; several go with commas, quotes or not. */
bool version_matches(const char *if_match, const char *version);

#endif
