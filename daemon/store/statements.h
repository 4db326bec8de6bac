/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement there is, by name. */
#ifndef USINE_STORE_STATEMENTS_H
#define USINE_STORE_STATEMENTS_H

#include "statements_declared.h"
#include "statements_keys.h"
#include "statements_lots.h"
#include "statements_notices.h"
#include "statements_people.h"

/* clang-format off */
#define STATEMENT_TABLE(X)                                                                          \
    X(INCARNATION,    "SELECT value FROM meta WHERE key = 'incarnation'")                           \
    X(BEAT,           "INSERT INTO meta VALUES ('beat', '1') ON CONFLICT (key)"                     \
                      " DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)")            \
    /* programs */                                                                                  \
    X(PROGRAM_PUT,    "INSERT INTO programs (sha256, name, body, by, added_ms, removed)"            \
                      " VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (sha256) DO UPDATE SET"               \
                      " name = excluded.name, body = excluded.body, by = excluded.by, removed = 0") \
    X(PROGRAM_REMOVE, "UPDATE programs SET removed = 1 WHERE sha256 = ?")                           \
    X(PROGRAM_ALL,    "SELECT sha256, name, body, by, added_ms, removed FROM programs"              \
                      " ORDER BY added_ms, rowid")                                                  \
    /* jobs */                                                                                      \
    X(JOB_PUT,        "INSERT INTO jobs (id, part, target, priority, due_ms, sites, state, by, note," \
                      " added_ms, product_order, preferred, excluded)"                              \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"                             \
                      " ON CONFLICT (id) DO UPDATE SET"                                             \
                      " target = excluded.target, priority = excluded.priority,"                    \
                      " due_ms = excluded.due_ms, sites = excluded.sites, state = excluded.state,"  \
                      " note = excluded.note, preferred = excluded.preferred,"                      \
                      " excluded = excluded.excluded")                                              \
    X(JOB_ALL,        "SELECT id, part, target, priority, due_ms, sites, state, by, note, added_ms," \
                      " product_order, preferred, excluded FROM jobs ORDER BY id")                  \
    X(PROGRAM_YIELDS, "SELECT r.sha256, sum(p.pieces), sum(min(p.good, p.pieces)) FROM runs r"      \
                      " JOIN run_parts p ON p.run = r.id"                                           \
                      " WHERE r.ended_ms >= ? AND r.ended_ms > 0 AND r.judged = 1 GROUP BY r.sha256") \
    /* runs */                                                                                      \
    X(RUN_ADD,        "INSERT INTO runs (id, job, part, machine, site, sha256, program, status,"    \
                      " ordered_ms, consent, lines, time_s, material, loaded, spool)"               \
                      " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?12, ?13, ?12)")                \
    X(RUN_SPOOL,      "UPDATE runs SET loaded = ?2, spool = ?3, booked = ?4 WHERE id = ?1")         \
    X(RUN_SPOOL_ADD,  "INSERT INTO run_spools (run, lot) VALUES (?, ?) ON CONFLICT DO NOTHING")     \
    X(RUN_STARTED,    "UPDATE runs SET status = 1, started_ms = ?2, heard_ms = max(heard_ms, ?2)"   \
                      " WHERE id = ?1 AND status = 0")                                              \
    X(RUN_HEARD,      "UPDATE runs SET heard_ms = ?2, acked = max(acked, ?3)"                       \
                      " WHERE id = ?1 AND status < 2")                                              \
    X(RUN_ENDED,      "UPDATE runs SET status = ?2, ended_ms = ?3, acked = max(acked, ?4),"         \
                      " reason = CASE WHEN judged THEN reason ELSE ?5 END, judged = max(judged, ?6)"                   \
                      " WHERE id = ?1 AND status < 2")                                              \
    X(RUN_JUDGED,     "UPDATE runs SET judged = 1, judged_by = ?2, judged_ms = ?4,"                 \
                      " reason = CASE WHEN ?3 = '' THEN reason ELSE ?3 END"                         \
                      " WHERE id = ?1 AND judged = 0")                                              \
    X(RUN_CORRECTED,  "UPDATE runs SET corrected_ms = ?2, corrected_by = ?3,"                       \
                      " reason = CASE WHEN ?4 = '' THEN reason ELSE ?4 END"                         \
                      " WHERE id = ?1 AND judged = 1")                                              \
    X(RUN_UNJUDGED,   "UPDATE runs SET judged = 0, judged_by = '', judged_ms = 0"                   \
                      " WHERE id = ?1 AND judged = 1")                                              \
    X(RUN_CYCLES,     "SELECT sha256, program, part, time_s, ended_ms - started_ms FROM runs"       \
                      " WHERE ended_ms >= ?1 AND ended_ms < ?2 AND status = 2 AND started_ms > 0"   \
                      " AND (?3 = '' OR site = ?3) AND (?4 = '' OR part = ?4)"                      \
                      " ORDER BY program, sha256, time_s, ended_ms - started_ms LIMIT ?5")          \
    X(RUN_LATELY,     "SELECT r.machine, r.sha256, r.status, r.started_ms, r.ended_ms, r.time_s,"   \
                      " CASE WHEN r.judged THEN r.judged_ms ELSE 0 END, r.judged_by,"               \
                      " (SELECT coalesce(sum(p.good), 0) FROM run_parts p WHERE p.run = r.id),"     \
                      " (SELECT coalesce(sum(p.scrap), 0) FROM run_parts p WHERE p.run = r.id)"     \
                      " FROM runs r WHERE r.ended_ms >= ?1 AND r.ended_ms > 0 AND r.status < 5"     \
                      " ORDER BY r.ended_ms DESC LIMIT ?2")                                         \
    X(FACT_DEPARTURES, "SELECT DISTINCT site, part, at_ms FROM facts WHERE kind = 'moved' AND qty < 0" \
                      " AND day >= ?1 ORDER BY at_ms")                                              \
    X(RUN_OPEN,       "SELECT " RUN_COLUMNS " FROM runs WHERE judged = 0 ORDER BY id")              \
    X(RUN_LIST,       "SELECT " RUN_COLUMNS " FROM runs WHERE id < ?1 ORDER BY id DESC LIMIT ?2")   \
    X(RUN_LIST_MACHINE, "SELECT " RUN_COLUMNS " FROM runs WHERE id < ?1 AND machine = ?3"           \
                      " ORDER BY id DESC LIMIT ?2")                                                 \
    X(RUN_LIST_JOB,   "SELECT " RUN_COLUMNS " FROM runs WHERE id < ?1 AND job = ?3"                 \
                      " ORDER BY id DESC LIMIT ?2")                                                 \
    X(RUN_LAST,       "SELECT coalesce(max(id), 0) FROM runs")                                      \
    X(RUN_PART_ADD,   "INSERT INTO run_parts (run, part, job, pieces) VALUES (?, ?, ?, ?)")         \
    X(RUN_PART_JUDGED, "INSERT INTO run_parts (run, part, job, pieces, good, scrap)"                \
                      " VALUES (?1, ?2, 0, 0, ?3, ?4) ON CONFLICT (run, part) DO UPDATE SET"        \
                      " good = excluded.good, scrap = excluded.scrap")                              \
    X(RUN_PARTS,      "SELECT part, job, pieces, good, scrap FROM run_parts WHERE run = ?"          \
                      " ORDER BY rowid")                                                            \
    /* machines and consents */                                                                     \
    X(MACHINE_PUT,    "INSERT INTO machines (id, site, bed, consent, booked_ms, place)"             \
                      " VALUES (?1, ?2, ?3, ?4, 0, ?5) ON CONFLICT (id) DO UPDATE SET"              \
                      " site = excluded.site, bed = excluded.bed, consent = excluded.consent,"      \
                      " place = excluded.place")                                                    \
    X(MACHINE_BOOKED, "INSERT INTO machines (id, site, bed, consent, booked_ms)"                    \
                      " VALUES (?1, ?2, 2, 0, ?3) ON CONFLICT (id) DO UPDATE SET"                   \
                      " booked_ms = excluded.booked_ms")                                            \
    X(MACHINE_CONDITION, "INSERT INTO machines (id, site, bed, consent, booked_ms, locked, flags, held," \
                      " why) VALUES (?1, ?2, 2, 0, 0, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET" \
                      " locked = excluded.locked, flags = excluded.flags, held = excluded.held,"    \
                      " why = excluded.why")                                                        \
    X(MACHINE_ALL,    "SELECT m.id, m.site, m.bed, m.consent, m.booked_ms, coalesce(c.by, ''),"     \
                      " coalesce(c.given_ms, 0), coalesce(c.hold_ms, 0), m.locked, m.flags, m.held, m.why, m.place"                            \
                      " FROM machines m LEFT JOIN consents c ON c.id = m.consent ORDER BY m.id")    \
    X(CONSENT_ADD,    "INSERT INTO consents (id, machine, by, given_ms, hold_ms)"                   \
                      " VALUES (?, ?, ?, ?, ?)")                                                    \
    X(CONSENT_USED,   "UPDATE consents SET run = ?2 WHERE id = ?1")                                 \
    X(CONSENT_VOID,   "UPDATE consents SET void_ms = ?2, void_by = ?3"                              \
                      " WHERE id = ?1 AND void_ms IS NULL")                                         \
    X(CONSENT_LAST,   "SELECT coalesce(max(id), 0) FROM consents")                                  \
    /* notes */                                                                                     \
    X(NOTE_ADD,       "INSERT INTO notes (machine, at_ms, by, text) VALUES (?, ?, ?, ?) RETURNING id") \
    X(NOTE_DONE,      "UPDATE notes SET done_ms = ?2, done_by = ?3 WHERE id = ?1 AND machine = ?4"  \
                      " AND done_ms = 0 RETURNING id")                                              \
    X(NOTE_LIST,      "SELECT id, machine, at_ms, by, text, done_ms, done_by FROM notes"            \
                      " WHERE id < ?1 AND (?2 = '' OR machine = ?2) ORDER BY id DESC LIMIT ?3")     \
    /* the ledger */                                                                                \
    X(FACT_ADD,       "INSERT INTO facts (site, incarnation, seq, at_ms, day, kind, run, job,"      \
                      " product_order, machine, part, lot, qty, reason, by, kit_lot, declaration, origin," \
                      " step, step_from, found)"                                                    \
                      " SELECT ?1, m.value,"                                                        \
                      " (SELECT coalesce(max(f.seq), 0) + 1 FROM facts f"                           \
                      "  WHERE f.site = ?1 AND f.incarnation = m.value),"                           \
                      " ?2, ?3, ?4, nullif(?5, 0), nullif(?6, 0), nullif(?7, 0),"                   \
                      " ?8, ?9, ?10, ?11, ?12, ?13, ?14, nullif(?15, 0), ?16, ?17, ?18, ?19"        \
                      " FROM meta m WHERE m.key = 'incarnation' RETURNING id, seq")                 \
    X(FACT_APPLY,     "INSERT INTO facts (site, incarnation, seq, at_ms, day, kind, run, job,"      \
                      " product_order, machine, part, lot, qty, reason, by, kit_lot, declaration, origin," \
                      " step, step_from, found)"                                                    \
                      " VALUES (?1, ?2,"                                                            \
                      " ?3, ?4, ?5, ?6, nullif(?7, 0), nullif(?8, 0), nullif(?9, 0), ?10, ?11, ?12," \
                      " ?13, ?14, ?15, ?16, nullif(?17, 0), ?18, ?19, ?20, ?21) ON CONFLICT (site, incarnation, seq) DO NOTHING RETURNING id") \
    X(FACT_SAME,      "SELECT count(*) FROM facts WHERE site = ?1 AND incarnation = ?2 AND seq = ?3" \
                      " AND at_ms = ?4 AND day = ?5 AND kind = ?6 AND coalesce(run, 0) = ?7"        \
                      " AND coalesce(job, 0) = ?8 AND coalesce(product_order, 0) = ?9"              \
                      " AND machine = ?10 AND part = ?11 AND lot = ?12 AND qty = ?13"               \
                      " AND reason = ?14 AND by = ?15 AND kit_lot = ?16"                            \
                      " AND coalesce(declaration, 0) = ?17 AND origin = ?18 AND step = ?19"         \
                      " AND step_from = ?20 AND found = ?21")                                       \
    X(FACT_TOTALS,    "SELECT day, site, machine, part, kind, qty, count FROM daily"                \
                      " WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR site = ?3)"                     \
                      " AND (?4 = '' OR machine = ?4) AND (?5 = '' OR part = ?5)"                   \
                      " ORDER BY day, site, machine, part, kind")                                   \
    X(FACT_CURVE,     "SELECT at_ms / ?3, sum(sum(qty)) OVER (ORDER BY at_ms / ?3) FROM"            \
                      " (SELECT at_ms, qty FROM facts WHERE kind = 'made' AND day = ?1 AND part = ?2" \
                      " UNION ALL SELECT at_ms, qty FROM facts WHERE kind = 'corrected'"            \
                      " AND run IS NOT NULL AND day = ?1 AND part = ?2)"                            \
                      " GROUP BY at_ms / ?3 ORDER BY 1")                                            \
    X(FACT_SCRAP,     "SELECT reason, part, found, sum(qty) FROM"                                   \
                      " (SELECT reason, part, '' AS found, qty FROM facts"                          \
                      "   WHERE kind IN ('scrapped', 'corrected_scrap') AND day BETWEEN ?1 AND ?2"  \
                      "   AND (?3 = '' OR site = ?3) AND (?4 = '' OR part = ?4)"                    \
                      "  UNION ALL SELECT reason, part, found, -qty FROM facts"                     \
                      "   WHERE found <> '' AND day BETWEEN ?1 AND ?2"                              \
                      "   AND (?3 = '' OR site = ?3) AND (?4 = '' OR part = ?4))"                   \
                      " GROUP BY reason, part, found HAVING sum(qty) <> 0"                          \
                      " ORDER BY 4 DESC, 1, 2, 3 LIMIT ?5")                                         \
    X(FACT_PACKS,     "SELECT day, site, machine, part, body FROM packs"                            \
                      " WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR site = ?3)"                     \
                      " AND (?4 = '' OR machine = ?4) AND (?5 = '' OR part = ?5)"                   \
                      " ORDER BY day, site, machine, part, number")                                 \
    X(FACT_JOBS,      "SELECT job, kind, sum(qty) FROM facts WHERE job IS NOT NULL AND kind IN"     \
                      " ('made', 'scrapped', 'corrected', 'corrected_scrap') GROUP BY job, kind")   \
    /* product orders */                                                                            \
    X(ORDER_PUT,      "INSERT INTO orders (id, product, quantity, priority, due_ms, customer,"      \
                      " state, by, added_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"                    \
                      " ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity,"               \
                      " priority = excluded.priority, due_ms = excluded.due_ms,"                    \
                      " customer = excluded.customer, state = excluded.state")                      \
    X(ORDER_ALL,      "SELECT id, product, quantity, priority, due_ms, customer, state, by, added_ms" \
                      " FROM orders ORDER BY id")                                                   \
    X(ORDER_FACTS,    "SELECT product_order, sum(CASE kind WHEN 'claimed' THEN qty ELSE 0 END),"    \
                      " -sum(CASE kind WHEN 'shipped' THEN qty ELSE 0 END)"                         \
                      " FROM facts WHERE product_order IS NOT NULL GROUP BY product_order")         \
    /* stock */                                                                                     \
    X(STOCK_ASSEMBLED, "SELECT part, sum(qty) FROM facts WHERE kind = 'assembled' AND day = ?"      \
                      " AND qty > 0 GROUP BY part")                                                 \
    X(STOCK_ALL,      "SELECT site, part, lot, qty FROM stock WHERE qty <> 0 ORDER BY first")       \
    X(STAGE_ALL,      "SELECT site, part, lot, step, qty, discarded FROM stages"                    \
                      " WHERE qty <> 0 OR discarded <> 0")

#define RUN_COLUMNS                                                                                 \
    "id, job, part, machine, site, sha256, program, status, judged, ordered_ms, started_ms,"        \
    " ended_ms, heard_ms, consent, lines, acked, time_s, reason, judged_by, judged_ms,"             \
    " corrected_ms, corrected_by, material, loaded, spool, booked"
/* clang-format on */

enum statement {
#define X(name, sql) SQL_##name,
    STATEMENT_TABLE(X) PEOPLE_STATEMENT_TABLE(X) NOTICES_STATEMENT_TABLE(X) LOTS_STATEMENT_TABLE(X)
        DECLARED_STATEMENT_TABLE(X) KEYS_STATEMENT_TABLE(X)
#undef X
            STATEMENTS
};

#endif
