/* SPDX-License-Identifier: Apache-2.0 */
/* The start gate of FAULTS.md section 7.6, as a pure function: may this run begin here and now? */
#ifndef USINE_MACHINES_GATE_H
#define USINE_MACHINES_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "floor.h"

enum { CONSENT_AGE_MS = 12 * 3600000 }; /* a word on a bed holds so long */

struct gate_facts {
    const struct profile *profile;
    enum machine_state state;
    bool connected; /* identity verified on this connection */
    bool locked, quarantined, out, home_first, run_active;
    bool changing;         /* a reload changed or removed it; it has not taken that yet */
    const char *not_ready; /* "" or why */
    enum bed_state bed;
    int64_t consent;    /* 0: none */
    int64_t consent_ms; /* wall: when it was given */
    int64_t wall_ms;    /* now */
};

/* True if order may begin; else reason (size bytes) says what a person has to do. */
bool gate_open(const struct gate_facts *facts, const struct run_order *order, char *reason,
               size_t size);

#endif
