/* SPDX-License-Identifier: Apache-2.0 */
/* A person's word at the machine: the bed is clear (the consent that one start consumes), and how
 * many pieces of the last run are good (its verdict). */
#ifndef USINE_QUEUE_BED_H
#define USINE_QUEUE_BED_H

#include "queue.h"

struct clear_part {
    char part[ID_SIZE];  /* "" : the part the run was started for */
    int64_t good, scrap; /* good < 0: not said (all that is not scrap); scrap >= 0 */
    bool more;           /* there really are more than the run makes; without it that is refused */
    char reason[96];     /* needed with `more` */
};

struct clear_request {
    char machine[ID_SIZE];
    char by[ID_SIZE];
    int64_t hold_ms; /* the start is held this long, to take the word back; 0..60000 */
    bool count_only; /* the verdict alone: the bed stays as it is, no consent is given */
    const struct clear_part *parts; /* copied */
    size_t part_count; /* 0: the default verdict: the whole yield is good after a finished run,
                          nothing after a failed or cancelled one */
};

/* Verdict of the machine's last run, if it awaits one, and consent to the next start, in one
 * transaction; then ORDER_CONSENT. The answer's id is the consent. ERR_NOT_FOUND; ERR_REFUSED: a
 * run is under way, the bed is already clear and nothing awaits a verdict, counts given although no
 * run awaits a verdict; ERR_INVALID: counts (negative, more than the yield unless it is said that
 * there are more, and why, an unknown part); ERR_BUSY: another clear is being written. */
void queue_clear(struct queue *queue, const struct clear_request *request, queue_done done,
                 void *context);

/* Takes the consent back: the bed becomes uncertain. The verdict stays. ERR_REFUSED: there is none,
 * or a start has consumed it. */
void queue_withdraw(struct queue *queue, const char *machine, const char *by, queue_done done,
                    void *context);

#endif
