/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* True when path is the template with one non-empty segment for {id}, copied to id. */
static bool path_matches(const char *template, const char *path, char id[ROUTE_ID_MAX])
{
    const char *hole = strstr(template, "{id}");
    size_t head, n;

    *id = '\0';
    if (hole == NULL)
        return strcmp(template, path) == 0;
    head = (size_t)(hole - template);
    if (strncmp(template, path, head) != 0)
        return false;
    n = strcspn(path + head, "/");
    if (n == 0 || n >= ROUTE_ID_MAX || strcmp(hole + 4, path + head + n) != 0)
        return false;
    memcpy(id, path + head, n);
    id[n] = '\0';
    return true;
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

        if (!path_matches(verb + n + 1, path, route->id))
            continue;
        if (strlen(method) == n && strncmp(verb, method, n) == 0) {
            route->command = *table;
            return ERR_OK;
        }
        add_allowed(route->allow, verb, n);
    }
    return *route->allow != '\0' ? ERR_METHOD : ERR_NOT_FOUND;
}
