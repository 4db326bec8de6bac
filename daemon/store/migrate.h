/* SPDX-License-Identifier: Apache-2.0 */
/* The schema's history: an append-only array, stepped by user_version. */
#ifndef USINE_STORE_MIGRATE_H
#define USINE_STORE_MIGRATE_H

#include "db_sqlite.h"

/* Brings the schema up to date, one transaction a step. ERR_REFUSED (db->text says so): the file
 * was written by a newer program. */
enum err migrate(struct db *db);

/* How many steps there are: the user_version of an up-to-date file. */
int migrate_version(void);

#endif
