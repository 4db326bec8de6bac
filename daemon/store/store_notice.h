/* SPDX-License-Identifier: Apache-2.0 */
/* What people want to be told, and by what way. Store thread or loading. */
#ifndef USINE_STORE_STORE_NOTICE_H
#define USINE_STORE_STORE_NOTICE_H

#include <stdint.h>

#include "db.h"

enum { NOTICE_ADDRESS_SIZE = 512, NOTICE_TOKEN_SIZE = 200, NOTICE_SITES_SIZE = 2100 };

struct rule_row {
    int64_t id, person;
    int64_t kind, channel; /* enum notice_kind, notice_channel */
    char address[NOTICE_ADDRESS_SIZE];
    char token[NOTICE_TOKEN_SIZE]; /* shown to the receiver; "": none */
    char sites[NOTICE_SITES_SIZE]; /* "caen rouen"; "": all */
    int64_t delay_ms;
    char quiet[16]; /* "22:00-07:00"; "": never */
    int64_t added_ms;
    int64_t last_ms; /* when its last message was due; read only */
};

enum err store_rule_add(struct db *db, const struct rule_row *row);

/* Its messages under way go on. */
enum err store_rule_remove(struct db *db, int64_t id);
enum err store_rule_each(struct db *db, enum err (*each)(void *context, const struct rule_row *row),
                         void *context);

/* The highest numbers ever given that something still names. */
enum err store_notice_last(struct db *db, int64_t *rule, int64_t *message);

#endif
