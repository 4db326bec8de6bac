/* SPDX-License-Identifier: Apache-2.0 */
/* What a table fills before it has its place in struct config. */
#ifndef USINE_CONFIG_ENTRIES_H
#define USINE_CONFIG_ENTRIES_H

#include "load.h"

struct model_entry {
    struct profile profile; /* first: options_profile fills the same offsets */
    char extends[sizeof((struct profile *)0)->id];
};

struct part_entry {
    struct config_part part;
    int64_t quantity; /* "qty": in one kit */
    double seconds;   /* added to the part's minutes */
};

#endif
