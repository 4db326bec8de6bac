/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes -> lines. Drops NUL and bytes >= 0x80 (FAULTS.md section 2), ends lines at CR or LF, skips
 * empty ones, cuts lines beyond FRAMER_LINE_MAX (the rest of them is dropped). Pure. */
#ifndef USINE_DRIVERS_FRAMER_H
#define USINE_DRIVERS_FRAMER_H

#include <stdbool.h>
#include <stddef.h>

enum { FRAMER_LINE_MAX = 511 };

struct framer {
    size_t used;
    bool cut; /* the current line was too long */
    char line[FRAMER_LINE_MAX + 1];
};

void framer_init(struct framer *framer);

/* Takes bytes up to and including the end of one line; *bytes and *n advance. Returns that line
 * (NUL-terminated, valid until the next call) and its length, or NULL when more bytes are needed.
 */
const char *framer_next(struct framer *framer, const char **bytes, size_t *n, size_t *length);

/* Forgets a half line (after a reopen). */
void framer_reset(struct framer *framer);

#endif
