/* SPDX-License-Identifier: Apache-2.0 */
/* What a reload changes. */
#ifndef USINE_CONFIG_DIFF_H
#define USINE_CONFIG_DIFF_H

#include "load.h"

enum config_change { CONFIG_SAME, CONFIG_ADDED, CONFIG_CHANGED, CONFIG_REMOVED };

/* How machine `id` differs between two configs (either may be NULL). A machine is CHANGED when any
 * of its own fields or its completed profile differs. */
enum config_change config_diff_machine(const struct config *from, const struct config *to,
                                       const char *id);

/* One sentence for people: "2 machines changed (caen-p02, caen-p03), 1 added (caen-l02)". Options
 * that need a restart (listen, socket, state, store, role) are named. Writes at most size bytes. */
void config_diff_words(const struct config *from, const struct config *to, char *text, size_t size);

#endif
