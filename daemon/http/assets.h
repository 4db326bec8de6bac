/* SPDX-License-Identifier: Apache-2.0 */
/* The page's own files: a fixed list, never a name from outside. */
#ifndef USINE_HTTP_ASSETS_H
#define USINE_HTTP_ASSETS_H

#include <microhttpd.h>

/* Sends file (a name of ours) from share/usine/www, or from the source tree when not installed. */
enum MHD_Result assets_reply(struct MHD_Connection *connection, const char *file, const char *type);

#endif
