/* SPDX-License-Identifier: Apache-2.0 */
/* What each site could take of a job: its machines as they are now, handed to split_job. For people
 * who send material and expect parts; every ready machine takes what is owed anyway. */
#ifndef USINE_QUEUE_SHARES_H
#define USINE_QUEUE_SHARES_H

#include "queue.h"

struct share {
    char site[ID_SIZE];
    size_t machines; /* that are connected, in service, and have a program for it */
    double per_hour; /* pieces, of all of them */
    double far_km;   /* from the nearest site that assembles; 0: it does itself, or none does */
    int64_t pieces;  /* its share of what is owed */
};

/* One row for each site with such a machine. *done_ms: when all could be made (wall); 0: never, as
 * it is. *items is malloc'ed, the caller's to free. ERR_NOT_FOUND: no such job. ERR_NO_MEMORY. */
enum err queue_shares(struct queue *queue, int64_t job, struct share **items, size_t *count,
                      int64_t *done_ms);

#endif
