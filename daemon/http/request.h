/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTP request, from its header to its answer. */
#ifndef USINE_HTTP_REQUEST_H
#define USINE_HTTP_REQUEST_H

#include <microhttpd.h>

#include "base/list.h"

/* For MHD_start_daemon; cls is the struct listener. The first context is head_uri's. */
enum MHD_Result request_handle(void *cls, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *bytes,
                               size_t *size, void **context);

/* For MHD_OPTION_NOTIFY_COMPLETED; cls is the struct listener. */
void request_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode code);

/* Resumes all that are suspended, before their daemons are stopped. */
void requests_resume(struct list *requests);

#endif
