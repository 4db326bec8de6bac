/* SPDX-License-Identifier: Apache-2.0 */
/* Where the data are that come with the programs: profiles, pages. */
#ifndef USINE_BASE_DATA_DIR_H
#define USINE_BASE_DATA_DIR_H

#include <stddef.h>

/* Writes into path (size bytes) the folder `installed` ("profiles") of the installation this
 * program runs from, BIN/../share/usine/installed; when there is none, the folder `source` of the
 * tree it was built from. An installed program never looks into the tree; a copied installation
 * finds its own. */
void data_dir(const char *installed, const char *source, char *path, size_t size);

#endif
