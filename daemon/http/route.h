/* SPDX-License-Identifier: Apache-2.0 */
/* Method and path -> command, by the rows' own route templates. Pure. */
#ifndef USINE_HTTP_ROUTE_H
#define USINE_HTTP_ROUTE_H

#include <stddef.h>

#include "commands/command.h"

/* Stands in a path for a slash that was escaped (%2F) in the address: part of a name, as of a lot,
 * and no end of a segment. head_uri puts it there, since MHD unescapes all of an address at once.
 */
#define ROUTE_SLASH '\x1f'

enum { ROUTE_ID_MAX = 256, ROUTE_PATH_MAX = 512 };

struct route {
    const struct command *command; /* constant */
    char id[ROUTE_ID_MAX];         /* what stands at {id}; "" if the template has none */
    char path[ROUTE_PATH_MAX];     /* what stands at a trailing {path}, slashes included */
    char allow[64];                /* ERR_METHOD: the methods the path does take, "GET, POST" */
};

/* Finds the row for method and path (already unescaped, without query; ROUTE_SLASH becomes a slash
 * in id and path). HEAD counts as GET.
 * ERR_OK; ERR_NOT_FOUND; ERR_METHOD: the path exists, for the methods in route->allow. */
enum err route_find(const struct command *const *table, const char *method, const char *path,
                    struct route *route);

#endif
