/* SPDX-License-Identifier: Apache-2.0 */
/* A write that changes nothing anybody reads: it proves that the database takes writes. */
#ifndef USINE_STORE_BEAT_H
#define USINE_STORE_BEAT_H

#include "base/err.h"
#include "db.h"

/* In a transaction. Each beat writes another value: SQLite would not touch the disk for the same.
 */
enum err store_beat(struct db *db);

#endif
