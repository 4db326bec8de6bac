/* SPDX-License-Identifier: Apache-2.0 */
/* The statements about Idempotency-Keys. */
#ifndef USINE_STORE_STATEMENTS_KEYS_H
#define USINE_STORE_STATEMENTS_KEYS_H

/* clang-format off */
#define KEYS_STATEMENT_TABLE(X)                                                                     \
    X(KEY_FORGET,     "DELETE FROM keys WHERE at_ms < ?")                                           \
    X(KEY_ADD,        "INSERT INTO keys (command, by, key, fields, at_ms, id, text)"                \
                      " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1")           \
    X(KEY_SINCE,      "SELECT command, by, key, fields, at_ms, id, text FROM keys"                  \
                      " WHERE at_ms >= ? ORDER BY at_ms")
/* clang-format on */

#endif
