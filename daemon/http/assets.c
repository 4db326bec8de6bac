/* SPDX-License-Identifier: Apache-2.0 */
#include "assets.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reply.h"

static int open_asset(const char *file)
{
    static const char *const folders[] = {USINE_SOURCE_DIR "/web", USINE_DATA_DIR "/www"};

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[600];
        int fd;

        snprintf(path, sizeof path, "%s/%s", folders[i], file);
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd >= 0)
            return fd;
    }
    return -1;
}

enum MHD_Result assets_reply(struct MHD_Connection *connection, const char *file, const char *type)
{
    static const char missing[] = "The pages are not installed; the API is at /api/v1/.\n";
    struct MHD_Response *response = NULL;
    unsigned status = MHD_HTTP_OK;
    struct stat st;
    enum MHD_Result result;
    int fd = open_asset(file);

    if (fd >= 0 && fstat(fd, &st) == 0)
        response = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (response == NULL) {
        if (fd >= 0)
            close(fd);
        status = MHD_HTTP_NOT_FOUND;
        type = "text/plain; charset=utf-8";
        response = MHD_create_response_from_buffer(sizeof missing - 1, (void *)(uintptr_t)missing,
                                                   MHD_RESPMEM_PERSISTENT);
    }
    if (response == NULL)
        return MHD_NO;
    reply_headers(response, type);
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'none'; script-src 'self'; style-src 'self'; "
                            "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
                            "form-action 'none'; frame-ancestors 'none'");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}
