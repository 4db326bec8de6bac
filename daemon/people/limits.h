/* SPDX-License-Identifier: Apache-2.0 */
/* How often a wrong password may be tried: after a few free tries the wait doubles, up to a limit,
 * for one account from one address, for one address, and a little for one account from anywhere. So
 * nobody can lock another out, and guessing stays slow. Pure but for its own memory; times are
 * monotonic milliseconds. */
#ifndef USINE_PEOPLE_LIMITS_H
#define USINE_PEOPLE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

enum { LIMITS_MAX = 2048, LIMITS_KEY_SIZE = 128 };

struct limit {
    char key[LIMITS_KEY_SIZE]; /* "" : free */
    int fails;
    int64_t next_ms;  /* no try before */
    int64_t quiet_ms; /* forgotten then */
};

struct limits {
    struct limit rows[LIMITS_MAX];
};

/* What is tried: by whom it says it is, and from where. */
struct attempt {
    const char *kind;    /* "password", "pin", "code" */
    const char *account; /* "" : none */
    const char *address;
};

/* Milliseconds until this may be tried; 0: now, and it then counts as failed until limits_passed,
 * so that tries at the same time count, too. */
int64_t limits_try(struct limits *limits, const struct attempt *attempt, int64_t now_ms);

/* It was right: this account from this address begins anew. */
void limits_passed(struct limits *limits, const struct attempt *attempt);

#endif
