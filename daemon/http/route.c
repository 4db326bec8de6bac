/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* True when text has 1 to size - 1 bytes; copies them, with slashes where they were escaped. */
static bool fill(char *to, size_t size, const char *text, size_t n)
{
    if (n == 0 || n >= size)
        return false;
    for (size_t i = 0; i < n; i++)
        to[i] = text[i] == ROUTE_SLASH ? '/' : text[i];
    to[n] = '\0';
    return true;
}

/* True when path is the template, with one segment for {id} and all the rest for {path}, none of
 * them empty. */
static bool path_matches(const char *template, const char *path, struct route *route)
{
    *route->id = *route->path = '\0';
    while (true) {
        size_t n = strcspn(template, "{");

        if (strncmp(template, path, n) != 0)
            return false;
        template += n;
        path += n;
        if (*template == '\0')
            return *path == '\0';
        n = strcspn(path, "/");
        if (strncmp(template, "{id}", 4) != 0)
            return fill(route->path, ROUTE_PATH_MAX, path, strlen(path));
        if (!fill(route->id, ROUTE_ID_MAX, path, n))
            return false;
        template += 4;
        path += n;
    }
}

static bool row_matches(const struct command *command, const char *path, struct route *route)
{
    return path_matches(strchr(command->route, ' ') + 1, path, route) ||
           (command->alias != NULL && path_matches(command->alias, path, route));
}

static void add_allowed(char allow[64], const char *method, size_t n)
{
    size_t used = strlen(allow);

    snprintf(allow + used, 64 - used, "%s%.*s", used > 0 ? ", " : "", (int)n, method);
}

enum err route_find(const struct command *const *table, const char *method, const char *path,
                    struct route *route)
{
    *route = (struct route){0};
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (; *table != NULL; table++) {
        const char *verb = (*table)->route;
        size_t n = strcspn(verb, " ");

        if (!row_matches(*table, path, route))
            continue;
        if (strlen(method) == n && strncmp(verb, method, n) == 0) {
            route->command = *table;
            return ERR_OK;
        }
        add_allowed(route->allow, verb, n);
    }
    return *route->allow != '\0' ? ERR_METHOD : ERR_NOT_FOUND;
}
