/* SPDX-License-Identifier: Apache-2.0 */
/* Words for messages: what was meant, and what was written, safe to print. Pure. */
#ifndef USINE_CONFIG_WORDS_H
#define USINE_CONFIG_WORDS_H

#include <stddef.h>

/* The best word seen so far; start with {.wanted = text}. */
struct nearest {
    const char *wanted;
    const char *best; /* borrowed from words_offer; NULL: none is near enough */
    size_t distance;
};

/* Looks at one candidate (borrowed). Near enough means: no more than a third of the letters differ,
 * or one word begins with the other. Capitals, swapped neighbours and _ for - count as slips. */
void words_offer(struct nearest *nearest, const char *candidate);

/* " did you mean \"port\"?" with a leading colon, or "" when nothing is near. Returns text. */
const char *words_hint(const struct nearest *nearest, char *text, size_t size);

/* Copies UTF-8 text for a message: control bytes become '?', and what does not fit ends in "...".
 * size >= 8. Returns out. */
const char *words_show(char *out, size_t size, const char *text);

/* The length of text without a multi-byte sequence cut off at its end by a bounded copy. */
size_t words_whole(const char *text, size_t n);

#endif
