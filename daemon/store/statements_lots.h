/* SPDX-License-Identifier: Apache-2.0 */
/* The statements about lots. Events are those of enum lot_event. */
#ifndef USINE_STORE_STATEMENTS_LOTS_H
#define USINE_STORE_STATEMENTS_LOTS_H

/* clang-format off */
#define LOT_NONE " 0, '', '', '', '', 0, '', ''"
/* A lot, or those made of it if it is a material; and what they went into. */
#define LOT_AHEAD                                                                                   \
    "WITH RECURSIVE start (lot) AS (SELECT ?1 UNION SELECT f.lot FROM"                              \
    "  (SELECT id FROM runs WHERE material = ?1 AND material <> ''"                                 \
    "   UNION SELECT run FROM run_spools WHERE lot = ?1) r"                                         \
    "  JOIN facts f ON f.run = r.id AND f.kind IN ('made', 'corrected') WHERE f.lot <> ''),"        \
    " ahead (lot) AS (SELECT lot FROM start UNION SELECT f.kit_lot FROM ahead a"                    \
    "  JOIN facts f ON f.lot = a.lot AND f.lot <> '' WHERE f.kit_lot <> '')"
#define LOTS_STATEMENT_TABLE(X)                                                                     \
    X(LOT_STORY,                                                                                    \
      LOT_AHEAD ", behind (lot) AS (SELECT lot FROM start UNION SELECT f.lot FROM behind b"                    \
      "  JOIN facts f ON f.kit_lot = b.lot AND f.kit_lot <> '' WHERE f.lot <> '')"                  \
      "SELECT 0 AS event, f.lot AS lot, f.part, f.site, sum(f.qty), min(f.at_ms) AS at, min(f.by)," \
      " '', '', f.run, f.machine, r.program, r.sha256, r.material || coalesce((SELECT"              \
      "  group_concat(', ' || s.lot, '') FROM run_spools s WHERE s.run = r.id), ''), 0, '', ''"     \
      " FROM behind b JOIN facts f ON f.lot = b.lot AND f.lot <> '' JOIN runs r ON r.id = f.run"    \
      " WHERE f.kind IN ('made', 'corrected') GROUP BY f.lot, f.part, f.run "                       \
      "UNION ALL SELECT 1, f.lot, f.part, f.site, f.qty, f.at_ms, f.by, f.reason, '', 0, '', '',"   \
      " '', '', coalesce(f.declaration, 0), f.origin, ''"                                           \
      " FROM behind b JOIN facts f ON f.lot = b.lot AND f.lot <> '' WHERE f.kind = 'received' "     \
      "UNION ALL SELECT 2, f.lot, f.part, f.site, -sum(f.qty), min(f.at_ms), min(f.by), '',"        \
      " f.kit_lot," LOT_NONE " FROM ahead a JOIN facts f ON f.lot = a.lot AND f.lot <> ''"          \
      " WHERE f.kit_lot <> '' GROUP BY f.lot, f.part, f.site, f.kit_lot "                           \
      "UNION ALL SELECT 3, f.lot, f.part, f.site, -sum(f.qty), min(f.at_ms), min(f.by), '',"        \
      " f.kit_lot," LOT_NONE " FROM behind b JOIN facts f ON f.kit_lot = b.lot"                     \
      " AND f.kit_lot <> '' GROUP BY f.lot, f.part, f.site, f.kit_lot "                             \
      "UNION ALL SELECT 4, s.lot, s.part, s.site, s.qty, 0, '', '', ''," LOT_NONE                   \
      " FROM stock s JOIN ahead a ON a.lot = s.lot WHERE s.qty <> 0 AND s.lot <> '' "               \
      "UNION ALL SELECT 7, f.lot, f.part, f.site, sum(f.qty), min(f.at_ms), min(f.by), '', '',"     \
      LOT_NONE " FROM behind b JOIN facts f ON f.lot = b.lot AND f.lot <> ''"                       \
      " WHERE f.kind = 'assembled' AND f.qty > 0 GROUP BY f.lot, f.part, f.site "                   \
      "UNION ALL SELECT CASE f.kind WHEN 'shipped' THEN 5 ELSE 6 END, f.lot, f.part, f.site,"       \
      " CASE f.kind WHEN 'scrapped' THEN f.qty ELSE -f.qty END, f.at_ms, f.by, f.reason, '',"       \
      LOT_NONE                                                                                      \
      " FROM ahead a JOIN facts f ON f.lot = a.lot AND f.lot <> ''"                                 \
      " WHERE f.kind IN ('shipped', 'discarded')"                                                   \
      " OR (f.kind = 'scrapped' AND f.declaration IS NOT NULL) "                                    \
      "UNION ALL SELECT 8, f.lot, f.part, f.site, f.qty, f.at_ms, f.by, f.reason, '',"              \
      " 0, '', '', '', '', 0, '', f.step FROM (SELECT lot FROM behind UNION SELECT lot FROM ahead) b"      \
      " JOIN facts f ON f.lot = b.lot AND f.lot <> '' WHERE f.kind = 'stepped' "                    \
      "UNION ALL SELECT CASE f.kind WHEN 'blocked' THEN 9 ELSE 10 END, f.lot, '', f.site, f.qty,"   \
      " f.at_ms, f.by, f.reason, ''," LOT_NONE                                                      \
      " FROM (SELECT lot FROM behind UNION SELECT lot FROM ahead) b"                                \
      " JOIN facts f ON f.lot = b.lot AND f.lot <> '' WHERE f.kind IN ('blocked', 'released')"      \
      " ORDER BY event, at, lot")                                                                   \
    X(LOT_FAMILY,     LOT_AHEAD "SELECT l.lot FROM (SELECT lot FROM start"                          \
                      " UNION SELECT lot FROM ahead WHERE ?2) l"                                    \
                      " WHERE EXISTS (SELECT 1 FROM facts f WHERE f.lot = l.lot AND f.lot <> '')"   \
                      " ORDER BY l.lot <> ?1, l.lot")                                               \
    X(LOT_OF_RUN,     "SELECT lot FROM facts WHERE run = ? AND kind = 'made' ORDER BY id DESC LIMIT 1") \
    X(BATCH_LAST,     "SELECT at_ms, site, part, lot, coalesce(nullif(found, ''), step) AS at, by," \
                      " sum(CASE kind WHEN 'stepped' THEN qty ELSE 0 END),"                         \
                      " sum(CASE kind WHEN 'stepped' THEN 0 ELSE -qty END),"                        \
                      " max(CASE kind WHEN 'stepped' THEN reason ELSE '' END),"                     \
                      " max(CASE kind WHEN 'stepped' THEN '' ELSE reason END), max(id) AS newest"   \
                      " FROM (SELECT * FROM facts WHERE (kind = 'stepped' OR found <> '')"          \
                      "  AND (?1 = '' OR site = ?1) ORDER BY id DESC LIMIT ?2)"                     \
                      " GROUP BY at_ms, site, part, lot, coalesce(nullif(found, ''), step), by"     \
                      " ORDER BY newest DESC")                                                      \
    X(LOT_BLOCKS,     "SELECT lot, at_ms, blocked, by, reason FROM blocks ORDER BY lot")            \
    X(LOAD_PUT,       "INSERT INTO loads (machine, material, lot, at_ms, by) VALUES (?, ?, ?, ?, ?)" \
                      " ON CONFLICT (machine) DO UPDATE SET material = excluded.material,"          \
                      " lot = excluded.lot, at_ms = excluded.at_ms, by = excluded.by")              \
    X(LOAD_ALL,       "SELECT machine, material, lot, at_ms, by FROM loads")
/* clang-format on */

#endif
