/* SPDX-License-Identifier: Apache-2.0 */
#include "http_answer.h"

#include <stdlib.h>
#include <string.h>

void http_answer_begin(struct http_answer *answer)
{
    answer->left = -1;
    answer->used = 0;
}

/* Takes the header; returns how many of the n bytes belong to the body. */
static size_t take_header(struct http_answer *answer, const char *bytes, size_t n)
{
    size_t room = sizeof answer->header - 1 - answer->used;
    size_t before = answer->used;
    size_t taken = n < room ? n : room;
    const char *end, *length;

    memcpy(answer->header + answer->used, bytes, taken);
    answer->used += taken;
    answer->header[answer->used] = '\0';
    end = strstr(answer->header, "\r\n\r\n");
    if (end == NULL)
        return 0;
    length = strcasestr(answer->header, "\r\nContent-Length:");
    answer->left = length != NULL && length < end ? strtol(length + 17, NULL, 10) : 0;
    return n - ((size_t)(end + 4 - answer->header) - before);
}

bool http_answer_take(struct http_answer *answer, const char *bytes, size_t n)
{
    if (answer->left < 0)
        n = take_header(answer, bytes, n);
    if (answer->left < 0)
        return false;
    answer->left -= (long)n;
    return answer->left <= 0;
}

bool http_answer_ok(const struct http_answer *answer)
{
    return strncmp(answer->header, "HTTP/1.1 200", 12) == 0;
}
