/* SPDX-License-Identifier: Apache-2.0 */
#include "migrate.h"

#include <stdio.h>
#include <string.h>

#define STOCK_KINDS                                                                                \
    "'made', 'received', 'moved', 'assembled', 'shipped', 'corrected', 'counted', 'discarded', "   \
    "'used'"

/* A fact as one entry of a pack (store_detail.c reads it): what kind, when, how many; of scrap also
 * the reason, behind its length in bytes. */
#define PACKED_KINDS                                                                               \
    "'made', 'scrapped', 'ran', 'assembled', 'running', 'heating', 'waiting', 'idle', 'down', "    \
    "'offline'"
#define PACK_ENTRY(f)                                                                              \
    "CASE " f "kind WHEN 'made' THEN 'm' WHEN 'scrapped' THEN 's' WHEN 'ran' THEN 'n'"             \
    " WHEN 'assembled' THEN 'a' WHEN 'running' THEN 'r' WHEN 'heating' THEN 'h'"                   \
    " WHEN 'waiting' THEN 'w' WHEN 'idle' THEN 'i' WHEN 'down' THEN 'd' ELSE 'o' END"              \
    " || " f "at_ms || ',' || " f "qty || CASE " f "kind WHEN 'scrapped'"                          \
    " THEN ',' || length(CAST(" f "reason AS BLOB)) || ':' || " f "reason ELSE '' END || ';'"
#define PACKED_FACT PACK_ENTRY("")
#define PACKED_NEW PACK_ENTRY("new.")

/* The same since step 16. A correction stands at the time of the verdict it corrects; behind a run
 * that came to its end stands how long it took and was to take, in ms. */
#define DETAIL_KINDS PACKED_KINDS ", 'corrected', 'corrected_scrap'"
#define DETAIL_ENTRY(f)                                                                            \
    "CASE " f "kind WHEN 'made' THEN 'm' WHEN 'scrapped' THEN 's' WHEN 'ran' THEN 'n'"             \
    " WHEN 'assembled' THEN 'a' WHEN 'corrected' THEN 'c' WHEN 'corrected_scrap' THEN 'k'"         \
    " WHEN 'running' THEN 'r' WHEN 'heating' THEN 'h' WHEN 'waiting' THEN 'w'"                     \
    " WHEN 'idle' THEN 'i' WHEN 'down' THEN 'd' ELSE 'o' END"                                      \
    " || CASE WHEN " f "kind IN ('corrected', 'corrected_scrap') THEN"                             \
    " coalesce((SELECT nullif(r.judged_ms, 0) FROM runs r WHERE r.id = " f "run), " f "at_ms)"     \
    " ELSE " f "at_ms END || ',' || " f "qty"                                                      \
    " || CASE WHEN " f "kind IN ('scrapped', 'corrected_scrap')"                                   \
    " THEN ',' || length(CAST(" f "reason AS BLOB)) || ':' || " f "reason"                         \
    " WHEN " f "kind = 'ran' THEN coalesce((SELECT ',' || (r.ended_ms - r.started_ms) || ','"      \
    "  || CAST(round(r.time_s * 1000) AS INTEGER) FROM runs r WHERE r.id = " f "run"               \
    "  AND r.status = 2 AND r.started_ms > 0 AND r.ended_ms = " f "at_ms"                          \
    "  AND r.machine = " f "machine), '') ELSE '' END || ';'"
#define DETAIL_FACT DETAIL_ENTRY("f.")
#define DETAIL_NEW DETAIL_ENTRY("new.")

/* To change the schema append a step; a step that has been released is never edited. Each runs in
 * one transaction with the new user_version. Statuses are those of enum run_status, beds of
 * bed_state. */
