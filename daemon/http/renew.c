/* SPDX-License-Identifier: Apache-2.0 */
/* A new certificate, without a connection lost. */
#include <string.h>

#include "base/log.h"
#include "server.h"

static bool same(const struct tls *a, const struct tls *b)
{
    return strcmp(a->certificate, b->certificate) == 0 && strcmp(a->key, b->key) == 0;
}

/* A second listener on each address, before any of the first ones is let go. False: none was made.
 */
static bool make(struct http *http, const struct tls *tls, struct listener **made)
{
    for (size_t i = 0; i < http->listener_count; i++) {
        if (!http->listeners[i]->kind.tls)
            continue;
        made[i] = listener_renew(http->listeners[i], tls);
        if (made[i] != NULL)
            continue;
        while (i-- > 0)
            if (made[i] != NULL)
                listener_stop(made[i]);
        return false;
    }
    return true;
}

static void retire(struct http *http, struct listener **made)
{
    for (size_t i = 0; i < http->listener_count; i++) {
        if (made[i] == NULL)
            continue;
        listener_quiet(http->listeners[i]);
        list_add(&http->retired, &http->listeners[i]->node);
        http->listeners[i] = made[i];
    }
}

void listeners_renew(struct http *http)
{
    struct listener *made[HTTP_LISTENERS_MAX] = {NULL};
    char text[400] = "\"tls\": the certificate and the key do not go together, or are none";
    struct tls tls = {0};
    enum err err;

    if (http->tls.certificate == NULL || http->quiet)
        return;
    err = tls_read(&tls, http->certificate, http->key, text, sizeof text);
    if (err == ERR_OK && same(&tls, &http->tls)) {
        tls_finish(&tls);
        return;
    }
    if (err == ERR_OK && !make(http, &tls, made))
        err = ERR_REFUSED;
    if (err != ERR_OK) {
        tls_finish(&tls);
        log_error("usined: %s", text);
        chronicle_add(&http->office->chronicle, "", "", "%s: the old one stays", text);
        return;
    }
    retire(http, made);
    tls_finish(&http->tls);
    http->tls = tls;
    chronicle_add(&http->office->chronicle, "", "",
                  "\"tls\": the new certificate is shown from now on");
}

void listeners_sweep(struct http *http)
{
    struct list *node = http->retired.next;

    while (node != &http->retired) {
        struct listener *listener = list_entry(node, struct listener, node);

        node = node->next;
        if (!listener_idle(listener))
            continue;
        list_remove(&listener->node);
        listener_stop(listener);
    }
}
