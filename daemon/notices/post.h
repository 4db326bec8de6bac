/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that carries messages out of the house: mail by SMTP, webhooks by HTTP. A receiver may
 * be slow, hang or lie: nobody but the next letter waits for it. It knows no rule and no database.
 */
#ifndef USINE_NOTICES_POST_H
#define USINE_NOTICES_POST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mailbox.h"
#include "config/load.h"
#include "rule.h"

struct post;

enum { POST_AT_ONCE = 8, POST_TIMEOUT_S = 30 };

/* One try to deliver one message. All texts are owned. */
struct letter {
    struct message message; /* first */
    int64_t parcel;         /* the sender's number */
    enum notice_channel channel;
    char key[48];                      /* the same at each try */
    char address[NOTICE_ADDRESS_SIZE]; /* mail address, or URL */
    char token[NOTICE_TOKEN_SIZE];
    char title[256];
    char *body;              /* owned: text, or JSON */
    char link[300];          /* "" : none */
    struct config_smtp smtp; /* mail only */
    bool private_allowed;    /* webhooks: may go to a private network */
    int64_t at_ms;           /* wall: the Date of a mail */
    /* the answer */
    bool sent;
    bool hopeless; /* trying again cannot help */
    char error[160];
};

/* Starts the thread; letters come back to back. NULL: no memory. */
struct post *post_start(struct mailbox *back);

/* Hands over a letter; it comes back through the mailbox, sent or not. From one thread. */
void post_send(struct post *post, struct letter *letter);

/* Gives up what is under way: all letters come back, and at the end one with parcel POST_ENDED,
 * which is the post's own. After that post_join. */
void post_stop(struct post *post);
void post_join(struct post *post);

enum { POST_ENDED = -1 };

void letter_free(struct letter *letter);

#endif
