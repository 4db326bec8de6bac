/* SPDX-License-Identifier: Apache-2.0 */
/* The audit row of a question under way: begun with it, written when its answer is known, before
 * that goes out. So whoever got an answer finds it in the log; a daemon that dies in between may
 * have done what the log does not say (the ledger and the run tables do). */
#ifndef USINE_COMMANDS_RECORD_H
#define USINE_COMMANDS_RECORD_H

#include "access.h"

struct record;

/* Gives answer a record when the row is one that is audited and the asker is somebody, or it is a
 * row for anyone. Without memory it goes unrecorded, and the log says so. */
void record_begin(struct office *office, const struct command *command, const struct asking *asking,
                  const struct access *access, struct answer *answer);

/* Somebody was refused before the body was read: written without waiting for it. */
void record_refused(struct office *office, const struct command *command,
                    const struct asking *asking, const struct access *access);

/* Why it was refused; who it turned out to be. record may be NULL. */
void record_outcome(struct record *record, const char *text);
void record_who(struct record *record, const char *login);

/* Writes it, then tells. */
void record_end(struct answer *answer, void (*tell)(struct answer *answer));

#endif
