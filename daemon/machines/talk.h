/* SPDX-License-Identifier: Apache-2.0 */
/* What is said to a machine outside the job's lines: questions at the greeting, the prologue,
 * heaters off. One line at a time, without numbers; each waits for its ok. */
#ifndef USINE_MACHINES_TALK_H
#define USINE_MACHINES_TALK_H

#include "machine.h"

/* Starts a script for step; lines of an earlier one that are not yet sent are dropped. */
void talk_begin(struct machine *m, enum step step);

/* Appends one line (no newline). Lines beyond TALK_LINES are dropped: scripts are ours and short.
 */
void talk_say(struct machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends all lines of a NULL-terminated script; NULL is an empty one. */
void talk_script(struct machine *m, const char *const *script);

/* Sends what may go. With all: every line at once, without waiting for its ok (making safe). An
 * empty script is through at once: step_done is called. */
void talk_pump(struct machine *m, bool all);

/* A reply came while lines are owed an answer; true: it was for them. */
bool talk_heard(struct machine *m, const struct reply *reply);

/* Time-outs: the line once more, up to three times. */
void talk_tick(struct machine *m);

/* Forgets everything (reset, link gone). An operator waiting for an answer gets it. */
void talk_reset(struct machine *m);

#endif
