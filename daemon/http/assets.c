/* SPDX-License-Identifier: Apache-2.0 */
/* A name from outside is taken only when it is one or two plain words with a known ending, and is
 * opened within our folder without following links. */
#include "assets.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reply.h"

#include "base/data_dir.h"

static const char not_built[] =
    "The pages are not built: scripts/build makes them. The API is at /api/v1/ (docs/api.md).\n";

/* clang-format off */
static const struct { const char *ending, *type; } types[] = {
    { ".html",        "text/html; charset=utf-8" },
    { ".js",          "text/javascript; charset=utf-8" },
    { ".css",         "text/css; charset=utf-8" },
    { ".svg",         "image/svg+xml" },
    { ".png",         "image/png" },
    { ".ico",         "image/x-icon" },
    { ".json",        "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".woff2",       "font/woff2" },
};
/* clang-format on */

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].ending) == 0)
            return types[i].type;
    return NULL;
}

/* One or two words of letters, digits, dots, dashes and underscores; none begins with a dot. */
static bool is_plain(const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t n = strspn(name, plain);

    if (n == 0 || *name == '.')
        return false;
    if (name[n] == '\0')
        return true;
    name += n + 1;
    n = strspn(name, plain);
    return name[-1] == '/' && n > 0 && *name != '.' && name[n] == '\0';
}

/* Pages of things whose names may hold a dot. */
static bool is_named(const char *path)
{
    return strncmp(path, "/machines/", 10) == 0 || strncmp(path, "/lots/", 6) == 0;
}

const char *assets_name(const char *path, char name[ASSETS_NAME_MAX])
{
    if (*path != '/' || strncmp(path, "/api/", 5) == 0 || strncmp(path, "/slicer/", 8) == 0)
        return NULL;
    if (strchr(path, '.') == NULL || is_named(path))
        return strcpy(name, "index.html");
    if (strlen(path + 1) >= ASSETS_NAME_MAX || !is_plain(path + 1) || type_of(path) == NULL)
        return NULL;
    return strcpy(name, path + 1);
}

/* The installed pages, or those of the source tree; -1: neither. */
static int open_folder(void)
{
    char path[PATH_MAX];

    data_dir("www", "web/dist", path, sizeof path);
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int open_file(int folder, const char *name, bool *compressed)
{
    char path[ASSETS_NAME_MAX + 4];
    int fd = -1;

    snprintf(path, sizeof path, "%s.gz", name);
    if (*compressed)
        fd = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    *compressed = fd >= 0;
    return fd >= 0 ? fd : openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
}

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
                                     struct MHD_Response *response)
{
    enum MHD_Result result;

    if (response == NULL)
        return MHD_NO;
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_missing(struct MHD_Connection *connection, const struct asker *asker)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        sizeof not_built - 1, (void *)(uintptr_t)not_built, MHD_RESPMEM_PERSISTENT);

    if (response != NULL)
        reply_headers(response, "text/plain; charset=utf-8", asker);
    return send_response(connection, MHD_HTTP_NOT_FOUND, response);
}

enum MHD_Result assets_reply(struct MHD_Connection *connection, const char *path,
                             const struct asker *asker)
{
    char name[ASSETS_NAME_MAX];
    bool compressed = reply_takes_gzip(connection);
    int folder = assets_name(path, name) != NULL ? open_folder() : -1;
    int fd = folder >= 0 ? open_file(folder, name, &compressed) : -1;
    struct MHD_Response *response = NULL;
    struct stat st;

    if (folder >= 0)
        close(folder);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        response = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (response == NULL) {
        if (fd >= 0)
            close(fd);
        return send_missing(connection, asker);
    }
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (compressed)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    reply_page_headers(response, type_of(name), asker);
    MHD_add_response_header(response, "Cache-Control",
                            strncmp(name, "assets/", 7) == 0 ? "public, max-age=31536000, immutable"
                                                             : "no-cache");
    return send_response(connection, MHD_HTTP_OK, response);
}
