/* SPDX-License-Identifier: Apache-2.0 */
#include "caller.h"

#include <stdio.h>

void caller_csrf(const char *cookie, char csrf[CALLER_CSRF_SIZE])
{
    struct secret_hash hash = secret_hash("usine-csrf:", cookie);
    char hex[SECRET_HEX_SIZE];

    secret_hex(&hash, hex);
    snprintf(csrf, CALLER_CSRF_SIZE, "%.32s", hex);
}

void caller_show(struct caller *caller, const struct credentials *credentials)
{
    struct pass *pass = &caller->pass;

    pass->has_session = credentials->session != NULL;
    pass->has_tablet = credentials->tablet != NULL;
    pass->has_token = credentials->token != NULL;
    if (pass->has_session) {
        pass->session = secret_hash("", credentials->session);
        caller_csrf(credentials->session, caller->session_csrf);
    }
    if (pass->has_tablet) {
        pass->tablet = secret_hash("", credentials->tablet);
        caller_csrf(credentials->tablet, caller->tablet_csrf);
    }
    if (pass->has_token)
        pass->token = secret_hash("", credentials->token);
    snprintf(caller->csrf, sizeof caller->csrf, "%s",
             credentials->csrf != NULL ? credentials->csrf : "");
}
