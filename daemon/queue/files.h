/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the state folder. Everything here blocks: pool only. */
#ifndef USINE_QUEUE_FILES_H
#define USINE_QUEUE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Copies a file to a new one whose name is made from the template `to` (ending in XXXXXX, filled
 * in), and flushes it to disk. On an error nothing is left and text says what is wrong. */
enum err files_copy(const char *from, char *to, char *text, size_t size);

/* Writes a whole file anew; false when the disk refused. */
bool files_write(const char *path, const char *bytes, size_t n);

/* Flushes a folder, so that a rename in it outlives a power cut. */
bool files_flush(const char *folder);

#endif
