/* SPDX-License-Identifier: Apache-2.0 */
/* A person's counts, checked and turned into facts. */
#ifndef USINE_QUEUE_VERDICT_H
#define USINE_QUEUE_VERDICT_H

#include "room.h"

struct verdict {
    struct run run; /* with its parts' good and scrap; id 0: none */
    struct fact facts[2 * PROGRAM_YIELDS_MAX];
    size_t fact_count;
};

/* Judges run (NULL: none awaits a verdict) as asked, or by default. False: text says why not. Pure.
 */
bool verdict_make(struct verdict *verdict, const struct run *run, const struct clear_request *ask,
                  int64_t now_ms, char text[STORE_TEXT_SIZE]);

/* One part's counts as said, into run. False: text says what is wrong with them. Pure. */
bool verdict_judge(struct run *run, const struct clear_part *said, char text[STORE_TEXT_SIZE]);

/* Writes run and facts, on the store's thread. */
enum err verdict_apply(struct verdict *verdict, struct db *db);

#endif
