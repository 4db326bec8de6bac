/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody may do, and at which sites: one role for all sites and others for single ones. As
 * text "*=viewer caen=technician", the all-sites role first. Pure. */
#ifndef USINE_PEOPLE_ROLES_H
#define USINE_PEOPLE_ROLES_H

#include <stdbool.h>
#include <stddef.h>

enum role {
    ROLE_UNSET,  /* of a row: nobody said who may; of a person: none */
    ROLE_ANYONE, /* of a row: also who has not logged in */
    ROLE_VIEWER,
    ROLE_OPERATOR,
    ROLE_TECHNICIAN,
    ROLE_COORDINATOR,
    ROLE_ADMIN
};

enum { ROLES_SITES_MAX = 32, ROLES_SITE_SIZE = 64, ROLES_TEXT_SIZE = 2800 };

struct roles {
    enum role all; /* at every site; ROLE_UNSET: none */
    size_t count;
    struct {
        char site[ROLES_SITE_SIZE];
        enum role role;
    } sites[ROLES_SITES_MAX];
};

const char *role_name(enum role role); /* "operator" */

/* The role people may have of that name, viewer to admin; ROLE_UNSET: there is none. */
enum role role_of(const char *name);

/* Gives the role at a site; site "*": at all. False: too many sites, or the site's id too long. */
bool roles_give(struct roles *roles, const char *site, enum role role);

/* The highest at one site; at all sites (site NULL); anywhere. */
enum role roles_at(const struct roles *roles, const char *site);
enum role roles_anywhere(const struct roles *roles);

/* Reads and writes the text. Reading stops at what it does not know and returns false. */
bool roles_parse(struct roles *roles, const char *text);
void roles_text(const struct roles *roles, char text[ROLES_TEXT_SIZE]);

#endif
