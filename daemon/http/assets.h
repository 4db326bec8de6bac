/* SPDX-License-Identifier: Apache-2.0 */
/* The pages: files of web/dist, built by scripts/build, installed in share/usine/www. */
#ifndef USINE_HTTP_ASSETS_H
#define USINE_HTTP_ASSETS_H

#include <microhttpd.h>
#include <stddef.h>

struct asker;

enum { ASSETS_NAME_MAX = 160 };

/* The file that answers path ("/", "/machines/caen-p01", "/assets/index-x1.js"): a file of ours by
 * name, or the page itself for an address the page makes up (no dot in it). NULL: none can be
 * there. Writes the name, relative to the folder, to name and returns it. Pure. */
const char *assets_name(const char *path, char name[ASSETS_NAME_MAX]);

/* Sends what answers path, compressed when the client takes it and there is such a file. */
enum MHD_Result assets_reply(struct MHD_Connection *connection, const char *path,
                             const struct asker *asker);

#endif
