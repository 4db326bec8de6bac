/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz target offers: one call an input, called by libFuzzer or by replay.c. */
#ifndef USINE_TESTS_FUZZ_H
#define USINE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Feeds one input to the parser. Returns 0; a fault shows as a crash or a sanitizer's report. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
