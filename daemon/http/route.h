/* SPDX-License-Identifier: Apache-2.0 */
/* Method and path -> command, by the rows' own route templates. Pure. */
#ifndef USINE_HTTP_ROUTE_H
#define USINE_HTTP_ROUTE_H

#include <stddef.h>

#include "commands/command.h"

enum { ROUTE_ID_MAX = 256, ROUTE_PATH_MAX = 512 };

struct route {
    const struct command *command; /* constant */
    char id[ROUTE_ID_MAX];         /* what stands at {id}; "" if the template has none */
    char path[ROUTE_PATH_MAX];     /* what stands at a trailing {path}, slashes included */
    char allow[64];                /* ERR_METHOD: the methods the path does take, "GET, POST" */
};

/* Finds the row for method and path (already unescaped, without query). HEAD counts as GET.
 * ERR_OK; ERR_NOT_FOUND; ERR_METHOD: the path exists, for the methods in route->allow. */
enum err route_find(const struct command *const *table, const char *method, const char *path,
                    struct route *route);

#endif
