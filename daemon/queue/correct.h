/* SPDX-License-Identifier: Apache-2.0 */
/* A verdict changed afterwards, or taken back. The ledger is never edited: facts that correct are
 * appended, on the day of the verdict they correct, so that every total follows. */
#ifndef USINE_QUEUE_CORRECT_H
#define USINE_QUEUE_CORRECT_H

#include "bed.h"

enum { CORRECT_OWN_MS = 10 * 60 * 1000, CORRECT_UNDO_MS = 60 * 1000 };

struct correction {
    int64_t run;
    char by[ID_SIZE];
    bool any;               /* also other people's verdicts, and old ones */
    struct clear_part part; /* good and scrap >= 0; part "": the one the run was started for */
};

/* ERR_NOT_FOUND; ERR_REFUSED: the run awaits its verdict, or has these counts already;
 * ERR_FORBIDDEN: not one's own verdict of the last CORRECT_OWN_MS, and not `any`; ERR_INVALID:
 * counts. */
void queue_correct(struct queue *queue, const struct correction *correction, queue_done done,
                   void *context);

/* Takes the last verdict of the machine back, and the consent given with it: nothing is counted,
 * the run awaits its verdict again, the bed becomes uncertain. ERR_NOT_FOUND; ERR_REFUSED: there is
 * none by this person within CORRECT_UNDO_MS, or the next run has been ordered; ERR_BUSY. */
void queue_undo(struct queue *queue, const char *machine, const char *by, queue_done done,
                void *context);

#endif
