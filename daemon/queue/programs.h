/* SPDX-License-Identifier: Apache-2.0 */
/* The queue's list of programs. */
#ifndef USINE_QUEUE_PROGRAMS_H
#define USINE_QUEUE_PROGRAMS_H

#include "room.h"
#include "store/store_program.h"

/* By the whole hash, removed or not; NULL: none. */
struct program *programs_by_hash(const struct queue *queue, const char *sha256);

/* Adds the program (the queue's from now on), or puts it in the place of the one with its hash,
 * whose date of addition it keeps. ERR_NO_MEMORY: it stays the caller's. */
enum err programs_keep(struct queue *queue, struct program *program);

/* Reads all programs from the database. */
enum err programs_load(struct queue *queue, struct db *db);

void program_free(struct program *program); /* NULL is harmless */
void programs_free(struct queue *queue);

/* True: text says which part is not known, named twice, or made in an odd number. None at all is
 * right: nobody has said yet what a run makes. */
bool program_yields_wrong(const struct config *config, const struct program_yield *yields,
                          size_t count, char *text, size_t size);

/* What the body of a program's row says besides: JSON text, the caller's to free. NULL: no memory.
 */
char *program_body(const struct program *program);

/* Fills *program from the body of its row. False: it is damaged. */
bool program_from_body(struct program *program, const char *body);

/* A verdict has been committed: how reliable is its program? */
void programs_judged(struct queue *queue, const struct run *run);

/* Share of its pieces that is likely to be lost, 0..1; little known counts little. */
double programs_loss(const struct program *program);

#endif
