/* SPDX-License-Identifier: Apache-2.0 */
#include "reply.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/* What no answer of the API needs is forbidden, in case a browser takes it for a page. */
static const char data_policy[] = "default-src 'none'; frame-ancestors 'none'";

/* clang-format off */
static const struct { const char *name, *value; } always[] = {
    { "X-Content-Type-Options",       "nosniff" },
    { "Referrer-Policy",              "no-referrer" },
    { "X-Frame-Options",              "DENY" },
    { "Cross-Origin-Opener-Policy",   "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",           "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};
/* clang-format on */

static void add_headers(struct MHD_Response *response, const char *type, const struct asker *asker)
{
    MHD_add_response_header(response, "Content-Type", type);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(response, always[i].name, always[i].value);
    if (asker->secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
}

void reply_headers(struct MHD_Response *response, const char *type, const struct asker *asker)
{
    add_headers(response, type, asker);
    MHD_add_response_header(response, "Content-Security-Policy", data_policy);
    MHD_add_response_header(response, "Cache-Control", "no-store");
}

void reply_page_headers(struct MHD_Response *response, const char *type, const struct asker *asker)
{
    add_headers(response, type, asker);
    MHD_add_response_header(response, "Content-Security-Policy", policy);
}

static void add_cookie(struct MHD_Response *response, const char *name,
                       const struct answer_cookie *cookie, bool secure)
{
    char text[200];

    if (!cookie->set)
        return;
    snprintf(text, sizeof text, "%s%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
             secure ? "__Host-" : "", name, cookie->value, (long long)cookie->age_s,
             secure ? "; Secure" : "");
    MHD_add_response_header(response, "Set-Cookie", text);
}

/* Only the form that resumes a download: "bytes=N-". Anything else sends the whole file. */
static uint64_t range_start(struct MHD_Connection *connection, uint64_t size)
{
    const char *text = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Range");
    unsigned long long start;
    char dash, rest;

    if (text == NULL || sscanf(text, "bytes=%llu%c%c", &start, &dash, &rest) != 2 || dash != '-')
        return 0;
    return start < size ? start : 0;
}

static struct MHD_Response *file_response(struct MHD_Connection *connection, struct answer *answer)
{
    int fd = open(answer->path, O_RDONLY | O_CLOEXEC);
    struct MHD_Response *response;
    struct stat st;
    uint64_t start;
    char range[80];

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return NULL;
    }
    start = range_start(connection, (uint64_t)st.st_size);
    response = MHD_create_response_from_fd_at_offset64((uint64_t)st.st_size - start, fd, start);
    if (response == NULL) {
        close(fd);
        return NULL;
    }
    MHD_add_response_header(response, "Accept-Ranges", "bytes");
    if (start > 0) {
        snprintf(range, sizeof range, "bytes %llu-%llu/%llu", (unsigned long long)start,
                 (unsigned long long)st.st_size - 1, (unsigned long long)st.st_size);
        MHD_add_response_header(response, "Content-Range", range);
        answer->status = MHD_HTTP_PARTIAL_CONTENT;
    }
    return response;
}

/* "gzip" or "*" among what is accepted, and not with a weight of 0. */
bool reply_takes_gzip(struct MHD_Connection *connection)
{
    const char *text = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
    const char *name = text != NULL ? strcasestr(text, "gzip") : NULL;
    double weight = 1;

    if (name != NULL)
        sscanf(name + 4, " ; q = %lf", &weight);
    return name != NULL && weight > 0;
}

static void on_shared_gone(void *shared)
{
    shared_text_release(shared);
}

/* The one text (or its compressed form) goes out to all who ask; the response keeps a use of it. */
static struct MHD_Response *shared_response(struct MHD_Connection *connection,
                                            struct answer *answer)
{
    struct shared_text *shared = answer->shared;
    bool gzip = reply_takes_gzip(connection) && shared_text_compress(shared);
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        gzip ? shared->gzip_size : shared->size, gzip ? (void *)shared->gzip : shared->text,
        on_shared_gone, shared);

    if (response == NULL)
        return NULL;
    answer->shared = NULL;
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (gzip)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    return response;
}

static struct MHD_Response *text_response(struct answer *answer)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->size, answer->text, MHD_RESPMEM_MUST_FREE);

    if (response != NULL)
        answer->text = NULL; /* the response's now */
    return response;
}

static void add_answer_headers(struct MHD_Response *response, const struct answer *answer,
                               const struct asker *asker)
{
    char text[180];

    if (answer->save_as[0] != '\0') {
        snprintf(text, sizeof text, "attachment; filename=\"%s\"", answer->save_as);
        MHD_add_response_header(response, "Content-Disposition", text);
    }
    if (answer->version[0] != '\0') {
        snprintf(text, sizeof text, "\"%s\"", answer->version);
        MHD_add_response_header(response, "ETag", text);
    }
    if (answer->location[0] != '\0')
        MHD_add_response_header(response, "Location", answer->location);
    if (answer->retry_s > 0) {
        snprintf(text, sizeof text, "%lld", (long long)answer->retry_s);
        MHD_add_response_header(response, "Retry-After", text);
    }
    if (answer->status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    add_cookie(response, ASKER_SESSION, &answer->session, asker->secure);
    add_cookie(response, ASKER_TABLET, &answer->tablet, asker->secure);
}

enum MHD_Result reply_send(struct MHD_Connection *connection, struct answer *answer,
                           const struct asker *asker, const char *allow)
{
    static const char gone[] =
        "{\"error\":{\"code\":\"not_found\",\"message\":\"the file is not on the disk any more\"}}";
    struct MHD_Response *response = answer->path != NULL     ? file_response(connection, answer)
                                    : answer->shared != NULL ? shared_response(connection, answer)
                                                             : text_response(answer);
    enum MHD_Result result;

    if (response == NULL && answer->path != NULL) {
        answer->status = MHD_HTTP_NOT_FOUND;
        answer->type = "application/json";
        answer->save_as[0] = '\0';
        response = MHD_create_response_from_buffer(sizeof gone - 1, (void *)(uintptr_t)gone,
                                                   MHD_RESPMEM_PERSISTENT);
    }
    if (response == NULL)
        return MHD_NO;
    reply_headers(response, answer->type, asker);
    add_answer_headers(response, answer, asker);
    if (*allow != '\0')
        MHD_add_response_header(response, "Allow", allow);
    result = MHD_queue_response(connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}
