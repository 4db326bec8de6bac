/* SPDX-License-Identifier: Apache-2.0 */
/* The one-time link by which the first person gets in. */
#ifndef USINE_FIRST_ADMIN_H
#define USINE_FIRST_ADMIN_H

#include "commands/office.h"

/* While nobody is admin and pages are open: makes a new link, prints it on standard output, and
 * writes it to STATE/first-admin, which only its owner may read. Else removes that file. The log
 * tells where to look, not the link: logs are read by many. */
void first_admin_tell(const struct office *office);

#endif
