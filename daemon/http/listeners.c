/* SPDX-License-Identifier: Apache-2.0 */
/* Which addresses are opened, and when. Beyond loopback nothing is said in the clear: there is TLS,
 * or only the declared proxies are heard. And nobody from outside shall be the first to come: such
 * an address is opened when there is an admin. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "commands/access.h"
#include "server.h"

/* Takes fd, and address as what is told of it. */
static enum err start(struct http *http, struct listener_kind kind, int fd, const char *address)
{
    size_t i = http->listener_count;

    http->listeners[i] = listener_start(http, kind, fd, &http->tls);
    if (http->listeners[i] == NULL)
        return ERR_NO_MEMORY;
    snprintf(http->address_text[i], LISTEN_ADDRESS_SIZE, "%s", address);
    http->addresses[i] = http->address_text[i];
    http->listener_count++;
    return ERR_OK;
}

static enum err open_unix(struct http *http, const char *path, char *text, size_t size)
{
    char address[LISTEN_ADDRESS_SIZE];
    int fd;
    enum err err = listen_unix(path, &fd, text, size);

    if (err != ERR_OK)
        return err;
    snprintf(http->socket, sizeof http->socket, "%s", path);
    snprintf(address, sizeof address, "unix:%s", path);
    return start(http, (struct listener_kind){0}, fd, address);
}

static enum err open_tcp(struct http *http, const char *spec, char *text, size_t size)
{
    const struct listener_kind kind = {
        .tcp = true, .tls = http->tls.certificate != NULL, .loopback = listen_is_loopback(spec)};
    struct listen_words words;
    enum err err;
    int fd;

    if (http->listener_count == HTTP_LISTENERS_MAX) {
        snprintf(text, size, "\"listen\": at most %d addresses", HTTP_LISTENERS_MAX - 1);
        return ERR_REFUSED;
    }
    err = listen_tcp(spec, kind.tls, &fd, &words);
    if (err != ERR_OK) {
        snprintf(text, size, "%s", words.text);
        return err;
    }
    err = start(http, kind, fd, words.address);
    if (err != ERR_OK && kind.tls)
        snprintf(text, size,
                 "\"tls\": the certificate and the key do not go together, or are none");
    return err;
}

/* What must be there before anybody outside may knock. */
static enum err check_world(const struct http *http, const char *spec, char *text, size_t size)
{
    if (http->tls.certificate != NULL || http->office->config->proxy_count > 0)
        return ERR_OK;
    snprintf(
        text, size,
        "\"listen\": %.100s is refused: beyond loopback (127.0.0.1:PORT, [::1]:PORT) there must "
        "be \"tls\" with a certificate and a key, or the addresses of a \"proxy\" that has them",
        spec);
    return ERR_REFUSED;
}

static enum err open_one(struct http *http, const char *spec, char *text, size_t size)
{
    enum err err;

    if (listen_is_loopback(spec))
        return open_tcp(http, spec, text, size);
    err = check_world(http, spec, text, size);
    if (err != ERR_OK || access_has_admin(http->office))
        return err != ERR_OK ? err : open_tcp(http, spec, text, size);
    if (strlen(spec) >= sizeof http->waiting[0] || http->waiting_count == HTTP_LISTENERS_MAX) {
        snprintf(text, size, "\"listen\": %.100s is too long, or one too many", spec);
        return ERR_REFUSED;
    }
    strcpy(http->waiting[http->waiting_count++], spec);
    log_warning("usined: %s stays closed until somebody is admin: open the first link, or "
                "`usine user add LOGIN --role admin`",
                spec);
    return ERR_OK;
}

enum err listeners_open(struct http *http, const struct http_setup *setup, char *text, size_t size)
{
    enum err err = open_unix(http, setup->socket, text, size);

    if (err == ERR_OK && http->certificate[0] != '\0')
        err = tls_read(&http->tls, http->certificate, http->key, text, size);
    for (size_t i = 0; i < setup->listen_count && err == ERR_OK; i++)
        err = open_one(http, setup->listen[i], text, size);
    return err;
}

void listeners_open_waiting(struct http *http)
{
    char text[400];

    if (http->waiting_count == 0 || http->quiet || !access_has_admin(http->office))
        return;
    for (size_t i = 0; i < http->waiting_count; i++)
        if (open_tcp(http, http->waiting[i], text, sizeof text) == ERR_OK)
            log_info("usined: listening on %s", http->addresses[http->listener_count - 1]);
        else
            log_error("usined: %s", text);
    http->waiting_count = 0;
    http->on_opened(http->opened_context);
}
