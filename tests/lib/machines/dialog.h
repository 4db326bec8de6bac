/* SPDX-License-Identifier: Apache-2.0 */
/* Dialogs between a real struct machine and what a machine would say. The language is described in
 * tests/golden/machines/README.md. */
#ifndef USINE_TESTS_DIALOG_H
#define USINE_TESTS_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

enum { DIALOG_WHOLE = 0, DIALOG_BYTES = -1 }; /* k > 0: each line of the machine is split at k */

/* Plays the dialog in file with the machine's words cut as `split` says. False: text (size bytes)
 * says where and why it failed. *longest gets the length of the machine's longest line. */
bool dialog_play(const char *file, int split, size_t *longest, char *text, size_t size);

#endif
