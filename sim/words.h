/* SPDX-License-Identifier: Apache-2.0 */
/* Reads G-code as small firmware does: a letter, a number, next. Of our own, not the daemon's
 * tokeniser: a mistake made in both would hide itself. Pure. */
#ifndef USINE_SIM_WORDS_H
#define USINE_SIM_WORDS_H

#include <stdbool.h>

/* Reads a decimal number ("-1.5", ".5", "5."; no exponent); moves *at behind it. False, *at
 * unmoved, when there is none. */
bool words_number(const char **at, double *value);

/* The next upper-case letter with its number (0 and *has_value false without one), blanks skipped.
 * False at the end or at anything that is no letter; *at then stands there. */
bool words_next(const char **at, char *letter, double *value, bool *has_value);

/* The value behind the first `letter` in args; false if the letter is absent or has no value. */
bool words_value(const char *args, char letter, double *value);

/* True if the letter stands in args. */
bool words_has(const char *args, char letter);

#endif
