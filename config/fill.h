/* SPDX-License-Identifier: Apache-2.0 */
/* Objects of the file -> structs, by the options table, with every fault noted. */
#ifndef USINE_CONFIG_FILL_H
#define USINE_CONFIG_FILL_H

#include "options.h"
#include "source.h"

enum fill_mode {
    FILL_WHOLE,   /* presets first, and what is required must be there */
    FILL_CHANGES, /* only what is given is written */
};

/* Fills *out (zeroed, of table->size) from node. Members at fault keep what was there. Late options
 * are checked for their name only. The lists in *out are freed with fill_free in any case. */
void fill_object(struct source *source, const cJSON *node, const struct option_table *table,
                 void *out, enum fill_mode mode);

/* Gives every option of the table its preset. False: out of memory. */
bool fill_presets(const struct option_table *table, void *out);

/* Frees the lists in *out that the table's rows own (those of late options are their own files'
 * care). */
void fill_free(const struct option_table *table, void *out);

/* The member of that name, NULL when it is missing or null. */
const cJSON *fill_member(const cJSON *object, const char *name);

#endif
