/* SPDX-License-Identifier: Apache-2.0 */
/* The statements about what makers declare. States are those of enum declaration_state. */
#ifndef USINE_STORE_STATEMENTS_DECLARED_H
#define USINE_STORE_STATEMENTS_DECLARED_H

/* clang-format off */
#define DECLARATION_COLUMNS                                                                         \
    "id, maker, mark, name, site, part, quantity, made_day, material, note, lot, at_ms, state,"     \
    " good, scrap, reason, closed_ms, by"

#define DECLARED_STATEMENT_TABLE(X)                                                                 \
    X(DECLARATION_ADD,   "INSERT INTO declarations (maker, mark, name, site, part, quantity,"       \
                         " made_day, material, note, lot, at_ms, state, good, scrap, reason,"       \
                         " closed_ms, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '', 0, '')" \
                         " ON CONFLICT (lot) DO NOTHING RETURNING id")                              \
    X(DECLARATION_MARK,  "SELECT " DECLARATION_COLUMNS " FROM declarations"                         \
                         " WHERE maker = ? AND mark = ?")                                           \
    X(DECLARATION_LOAD,  "SELECT count(*), coalesce(min(at_ms), 0), (SELECT count(*)"               \
                         " FROM declarations WHERE state = 0 AND maker = ?1)"                       \
                         " FROM declarations WHERE maker = ?1 AND at_ms > ?2")                      \
    X(DECLARATION_CLOSE, "UPDATE declarations SET state = ?2, good = ?3, scrap = ?4, reason = ?5,"  \
                         " closed_ms = ?6, by = ?7 WHERE id = ?1 AND state = 0 RETURNING id")       \
    X(DECLARATION_OPEN,  "SELECT " DECLARATION_COLUMNS " FROM declarations WHERE state = 0"         \
                         " ORDER BY id")                                                            \
    X(DECLARATION_PAGE,  "SELECT " DECLARATION_COLUMNS " FROM declarations WHERE id < ?1"           \
                         " AND (?3 = 0 OR maker = ?3) AND (?4 = '' OR site = ?4)"                   \
                         " AND (?5 = 0 OR state = 0) ORDER BY id DESC LIMIT ?2")
/* clang-format on */

#endif
