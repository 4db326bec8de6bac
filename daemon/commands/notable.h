/* SPDX-License-Identifier: Apache-2.0 */
/* What people may want to be told, of all that is so now: machines that wait for a person, machines
 * that do not work, jobs that are done. */
#ifndef USINE_COMMANDS_NOTABLE_H
#define USINE_COMMANDS_NOTABLE_H

#include "notices/notices.h"

/* For notices_setup.gather; office is the struct office. */
void notable_gather(void *office, struct notices *notices);

#endif
