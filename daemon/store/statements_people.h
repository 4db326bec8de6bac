/* SPDX-License-Identifier: Apache-2.0 */
/* The statements about people and what they did. */
#ifndef USINE_STORE_STATEMENTS_PEOPLE_H
#define USINE_STORE_STATEMENTS_PEOPLE_H

/* clang-format off */
#define AUDIT_COLUMNS                                                                               \
    "seq, at_ms, who, via, address, command, object, site, status, outcome, detail, hash"

#define PEOPLE_STATEMENT_TABLE(X)                                                                   \
    X(PERSON_PUT,     "INSERT INTO people (id, login, name, language, roles, password, pin,"        \
                      " disabled, invite, invite_ms, added_ms, by)"                                 \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET" \
                      " name = excluded.name, language = excluded.language, roles = excluded.roles," \
                      " password = excluded.password, pin = excluded.pin,"                          \
                      " disabled = excluded.disabled, invite = excluded.invite,"                    \
                      " invite_ms = excluded.invite_ms")                                            \
    X(PERSON_REMOVE,  "DELETE FROM people WHERE id = ?")                                            \
    X(PERSON_ALL,     "SELECT id, login, name, language, roles, password, pin, disabled, invite,"   \
                      " invite_ms, added_ms, by FROM people ORDER BY id")                           \
    X(SESSION_PUT,    "INSERT INTO sessions (id, hash, person, tablet, created_ms, seen_ms, auth_ms," \
                      " address, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE" \
                      " SET seen_ms = excluded.seen_ms, auth_ms = excluded.auth_ms")                \
    X(SESSION_REMOVE, "DELETE FROM sessions WHERE id = ?")                                          \
    X(SESSION_ALL,    "SELECT id, hash, person, tablet, created_ms, seen_ms, auth_ms, address, agent" \
                      " FROM sessions ORDER BY id")                                                 \
    X(SESSIONS_OF,    "DELETE FROM sessions WHERE person = ?")                                      \
    X(TOKEN_PUT,      "INSERT INTO tokens (id, hash, kind, name, roles, person, created_ms, by,"    \
                      " expires_ms, used_ms, revoked_ms, contact, parts)"                           \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"                             \
                      " ON CONFLICT (id) DO UPDATE SET used_ms = excluded.used_ms,"                 \
                      " revoked_ms = excluded.revoked_ms, contact = excluded.contact")                                          \
    X(TOKEN_ALL,      "SELECT id, hash, kind, name, roles, person, created_ms, by, expires_ms,"     \
                      " used_ms, revoked_ms, contact, parts FROM tokens ORDER BY id")                               \
    X(TOKENS_OF,      "UPDATE tokens SET revoked_ms = ?2 WHERE person = ?1 AND revoked_ms = 0")     \
    X(TABLET_PUT,     "INSERT INTO tablets (id, hash, site, name, created_ms, by, seen_ms)"         \
                      " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"                \
                      " seen_ms = excluded.seen_ms")                                                \
    X(TABLET_REMOVE,  "DELETE FROM tablets WHERE id = ?")                                           \
    X(TABLET_ALL,     "SELECT id, hash, site, name, created_ms, by, seen_ms FROM tablets ORDER BY id") \
    X(SESSIONS_ON,    "DELETE FROM sessions WHERE tablet = ?")                                      \
    X(AUDIT_LAST,     "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")                      \
    X(AUDIT_ADD,      "INSERT INTO audit (" AUDIT_COLUMNS ")"                                       \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                               \
    X(AUDIT_PAGE,     "SELECT " AUDIT_COLUMNS " FROM audit WHERE seq < ?1"                          \
                      " AND (?3 = '' OR who = ?3) AND (?4 = '' OR command = ?4)"                    \
                      " ORDER BY seq DESC LIMIT ?2")                                                \
    X(AUDIT_ALL,      "SELECT " AUDIT_COLUMNS " FROM audit ORDER BY seq")
/* clang-format on */

#endif
