/* SPDX-License-Identifier: Apache-2.0 */
/* The machines' beds, how far their time is booked, and the consents people gave. Within the
 * caller's transaction. */
#ifndef USINE_STORE_STORE_MACHINE_H
#define USINE_STORE_STORE_MACHINE_H

#include "db.h"

struct machine_row {
    char id[64];
    char site[64];
    int64_t bed;       /* enum bed_state of machines/floor.h */
    int64_t consent;   /* the one in force; 0: none */
    int64_t booked_ms; /* the ledger has its time up to here; 0: never */
    char by[64];       /* of the consent, as the next two */
    int64_t given_ms;
    int64_t hold_ms;
    bool locked;
    int64_t flags;   /* enum machine_flag of machines/floor.h */
    bool held;       /* its run is */
    char why[160];   /* it is locked */
    char place[330]; /* model and port that bed, consent and run are of; "": not known */
};

/* Takes id, site, bed, consent, place. */
enum err store_machine_put(struct db *db, const struct machine_row *row);

/* Takes id, site, booked_ms. */
enum err store_machine_booked(struct db *db, const struct machine_row *row);

/* Takes id, site, locked, flags, held, why. */
enum err store_machine_condition(struct db *db, const struct machine_row *row);

/* Hands each row to `each` until that fails. */
enum err store_machine_each(struct db *db,
                            enum err (*each)(void *context, const struct machine_row *row),
                            void *context);

/* Takes consent (its number), id, by, given_ms, hold_ms. */
enum err store_consent_add(struct db *db, const struct machine_row *row);

/* The start that consumed it; 0 gives it back. */
enum err store_consent_used(struct db *db, int64_t consent, int64_t run);

enum err store_consent_void(struct db *db, int64_t consent, int64_t at_ms, const char *by);

/* The highest number given so far; 0: none. */
enum err store_consent_last(struct db *db, int64_t *id);

#endif
