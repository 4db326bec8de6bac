/* SPDX-License-Identifier: Apache-2.0 */
/* Who belongs to the factory: people, their sessions, the tokens of programs, paired tablets, and
 * the record of what they did. All is in memory on the office thread and written down through the
 * store; what is asked is answered after its commit, by a callback, never from inside the call (but
 * when memory is out or usined is stopping). Pointers into here are valid until the loop turns. */
#ifndef USINE_PEOPLE_PEOPLE_H
#define USINE_PEOPLE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/clock.h"
#include "base/err.h"
#include "secret.h"

struct people;
struct store;
struct db;

/* Answer to a request: as queue_done of the queue. text is borrowed for the call. */
typedef void (*people_done)(void *context, enum err err, const char *text);

/* NULL: no memory. loop and clock are borrowed. */
struct people *people_create(uv_loop_t *loop, const struct clock *clock);

/* Reads everybody from a database that is nobody else's yet: for queue_setup.load. people is the
 * struct people. */
enum err people_load(void *people, struct db *db);

/* From now on changes are written to store, which is borrowed until people_close. */
void people_open(struct people *people, struct store *store);

/* Before the store closes: nothing more is written, all that is asked is refused. */
void people_close(struct people *people);

/* When the loop has run dry. NULL is harmless. */
void people_destroy(struct people *people);

/* Somebody is admin of all sites and not disabled (an invitation is enough). */
bool people_has_admin(const struct people *people);

/* Rises when somebody may have lost access: who keeps a connection looks again. */
uint64_t people_version(const struct people *people);

/* The code that makes the first admin, when there is none yet; it holds until then, or until the
 * next start. False: there is an admin. */
bool people_first_code(struct people *people, char code[SECRET_TEXT_SIZE]);

#endif
