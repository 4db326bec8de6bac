/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence from the database: the runs and the ledger of the past days. */
#ifndef USINE_PLANNING_EVIDENCE_READ_H
#define USINE_PLANNING_EVIDENCE_READ_H

#include "evidence.h"
#include "store/db.h"

/* Adds what the database has of the last EVIDENCE_DAYS days. On the store's thread or the pool.
 * ERR_NO_MEMORY, ERR_DISK. */
enum err evidence_read(struct evidence *evidence, struct db *db);

#endif
