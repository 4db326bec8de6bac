/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords and PINs, by argon2id (libsodium, interactive limits: 64 MiB, some 150 ms). On the
 * pool, at most PASSWORDS_AT_ONCE at the same time; office thread else. */
#ifndef USINE_PEOPLE_PASSWORD_H
#define USINE_PEOPLE_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "base/err.h"
#include "base/list.h"

enum {
    PASSWORDS_AT_ONCE = 2,
    PASSWORDS_WAITING_MAX = 64,
    PASSWORD_TEXT_SIZE = 129, /* of the password itself, with NUL */
    PASSWORD_HASH_SIZE = 128
};

struct passwords {
    uv_loop_t *loop; /* borrowed */
    struct list waiting;
    int at_work;
    size_t count; /* waiting and at work */
};

void passwords_init(struct passwords *passwords, uv_loop_t *loop);

/* right: the password fits. hash: of the password, when one was to be made. */
typedef void (*password_done)(void *context, enum err err, bool right, const char *hash);

/* Is text the password behind hash? With hash "" the answer is no, after the same work, so that
 * nobody learns who has an account. done is called later; ERR_BUSY and no call: too many wait. */
enum err password_check(struct passwords *passwords, const char *text, const char *hash,
                        password_done done, void *context);

/* Makes the hash to keep of text. Else as password_check. */
enum err password_make(struct passwords *passwords, const char *text, password_done done,
                       void *context);

#endif
