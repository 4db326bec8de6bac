/* SPDX-License-Identifier: Apache-2.0 */
/* Answers to creating calls, by Idempotency-Key: the same key again gets the same answer and
 * nothing is made twice. Kept in memory for 24 h, at most REMEMBER_MAX; the oldest go first. What
 * counts, jobs and orders are besides written down with their key (store/store_key.h): they are
 * known after a crash, and refused when memory has forgotten them. */
#ifndef USINE_COMMANDS_REMEMBER_H
#define USINE_COMMANDS_REMEMBER_H

#include <stdint.h>

#include "answer.h"
#include "base/hash.h"
#include "base/list.h"
#include "command.h"
#include "store/store_key.h"

enum { REMEMBER_MAX = 2048, REMEMBER_KEY_MAX = 128, REMEMBER_MS = STORE_KEY_MS };

struct remember {
    struct list answers; /* of struct remembered_answer, oldest first */
    size_t count;
};

void remember_init(struct remember *remember);
void remember_finish(struct remember *remember);

/* Takes in what was done before the daemon began, from a database that is nobody else's yet. */
enum err remember_load(struct remember *remember, struct db *db, int64_t now_ms);

/* Before a creating command runs. Returns true when the answer was given from memory (or refused:
 * the key is under way, malformed, or was used with other fields). Returns false when the command
 * is to run; its answer will then be kept under the key. */
bool remember_begin(struct remember *remember, const struct command *command,
                    const struct asking *asking, int64_t now_ms, struct answer *answer);

/* What is to be written down with the act: the key that the answer is kept under. false: there is
 * none. */
bool remember_key(const struct answer *answer, struct store_key *key);

/* Keeps a finished answer; failures of ours or of the world (5xx) are forgotten, so that the call
 * may be tried again. For answer.c. */
void remember_answer(struct remembered_answer *entry, const struct answer *answer);

#endif
