/* SPDX-License-Identifier: Apache-2.0 */
/* A file as text in memory. */
#ifndef USINE_CONFIG_FILE_H
#define USINE_CONFIG_FILE_H

#include <stddef.h>

#include "base/err.h"

/* Reads a whole file of up to SOURCE_MAX bytes; the caller frees *text (not NUL-terminated). On
 * failure why says what is wrong: ERR_NOT_FOUND, ERR_DISK, ERR_TOO_LARGE, ERR_NO_MEMORY. */
enum err file_read(const char *path, char **text, size_t *n, char *why, size_t size);

#endif
