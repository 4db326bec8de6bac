/* SPDX-License-Identifier: Apache-2.0 */
#include "roles.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
    [ROLE_UNSET] = "unset",           [ROLE_ANYONE] = "anyone",
    [ROLE_VIEWER] = "viewer",         [ROLE_OPERATOR] = "operator",
    [ROLE_TECHNICIAN] = "technician", [ROLE_COORDINATOR] = "coordinator",
    [ROLE_ADMIN] = "admin",
};

const char *role_name(enum role role)
{
    return names[role];
}

enum role role_of(const char *name)
{
    for (enum role role = ROLE_VIEWER; role <= ROLE_ADMIN; role++)
        if (strcmp(names[role], name) == 0)
            return role;
    return ROLE_UNSET;
}

bool roles_give(struct roles *roles, const char *site, enum role role)
{
    size_t n = strlen(site), i = 0;

    if (strcmp(site, "*") == 0) {
        roles->all = role;
        return true;
    }
    while (i < roles->count && strcmp(roles->sites[i].site, site) != 0)
        i++;
    if (n == 0 || n >= ROLES_SITE_SIZE || strpbrk(site, " =") != NULL || i == ROLES_SITES_MAX)
        return false;
    if (i == roles->count)
        roles->count++;
    memcpy(roles->sites[i].site, site, n + 1);
    roles->sites[i].role = role;
    return true;
}

enum role roles_at(const struct roles *roles, const char *site)
{
    enum role best = roles->all;

    for (size_t i = 0; site != NULL && i < roles->count; i++)
        if (roles->sites[i].role > best && strcmp(roles->sites[i].site, site) == 0)
            best = roles->sites[i].role;
    return best;
}

enum role roles_anywhere(const struct roles *roles)
{
    enum role best = roles->all;

    for (size_t i = 0; i < roles->count; i++)
        if (roles->sites[i].role > best)
            best = roles->sites[i].role;
    return best;
}

bool roles_parse(struct roles *roles, const char *text)
{
    char word[ROLES_SITE_SIZE + 16];

    memset(roles, 0, sizeof *roles);
    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        char *equals;
        enum role role;

        if (n >= sizeof word)
            return false;
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        equals = strchr(word, '=');
        role = equals != NULL ? role_of(equals + 1) : ROLE_UNSET;
        if (role == ROLE_UNSET)
            return false;
        *equals = '\0';
        if (!roles_give(roles, word, role))
            return false;
        text += n;
        text += strspn(text, " ");
    }
    return true;
}

void roles_text(const struct roles *roles, char text[ROLES_TEXT_SIZE])
{
    size_t used = 0;

    text[0] = '\0';
    if (roles->all != ROLE_UNSET)
        used += (size_t)snprintf(text, ROLES_TEXT_SIZE, "*=%s", role_name(roles->all));
    for (size_t i = 0; i < roles->count; i++)
        used +=
            (size_t)snprintf(text + used, ROLES_TEXT_SIZE - used, "%s%s=%s", used > 0 ? " " : "",
                             roles->sites[i].site, role_name(roles->sites[i].role));
}
