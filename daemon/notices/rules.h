/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of each person: listed from memory, changed through the store, tried out. */
#ifndef USINE_NOTICES_RULES_H
#define USINE_NOTICES_RULES_H

#include "notices.h"

enum { RULES_OF_ONE = 20, TRIALS_OF_ONE = 6, TRIAL_MS = 3600 * 1000 };

/* rule: the one added, NULL else; field: the member at fault, or NULL. Borrowed for the call. */
typedef void (*rule_done)(void *context, enum err err, const char *field, const char *text,
                          const struct rule *rule);

/* In the order they were added; NULL: no more, or none with this number. */
const struct rule *rule_next(const struct notices *notices, int64_t person,
                             const struct rule *rule);
const struct rule *rule_find(const struct notices *notices, int64_t person, int64_t id);

/* Messages of this rule that have not arrived. */
int64_t rule_waiting(const struct notices *notices, const struct rule *rule);

/* Adds one as spec says (person, kind, channel, address, token, sites, delay_ms, quiet).
 * ERR_INVALID: a member is not good, or the person may not watch that; ERR_REFUSED: too many. May
 * answer from inside the call. */
void rule_add(struct notices *notices, const struct rule *spec, rule_done done, void *context);

/* Its messages that wait go with it. ERR_NOT_FOUND. */
void rule_remove(struct notices *notices, int64_t person, int64_t id, rule_done done,
                 void *context);

/* Sends a test message, once: ERR_OK when the receiver has taken it, ERR_LINK with its words.
 * ERR_NOT_FOUND, ERR_TOO_MANY. */
void rule_try(struct notices *notices, int64_t person, int64_t id, rule_done done, void *context);

#endif
