/* SPDX-License-Identifier: Apache-2.0 */
/* What happened lately, for `usine log`: a ring in memory, one fact a row. What people ask and what
 * befalls the daemon itself goes to the log, too; what machines do is logged by the floor. */
#ifndef USINE_COMMANDS_CHRONICLE_H
#define USINE_COMMANDS_CHRONICLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "config/load.h"

enum { CHRONICLE_ROWS = 1000 };

struct chronicle_row {
    uint64_t seq; /* from 1, rising */
    int64_t at_ms;
    char machine[ID_SIZE]; /* "" : not about one machine */
    char by[ID_SIZE];      /* "" : nobody's doing */
    char text[224];
};

struct chronicle {
    const struct clock *clock;  /* borrowed */
    struct chronicle_row *rows; /* owned; CHRONICLE_ROWS of them */
    uint64_t last;              /* seq of the newest; 0: none */
};

/* Without memory for the ring, nothing is kept (rows NULL) and all calls stay harmless. */
void chronicle_init(struct chronicle *chronicle, const struct clock *clock);
void chronicle_finish(struct chronicle *chronicle);

/* machine and by may be "". */
void chronicle_add(struct chronicle *chronicle, const char *machine, const char *by,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The row with this seq; NULL when it has gone or is not yet. */
const struct chronicle_row *chronicle_row(const struct chronicle *chronicle, uint64_t seq);

#endif