static const char *const steps[] = {
    /* 1 */
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('incarnation', lower(hex(randomblob(8))));"
    "CREATE TABLE programs (sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, body TEXT NOT NULL,"
    " by TEXT NOT NULL, added_ms INTEGER NOT NULL, removed INTEGER NOT NULL) STRICT;"
    "CREATE TABLE jobs (id INTEGER PRIMARY KEY, part TEXT NOT NULL,"
    " target INTEGER NOT NULL CHECK (target > 0),"
    " priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9), due_ms INTEGER NOT NULL,"
    " sites TEXT NOT NULL, state INTEGER NOT NULL, by TEXT NOT NULL, note TEXT NOT NULL,"
    " added_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE consents (id INTEGER PRIMARY KEY, machine TEXT NOT NULL, by TEXT NOT NULL,"
    " given_ms INTEGER NOT NULL, hold_ms INTEGER NOT NULL, run INTEGER, void_ms INTEGER,"
    " void_by TEXT) STRICT;"
    "CREATE TABLE machines (id TEXT PRIMARY KEY, site TEXT NOT NULL, bed INTEGER NOT NULL,"
    " consent INTEGER NOT NULL, booked_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, job INTEGER NOT NULL REFERENCES jobs,"
    " part TEXT NOT NULL, machine TEXT NOT NULL, site TEXT NOT NULL,"
    " sha256 TEXT NOT NULL REFERENCES programs (sha256), program TEXT NOT NULL,"
    " status INTEGER NOT NULL, judged INTEGER NOT NULL DEFAULT 0, ordered_ms INTEGER NOT NULL,"
    " started_ms INTEGER NOT NULL DEFAULT 0, ended_ms INTEGER NOT NULL DEFAULT 0,"
    " heard_ms INTEGER NOT NULL DEFAULT 0, consent INTEGER NOT NULL REFERENCES consents,"
    " lines INTEGER NOT NULL, acked INTEGER NOT NULL DEFAULT 0, time_s REAL NOT NULL,"
    " reason TEXT NOT NULL DEFAULT '', judged_by TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE INDEX runs_machine ON runs (machine, id);"
    "CREATE INDEX runs_job ON runs (job, id);"
    "CREATE INDEX runs_open ON runs (id) WHERE judged = 0;"
    "CREATE TABLE run_parts (run INTEGER NOT NULL REFERENCES runs, part TEXT NOT NULL,"
    " job INTEGER NOT NULL, pieces INTEGER NOT NULL, good INTEGER NOT NULL DEFAULT 0,"
    " scrap INTEGER NOT NULL DEFAULT 0, UNIQUE (run, part)) STRICT;"
    "CREATE TABLE facts (id INTEGER PRIMARY KEY, site TEXT NOT NULL, incarnation TEXT NOT NULL,"
    " seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL,"
    " run INTEGER, job INTEGER, machine TEXT NOT NULL, part TEXT NOT NULL, lot TEXT NOT NULL,"
    " qty INTEGER NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,"
    " UNIQUE (site, incarnation, seq)) STRICT;"
    "CREATE INDEX facts_job ON facts (job, kind, qty) WHERE job IS NOT NULL;"
    "CREATE TRIGGER facts_update BEFORE UPDATE ON facts"
    " BEGIN SELECT raise(ABORT, 'facts are never changed'); END;"
    "CREATE TRIGGER facts_delete BEFORE DELETE ON facts"
    " BEGIN SELECT raise(ABORT, 'facts are never deleted'); END;"
    /* Sums over the ledger that a report need not add up again; kept by the database itself. */
    "CREATE TABLE daily (day INTEGER NOT NULL, site TEXT NOT NULL, machine TEXT NOT NULL,"
    " part TEXT NOT NULL, kind TEXT NOT NULL, qty INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, site, machine, part, kind)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX daily_part ON daily (part, kind, qty) WHERE part <> '';"
    "CREATE TRIGGER facts_daily AFTER INSERT ON facts BEGIN"
    " INSERT INTO daily VALUES (new.day, new.site, new.machine, new.part, new.kind, new.qty, 1)"
    " ON CONFLICT (day, site, machine, part, kind)"
    " DO UPDATE SET qty = qty + excluded.qty, count = count + 1; END;",
    /* 2: when a run was judged; the day's curve of good pieces */
    "ALTER TABLE runs ADD COLUMN judged_ms INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX facts_made ON facts (day, part, at_ms, qty) WHERE kind = 'made';",
    /* 3: what keeps a machine from working, over a restart; flags are enum machine_flag */
    "ALTER TABLE machines ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE machines ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE machines ADD COLUMN held INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE machines ADD COLUMN why TEXT NOT NULL DEFAULT '';",
    /* 4: verdicts corrected afterwards; scrap by reason, runs by the time they ended; notes */
    "ALTER TABLE runs ADD COLUMN corrected_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE runs ADD COLUMN corrected_by TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX runs_ended ON runs (ended_ms) WHERE ended_ms > 0;"
    "CREATE INDEX facts_corrected ON facts (day, part, at_ms, qty)"
    " WHERE kind = 'corrected' AND run IS NOT NULL;"
    "CREATE INDEX facts_scrap ON facts (day) WHERE kind IN ('scrapped', 'corrected_scrap');"
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, machine TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " by TEXT NOT NULL, text TEXT NOT NULL, done_ms INTEGER NOT NULL DEFAULT 0,"
    " done_by TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE INDEX notes_machine ON notes (machine, id);"
    "CREATE TRIGGER notes_update BEFORE UPDATE ON notes"
    " WHEN new.id <> old.id OR new.machine <> old.machine OR new.at_ms <> old.at_ms"
    " OR new.by <> old.by OR new.text <> old.text OR old.done_ms <> 0"
    " BEGIN SELECT raise(ABORT, 'notes are never changed'); END;"
    "CREATE TRIGGER notes_delete BEFORE DELETE ON notes"
    " BEGIN SELECT raise(ABORT, 'notes are never deleted'); END;",
    /* 5: people, what they get in with, and what they did; kinds are enum token_kind */
    "CREATE TABLE people (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " language TEXT NOT NULL, roles TEXT NOT NULL, password TEXT NOT NULL, pin TEXT NOT NULL,"
    " disabled INTEGER NOT NULL, invite TEXT NOT NULL, invite_ms INTEGER NOT NULL,"
    " added_ms INTEGER NOT NULL, by TEXT NOT NULL) STRICT;"
    "CREATE TABLE sessions (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
    " person INTEGER NOT NULL REFERENCES people, tablet INTEGER NOT NULL,"
    " created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL, auth_ms INTEGER NOT NULL,"
    " address TEXT NOT NULL, agent TEXT NOT NULL) STRICT;"
    "CREATE INDEX sessions_person ON sessions (person);"
    "CREATE TABLE tokens (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL,"
    " name TEXT NOT NULL, roles TEXT NOT NULL, person INTEGER NOT NULL,"
    " created_ms INTEGER NOT NULL, by TEXT NOT NULL, expires_ms INTEGER NOT NULL,"
    " used_ms INTEGER NOT NULL, revoked_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE tablets (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, site TEXT NOT NULL,"
    " name TEXT NOT NULL, created_ms INTEGER NOT NULL, by TEXT NOT NULL,"
    " seen_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, who TEXT NOT NULL,"
    " via TEXT NOT NULL, address TEXT NOT NULL, command TEXT NOT NULL, object TEXT NOT NULL,"
    " site TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,"
    " hash TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER audit_update BEFORE UPDATE ON audit"
    " BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;"
    "CREATE TRIGGER audit_delete BEFORE DELETE ON audit"
    " BEGIN SELECT raise(ABORT, 'the audit log is never deleted'); END;",
    /* 6: what people want to be told, and the messages on their way; kinds, channels and states are
     * enum notice_kind, notice_channel, outbox_state */
    "CREATE TABLE notice_rules (id INTEGER PRIMARY KEY, person INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, channel INTEGER NOT NULL, address TEXT NOT NULL,"
    " token TEXT NOT NULL, sites TEXT NOT NULL, delay_ms INTEGER NOT NULL, quiet TEXT NOT NULL,"
    " added_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE notice_told (rule INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " subject TEXT NOT NULL, mark INTEGER NOT NULL, since_ms INTEGER NOT NULL,"
    " PRIMARY KEY (kind, subject, mark, rule)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " rule INTEGER NOT NULL, person INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " channel INTEGER NOT NULL, address TEXT NOT NULL, token TEXT NOT NULL,"
    " items TEXT NOT NULL, made_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL,"
    " tries INTEGER NOT NULL, state INTEGER NOT NULL, error TEXT NOT NULL,"
    " ended_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX outbox_state ON outbox (state, id);"
    "CREATE INDEX outbox_rule ON outbox (rule, due_ms);"
    "CREATE TRIGGER notice_rules_person AFTER DELETE ON people BEGIN"
    " DELETE FROM notice_rules WHERE person = old.id;"
    " DELETE FROM outbox WHERE person = old.id AND state = 0; END;"
    "CREATE TRIGGER notice_rules_told AFTER DELETE ON notice_rules BEGIN"
    " DELETE FROM notice_told WHERE rule = old.id; END;",
    /* 7: stock by site, part and lot, kept by the database itself; what people order; the sign of
     * assembled and shipped facts is that of the stock (none had been written before) */
    "CREATE TABLE stock (site TEXT NOT NULL, part TEXT NOT NULL, lot TEXT NOT NULL,"
    " qty INTEGER NOT NULL, first INTEGER NOT NULL, PRIMARY KEY (site, part, lot))"
    " STRICT, WITHOUT ROWID;"
    "INSERT INTO stock SELECT site, part, lot, sum(qty), min(id) FROM facts WHERE part <> ''"
    " AND kind IN (" STOCK_KINDS ") GROUP BY site, part, lot;"
    "CREATE TRIGGER facts_stock AFTER INSERT ON facts WHEN new.part <> ''"
    " AND new.kind IN (" STOCK_KINDS ") BEGIN"
    " INSERT INTO stock VALUES (new.site, new.part, new.lot, new.qty, new.id)"
    " ON CONFLICT (site, part, lot) DO UPDATE SET qty = qty + excluded.qty; END;"
    "ALTER TABLE facts ADD COLUMN product_order INTEGER;"
    "CREATE INDEX facts_order ON facts (product_order, kind, qty)"
    " WHERE product_order IS NOT NULL;"
    "CREATE INDEX facts_assembled ON facts (day, part, qty) WHERE kind = 'assembled';"
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, product TEXT NOT NULL,"
    " quantity INTEGER NOT NULL CHECK (quantity > 0),"
    " priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9), due_ms INTEGER NOT NULL,"
    " customer TEXT NOT NULL, state INTEGER NOT NULL, by TEXT NOT NULL,"
    " added_ms INTEGER NOT NULL) STRICT;"
    "ALTER TABLE jobs ADD COLUMN product_order INTEGER NOT NULL DEFAULT 0;",
    /* 8: machines a job prefers, and is not for; ids, space separated */
    "ALTER TABLE jobs ADD COLUMN preferred TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE jobs ADD COLUMN excluded TEXT NOT NULL DEFAULT '';",
    /* 9: what became of a lot, and what it came from */
    "ALTER TABLE facts ADD COLUMN kit_lot TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX facts_lot ON facts (lot) WHERE lot <> '';"
    "CREATE INDEX facts_kit_lot ON facts (kit_lot) WHERE kit_lot <> '';"
    "CREATE INDEX facts_run ON facts (run) WHERE kind = 'made';"
    "ALTER TABLE runs ADD COLUMN material TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX runs_material ON runs (material) WHERE material <> '';"
    "CREATE TABLE loads (machine TEXT PRIMARY KEY, material TEXT NOT NULL, lot TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL, by TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    /* 10: the facts of a day at a place together, some 64 to a pack, for reports that look at each
     * one; finished runs in the order of their end, with all that such a report asks of them */
    "CREATE TABLE packs (day INTEGER NOT NULL, site TEXT NOT NULL, machine TEXT NOT NULL,"
    " part TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY (day, site, machine, part, number)) STRICT, WITHOUT ROWID;"
    "INSERT INTO packs SELECT day, site, machine, part, number, group_concat(entry, '') FROM"
    " (SELECT day, site, machine, part, row_number() OVER"
    "   (PARTITION BY day, site, machine, part ORDER BY id) / 64 AS number,"
    "   " PACKED_FACT " AS entry FROM facts WHERE kind IN (" PACKED_KINDS "))"
    " GROUP BY day, site, machine, part, number;"
    "CREATE TRIGGER facts_packed AFTER INSERT ON facts WHEN new.kind IN (" PACKED_KINDS ") BEGIN"
    " INSERT INTO packs SELECT new.day, new.site, new.machine, new.part,"
    " coalesce(sum(d.count), 0) / 64, " PACKED_NEW " FROM daily d WHERE d.day = new.day"
    " AND d.site = new.site AND d.machine = new.machine AND d.part = new.part"
    " ON CONFLICT (day, site, machine, part, number) DO UPDATE SET body = body || excluded.body;"
    " END;"
    "CREATE INDEX facts_corrections ON facts (day) WHERE kind IN ('corrected', 'corrected_scrap');"
    "CREATE INDEX runs_finished ON runs (status, ended_ms, machine, site, part, started_ms, time_s)"
    " WHERE status = 2;"
    "DROP INDEX daily_part;",
    /* 11: what makers without a daemon declare: the links they do it by, what waits to be received
     * (states are enum declaration_state), and in facts who made what came in that way */
    "ALTER TABLE tokens ADD COLUMN contact TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE tokens ADD COLUMN parts TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE facts ADD COLUMN declaration INTEGER;"
    "ALTER TABLE facts ADD COLUMN origin TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE declarations (id INTEGER PRIMARY KEY, maker INTEGER NOT NULL,"
    " mark TEXT NOT NULL, name TEXT NOT NULL, site TEXT NOT NULL, part TEXT NOT NULL,"
    " quantity INTEGER NOT NULL CHECK (quantity > 0), made_day INTEGER NOT NULL,"
    " material TEXT NOT NULL, note TEXT NOT NULL, lot TEXT NOT NULL UNIQUE,"
    " at_ms INTEGER NOT NULL, state INTEGER NOT NULL, good INTEGER NOT NULL,"
    " scrap INTEGER NOT NULL, reason TEXT NOT NULL, closed_ms INTEGER NOT NULL,"
    " by TEXT NOT NULL, UNIQUE (maker, mark)) STRICT;"
    "CREATE INDEX declarations_maker ON declarations (maker, at_ms);"
    "CREATE INDEX declarations_open ON declarations (id) WHERE state = 0;"
    "CREATE TRIGGER declarations_closed BEFORE UPDATE ON declarations WHEN old.state <> 0"
    " BEGIN SELECT raise(ABORT, 'a declaration is closed once'); END;"
    "CREATE TRIGGER declarations_delete BEFORE DELETE ON declarations"
    " BEGIN SELECT raise(ABORT, 'declarations are never deleted'); END;",
    /* 12: how far work by hand has come: of the stock, the pieces whose last step is `step`, and
     * what was thrown away of those; kept by the database itself */
    "ALTER TABLE facts ADD COLUMN step TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE facts ADD COLUMN step_from TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE stages (site TEXT NOT NULL, part TEXT NOT NULL, lot TEXT NOT NULL,"
    " step TEXT NOT NULL, qty INTEGER NOT NULL, discarded INTEGER NOT NULL,"
    " PRIMARY KEY (site, part, lot, step)) STRICT, WITHOUT ROWID;"
    "INSERT INTO stages SELECT site, part, lot, '', 0, -sum(qty) FROM facts"
    " WHERE kind = 'discarded' AND part <> '' GROUP BY site, part, lot;"
    "CREATE TRIGGER facts_stages AFTER INSERT ON facts WHEN new.part <> ''"
    " AND (new.kind IN ('stepped', 'discarded')"
    "  OR (new.step <> '' AND new.kind IN (" STOCK_KINDS "))) BEGIN"
    " INSERT INTO stages SELECT new.site, new.part, new.lot, new.step,"
    "  iif(new.step <> '', new.qty, 0), iif(new.kind = 'discarded', -new.qty, 0) WHERE true"
    "  ON CONFLICT DO UPDATE SET qty = qty + excluded.qty,"
    "  discarded = discarded + excluded.discarded;"
    " INSERT INTO stages SELECT new.site, new.part, new.lot, new.step_from, -new.qty, 0"
    "  WHERE new.kind = 'stepped' AND new.step_from <> ''"
    "  ON CONFLICT DO UPDATE SET qty = qty + excluded.qty; END;",
    /* 13: Idempotency-Keys of what was done in the last day */
    "CREATE TABLE keys (command TEXT NOT NULL, by TEXT NOT NULL, key TEXT NOT NULL,"
    " fields TEXT NOT NULL, at_ms INTEGER NOT NULL, id INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (command, by, key)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX keys_at ON keys (at_ms);",
    /* 14: lots that may not be used: the last word about each, kept by the database itself (of two
     * of the same time the one that blocks); at which step by hand pieces were found bad */
    "ALTER TABLE facts ADD COLUMN found TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX facts_found ON facts (day) WHERE found <> '';"
    "CREATE TABLE blocks (lot TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, blocked INTEGER NOT NULL,"
    " by TEXT NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER facts_blocks AFTER INSERT ON facts WHEN new.lot <> ''"
    " AND new.kind IN ('blocked', 'released') BEGIN"
    " INSERT INTO blocks VALUES (new.lot, new.at_ms, new.kind = 'blocked', new.by, new.reason)"
    " ON CONFLICT (lot) DO UPDATE SET at_ms = excluded.at_ms, blocked = excluded.blocked,"
    " by = excluded.by, reason = excluded.reason"
    " WHERE (excluded.at_ms, excluded.blocked, excluded.by, excluded.reason)"
    "  > (at_ms, blocked, by, reason); END;",
    /* 15: a spool changed in the middle of a run: what it goes on with, and all its lots but the
     * first; lots of runs whose pieces were only found good afterwards */
    "ALTER TABLE runs ADD COLUMN loaded TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN spool TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN booked INTEGER NOT NULL DEFAULT 0;"
    "UPDATE runs SET spool = material;"
    "CREATE TABLE run_spools (run INTEGER NOT NULL, lot TEXT NOT NULL, PRIMARY KEY (lot, run))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX run_spools_run ON run_spools (run);"
    "DROP INDEX facts_run;"
    "CREATE INDEX facts_verdict ON facts (run) WHERE kind IN ('made', 'corrected');",
    /* 16: corrections and how long runs took stand in the packs, too: a report reads nothing else;
     * when stock left a site */
    "DROP TRIGGER facts_packed;"
    "DELETE FROM packs;"
    "INSERT INTO packs SELECT day, site, machine, part, number, group_concat(entry, '') FROM"
    " (SELECT f.day, f.site, f.machine, f.part, row_number() OVER"
    "   (PARTITION BY f.day, f.site, f.machine, f.part ORDER BY f.id) / 64 AS number,"
    "   " DETAIL_FACT " AS entry FROM facts f WHERE f.kind IN (" DETAIL_KINDS "))"
    " GROUP BY day, site, machine, part, number;"
    "CREATE TRIGGER facts_packed AFTER INSERT ON facts WHEN new.kind IN (" DETAIL_KINDS ") BEGIN"
    " INSERT INTO packs SELECT new.day, new.site, new.machine, new.part,"
    " coalesce(sum(d.count), 0) / 64, " DETAIL_NEW " FROM daily d WHERE d.day = new.day"
    " AND d.site = new.site AND d.machine = new.machine AND d.part = new.part"
    " ON CONFLICT (day, site, machine, part, number) DO UPDATE SET body = body || excluded.body;"
    " END;"
    "DROP INDEX facts_corrections;"
    "DROP INDEX runs_finished;"
    "CREATE INDEX runs_finished ON runs (ended_ms) WHERE status = 2;"
    "CREATE INDEX facts_departed ON facts (day, at_ms, site, part)"
    " WHERE kind = 'moved' AND qty < 0;",
    /* 17: which board, by model and port, a bed, a consent and a run are of */
    "ALTER TABLE machines ADD COLUMN place TEXT NOT NULL DEFAULT '';",
    /* 18: the last batches of work by hand */
    "CREATE INDEX facts_by_hand ON facts (id) WHERE kind = 'stepped' OR found <> '';",
};

