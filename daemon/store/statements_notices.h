/* SPDX-License-Identifier: Apache-2.0 */
/* The statements about what people want to be told, and about the messages on their way. */
#ifndef USINE_STORE_STATEMENTS_NOTICES_H
#define USINE_STORE_STATEMENTS_NOTICES_H

/* clang-format off */
#define OUTBOX_COLUMNS                                                                              \
    "id, key, rule, person, kind, channel, address, token, items, made_ms, due_ms, tries, state,"   \
    " error, ended_ms"

#define NOTICES_STATEMENT_TABLE(X)                                                                  \
    X(RULE_ADD,       "INSERT INTO notice_rules (id, person, kind, channel, address, token, sites," \
                      " delay_ms, quiet, added_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")          \
    X(RULE_REMOVE,    "DELETE FROM notice_rules WHERE id = ?")                                      \
    X(RULE_ALL,       "SELECT id, person, kind, channel, address, token, sites, delay_ms, quiet,"   \
                      " added_ms, (SELECT coalesce(max(o.due_ms), 0) FROM outbox o"                 \
                      " WHERE o.rule = r.id) FROM notice_rules r ORDER BY id")                      \
    X(RULE_LAST,      "SELECT max((SELECT coalesce(max(id), 0) FROM notice_rules),"                 \
                      " (SELECT coalesce(max(rule), 0) FROM outbox))")                              \
    X(OUTBOX_PUT,     "INSERT INTO outbox (" OUTBOX_COLUMNS ")"                                     \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id)"      \
                      " DO UPDATE SET items = excluded.items, due_ms = excluded.due_ms,"            \
                      " tries = excluded.tries, state = excluded.state, error = excluded.error,"    \
                      " ended_ms = excluded.ended_ms")                                              \
    X(OUTBOX_WAITING, "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE state = 0 ORDER BY id")          \
    X(OUTBOX_LIST,    "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id < ?1"                         \
                      " AND (?2 < 0 OR state = ?2) ORDER BY id DESC LIMIT ?3")                      \
    X(OUTBOX_COUNT,   "SELECT count(*) FROM outbox WHERE state = ?")                                \
    X(OUTBOX_LAST,    "SELECT coalesce(max(id), 0) FROM outbox")                                    \
    X(OUTBOX_SWEEP,   "DELETE FROM outbox WHERE (state <> 0 AND ended_ms < ?) OR (state = 0"        \
                      " AND rule NOT IN (SELECT id FROM notice_rules))")                            \
    X(TOLD_ADD,       "INSERT INTO notice_told (rule, kind, subject, mark, since_ms)"               \
                      " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")                             \
    X(TOLD_REMOVE,    "DELETE FROM notice_told WHERE kind = ? AND subject = ? AND mark = ?")        \
    X(TOLD_ALL,       "SELECT rule, kind, subject, mark, since_ms FROM notice_told"                 \
                      " ORDER BY kind, subject, mark, rule")                                        \
    X(NOTICES_BEGUN,  "SELECT count(*) FROM meta WHERE key = 'notices'")                            \
    X(NOTICES_BEGIN,  "INSERT INTO meta VALUES ('notices', '1') ON CONFLICT DO NOTHING")
/* clang-format on */

#endif
