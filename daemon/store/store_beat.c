/* SPDX-License-Identifier: Apache-2.0 */
#include "store_beat.h"

#include "query_run.h"

enum err store_beat(struct db *db)
{
    struct query query;

    query_begin(&query, db, SQL_BEAT);
    return query_finish(&query);
}