#undef DETAIL_NEW
#undef DETAIL_FACT
#undef DETAIL_ENTRY
#undef DETAIL_KINDS
#undef PACKED_NEW
#undef PACKED_FACT
#undef PACK_ENTRY
#undef PACKED_KINDS
#undef STOCK_KINDS

int migrate_version(void)
{
    return (int)(sizeof steps / sizeof *steps);
}

static enum err read_version(struct db *db, int *version)
{
    sqlite3_stmt *statement;
    int rc = sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &statement, NULL);

    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
        if (rc == SQLITE_ROW)
            *version = sqlite3_column_int(statement, 0);
    }
    sqlite3_finalize(statement);
    return rc == SQLITE_ROW ? ERR_OK : db_fail(db, rc);
}

static enum err step(struct db *db, int to)
{
    char pragma[40];
    enum err err = db_exec(db, "BEGIN IMMEDIATE");

    if (err == ERR_OK)
        err = db_exec(db, steps[to - 1]);
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", to);
    if (err == ERR_OK)
        err = db_exec(db, pragma);
    if (err == ERR_OK)
        err = db_exec(db, "COMMIT");
    if (err != ERR_OK && db_in_transaction(db))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return err;
}

enum err migrate(struct db *db)
{
    int version = 0;
    enum err err = read_version(db, &version);

    if (err == ERR_OK && version > migrate_version()) {
        snprintf(
            db->text, sizeof db->text,
            "%.120s was written by a newer usined (schema %d, this one knows %d): install that "
            "version again, or restore a backup",
            db->path, version, migrate_version());
        return ERR_REFUSED;
    }
    while (err == ERR_OK && version < migrate_version())
        err = step(db, ++version);
    return err;
}
