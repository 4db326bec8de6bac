/* SPDX-License-Identifier: Apache-2.0 */
/* A text that many answers give at the same time: made once, compressed once, never copied. It
 * lives until its last user has let it go. Office thread. */
#ifndef USINE_COMMANDS_SHARED_TEXT_H
#define USINE_COMMANDS_SHARED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct shared_text {
    size_t users;
    char *text; /* owned */
    size_t size;
    unsigned char *gzip; /* owned; NULL: not asked for yet, or no memory */
    size_t gzip_size;
};

/* Takes text (malloc'ed). One use, the caller's. NULL: no memory, or text was NULL. */
struct shared_text *shared_text_create(char *text, size_t size);

/* One use more; returns shared. */
struct shared_text *shared_text_use(struct shared_text *shared);

/* One use less; NULL is harmless. */
void shared_text_release(struct shared_text *shared);

/* Compresses the text for those who take gzip, unless that was done before. False: no memory. */
bool shared_text_compress(struct shared_text *shared);

#endif
