/* SPDX-License-Identifier: Apache-2.0 */
/* A request body streamed to a file on the pool, one piece at a time, so that neither memory nor
 * the office thread waits for the disk. */
#ifndef USINE_HTTP_UPLOAD_H
#define USINE_HTTP_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/err.h"

enum { UPLOAD_PIECE_MAX = 128 * 1024 };

#define UPLOAD_MAX ((uint64_t)1 << 30)         /* bytes of one file */
#define UPLOAD_KEEP_FREE ((uint64_t)256 << 20) /* bytes that must stay free on the disk */

struct upload {
    uv_loop_t *loop; /* borrowed */
    uv_fs_t fs;
    uv_file file; /* -1: not open */
    char path[512];
    char *piece; /* owned; what is being written */
    size_t piece_size;
    size_t piece_done;
    uint64_t size;                 /* written */
    uint64_t expected;             /* Content-Length; 0: unknown */
    bool busy;                     /* on the pool; on_ready will come */
    enum err err;                  /* sticks */
    char text[200];                /* what went wrong, for people */
    void (*on_ready)(void *owner); /* a piece was written, or the file closed; may have failed */
    void *owner;
};

/* Ready for pieces of the file path, which is made by the first one. Owner and on_ready are kept.
 */
void upload_init(struct upload *upload, uv_loop_t *loop, const char *path, uint64_t expected);

/* Takes at most UPLOAD_PIECE_MAX bytes; returns how many it took. on_ready comes later. Not while
 * busy. */
size_t upload_write(struct upload *upload, const char *bytes, size_t n);

/* Closes the file; on_ready comes later. Not while busy. */
void upload_end(struct upload *upload);

/* Frees memory and removes the file, in the background. Not while busy. */
void upload_finish(struct upload *upload);

#endif
