/* SPDX-License-Identifier: Apache-2.0 */
/* Reads words and numbers out of a reply's text. All functions are bounded by the text's NUL, take
 * only plain decimal (no "nan", "inf", hex, locale) and never fail loudly. Pure. */
#ifndef USINE_DRIVERS_SCAN_H
#define USINE_DRIVERS_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* Past the blanks (space, tab) at p. */
const char *scan_blanks(const char *p);

/* A signed whole number at p, clamped to ±10^15. Returns the end of its digits, or NULL if none. */
const char *scan_integer(const char *p, int64_t *value);

/* The same into an int, clamped to ±10^9. */
const char *scan_int(const char *p, int *value);

/* A signed decimal number at p ("-1.516"). Returns its end, or NULL if there is no digit. */
const char *scan_number(const char *p, double *value);

/* Up to n comma-separated numbers. Returns how many were read; *values are set only that far. */
int scan_numbers(const char *p, double *values, int n);

/* What follows prefix if text starts with it (letter case counts), else NULL. */
const char *scan_prefix(const char *text, const char *prefix);

#endif
