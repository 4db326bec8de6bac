/* SPDX-License-Identifier: Apache-2.0 */
/* The state folder: made when missing, locked so that two daemons never share it. */
#ifndef USINE_STATE_DIR_H
#define USINE_STATE_DIR_H

#include <stddef.h>

#include "base/err.h"

/* Makes folder and its tmp/, empties tmp/ of an earlier life, and takes the lock, which holds while
 * *lock_fd is open. ERR_REFUSED: another daemon has it; ERR_DISK. text says what to do. */
enum err state_dir_open(const char *folder, int *lock_fd, char *text, size_t size);

/* Writes the NULL-ended addresses, a line each, to folder/listening, for scripts. */
void state_dir_tell(const char *folder, const char *const *addresses);

#endif
