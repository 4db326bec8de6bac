/* SPDX-License-Identifier: Apache-2.0 */
/* Line numbers and checksums: N<n> <text>*<xor of all bytes before '*'>. Pure.
 * Source: FAULTS.md section 1 rule 1, transcripts marlin-*-lines-and-checksums. */
#ifndef USINE_GCODE_CHECKSUM_H
#define USINE_GCODE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* XOR of n bytes. */
uint8_t gcode_checksum(const char *text, size_t n);

/* Writes "N<number> <text>*<sum>\n" to out. Returns its length, or 0 if it does not fit in size. */
size_t gcode_number_line(char *out, size_t size, uint32_t number, const char *text, size_t n);

#endif
