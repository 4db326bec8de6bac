/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTP answer as it comes in, in pieces: only its status and its length are read. */
#ifndef USINE_BENCH_HTTP_ANSWER_H
#define USINE_BENCH_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

struct http_answer {
    long left;   /* bytes still to come; -1: its header */
    size_t used; /* bytes of header */
    char header[2048];
};

void http_answer_begin(struct http_answer *answer);

/* Takes what has come of it; true: that was the end. */
bool http_answer_take(struct http_answer *answer, const char *bytes, size_t n);

/* Of an answer that has ended: was it 200? */
bool http_answer_ok(const struct http_answer *answer);

#endif
