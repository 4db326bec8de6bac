/* SPDX-License-Identifier: Apache-2.0 */
/* One batch of works as one transaction. Runs on the store's thread. */
#ifndef USINE_STORE_BATCH_H
#define USINE_STORE_BATCH_H

#include "base/list.h"
#include "db.h"

/* Applies every work of the list (struct store_work by message.node) and commits. Each work's err
 * and text say how it went: a work that fails is undone alone; a commit that fails undoes all. */
void batch_apply(struct db *db, struct list *works);

#endif
