/* SPDX-License-Identifier: Apache-2.0 */
/* Messages between threads. Anyone may post; the owner's loop hears them, in order. */
#ifndef USINE_BASE_MAILBOX_H
#define USINE_BASE_MAILBOX_H

#include <stdbool.h>
#include <uv.h>

#include "list.h"

/* First member of every message. */
struct message {
    struct list node;
};

struct mailbox {
    uv_async_t async;
    uv_mutex_t mutex;
    struct list waiting; /* guarded by mutex */
    void (*on_message)(void *owner,
                       struct message *message); /* on the owner's loop; takes the message */
    void *owner;                                 /* borrowed */
    bool closed;                                 /* guarded by mutex */
};

/* Ready to receive on loop. Returns 0 or a libuv error. */
int mailbox_init(struct mailbox *mailbox, uv_loop_t *loop,
                 void (*on_message)(void *owner, struct message *message), void *owner);

/* Hands message over, from any thread; never blocks for longer than a list append. false: the
 * mailbox is closed and the message stays the caller's. */
bool mailbox_post(struct mailbox *mailbox, struct message *message);

/* Delivers what is waiting, then stops hearing. Owner's thread only; the memory is free to go when
 * the loop has run its closing callbacks, after mailbox_finish. */
void mailbox_close(struct mailbox *mailbox);

/* Frees what is left, after the loop has closed its handles. */
void mailbox_finish(struct mailbox *mailbox);

#endif
