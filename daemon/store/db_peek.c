/* SPDX-License-Identifier: Apache-2.0 */
/* Long texts where they lie, for SQLite. */
#include "db_sqlite.h"

const char *query_peek_text(const struct query *query, int column, size_t *size)
{
    const unsigned char *value = sqlite3_column_text(query->handle, column);

    *size = value != NULL ? (size_t)sqlite3_column_bytes(query->handle, column) : 0;
    return value != NULL ? (const char *)value : "";
}

enum err query_damaged(const struct query *query)
{
    return db_fail(query->db, SQLITE_CORRUPT);
}
