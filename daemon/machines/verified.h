/* SPDX-License-Identifier: Apache-2.0 */
/* Which files hold the bytes of which program. A file is hashed once for all runs that read it, for
 * as long as the file system says that nobody has touched it since: 2000 starts of one program cost
 * one reading, and the check at a run's end costs a stat. */
#ifndef USINE_MACHINES_VERIFIED_H
#define USINE_MACHINES_VERIFIED_H

#include <stdbool.h>

#include "base/err.h"

struct verified;

/* NULL without memory. Any thread may call verified_file at the same time as others. */
struct verified *verified_create(void);

/* Whether the file at path has this SHA-256 (lower-case hex). Blocks on the disk: pool only. With
 * `known` NULL the file is always hashed. *same is valid on ERR_OK; ERR_NOT_FOUND, ERR_DISK. */
enum err verified_file(struct verified *known, const char *path, const char *sha256, bool *same);

void verified_destroy(struct verified *known); /* NULL is harmless */

#endif
