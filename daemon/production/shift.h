/* SPDX-License-Identifier: Apache-2.0 */
/* Which shift a moment belongs to, by the config. A site without shifts has one, "open": its
 * opening hours. Outside every shift it is "". Pure but for the process's zone. */
#ifndef USINE_PRODUCTION_SHIFT_H
#define USINE_PRODUCTION_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/hours.h"
#include "config/load.h"

struct shift_site {
    const struct config_site *site;           /* borrowed */
    uint8_t of_minute[7][HOURS_DAY];          /* number of the shift; 0: none */
    uint16_t until[7][HOURS_DAY];             /* the minute that it is no more */
    char names[SITE_SHIFTS_MAX + 1][ID_SIZE]; /* [0] is "" */
};

/* A day of the wall, or what of it is before or after a change of clocks. */
struct shift_stretch {
    int64_t from_ms, to_ms; /* wall */
    int64_t midnight_ms;    /* where its minutes count from */
    int weekday;
};

enum { SHIFT_LATELY = 16 };

struct shift_table {
    struct shift_site *sites; /* owned */
    size_t count;
    struct shift_stretch lately[SHIFT_LATELY]; /* looked at */
};

/* config outlives it. False: no memory. */
bool shift_table_init(struct shift_table *shifts, const struct config *config);
void shift_table_finish(struct shift_table *shifts);

/* NULL: no such site. Valid until shift_table_finish. */
const struct shift_site *shift_table_site(const struct shift_table *shifts, const char *id);

/* The shift at wall_ms; "" for an unknown site (NULL). *until_ms: it is the same at least up to
 * there, which is later than wall_ms. Valid until shift_table_finish. */
const char *shift_table_at(struct shift_table *shifts, const struct shift_site *site,
                           int64_t wall_ms, int64_t *until_ms);

#endif
