/* SPDX-License-Identifier: Apache-2.0 */
/* Does a machine profile make sense as a whole? */
#ifndef USINE_CONFIG_CHECK_PROFILE_H
#define USINE_CONFIG_CHECK_PROFILE_H

#include "source.h"

/* Notes what fields contradict each other, at the object they were given in. */
void check_profile(struct source *source, const cJSON *node, struct profile *profile);

#endif
