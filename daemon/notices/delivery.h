/* SPDX-License-Identifier: Apache-2.0 */
/* One letter on its way, as libcurl has it. The post's thread. */
#ifndef USINE_NOTICES_DELIVERY_H
#define USINE_NOTICES_DELIVERY_H

#include <curl/curl.h>

#include "post.h"

struct delivery {
    struct list node;
    struct letter *letter; /* borrowed: goes back to its sender */
    CURL *easy;
    struct curl_slist *headers, *receivers;
    curl_mime *mime;
    char words[CURL_ERROR_SIZE];
    char refusal[96]; /* the last word of a mail server that said no */
    size_t answered;  /* bytes of the receiver's answer, which nobody reads */
    bool refused;     /* by us: the address leads where it may not */
};

/* NULL: cannot be begun, and the letter says why. */
struct delivery *delivery_begin(struct letter *letter);

/* Writes into the letter how it went, and frees all but the letter. easy is in no multi any more.
 */
void delivery_end(struct delivery *delivery, CURLcode code);

#endif
