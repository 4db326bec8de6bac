/* SPDX-License-Identifier: Apache-2.0 */
/* What people say of a run's pieces, in the runs' tables. Within the caller's transaction; the
 * ledger's facts go beside it. */
#ifndef USINE_STORE_STORE_VERDICT_H
#define USINE_STORE_STORE_VERDICT_H

#include "store_run.h"

/* Takes id, judged_by, judged_ms, reason (kept as it was when ""), and the parts' good and scrap.
 */
enum err store_run_judged(struct db *db, const struct run_row *row);

/* A verdict changed afterwards: takes id, corrected_by, corrected_ms, reason (kept as it was when
 * ""), and the parts' good and scrap. */
enum err store_run_corrected(struct db *db, const struct run_row *row);

/* A verdict taken back: the run awaits one again. */
enum err store_run_unjudged(struct db *db, const struct run_row *row);

#endif
