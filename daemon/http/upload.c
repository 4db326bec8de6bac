/* SPDX-License-Identifier: Apache-2.0 */
/* Happy path: the first piece asks for the free space, makes the file and is written; each further
 * piece is written; the end closes the file. Any failure sticks in upload->err: later pieces are
 * taken and dropped, so that the client reads the reason instead of a broken connection. */
#include "upload.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void upload_init(struct upload *upload, uv_loop_t *loop, const char *path, uint64_t expected)
{
    memset(upload, 0, sizeof *upload);
    upload->loop = loop;
    upload->file = -1;
    upload->expected = expected;
    upload->fs.data = upload;
    snprintf(upload->path, sizeof upload->path, "%s", path);
}

static void ready(struct upload *upload)
{
    upload->busy = false;
    upload->on_ready(upload->owner);
}

static void fail(struct upload *upload, enum err err, const char *what, const char *why)
{
    upload->err = err;
    snprintf(upload->text, sizeof upload->text, "%.100s: %.90s", what, why);
    ready(upload);
}

static void write_piece(struct upload *upload);

static void on_written(uv_fs_t *fs)
{
    struct upload *upload = fs->data;
    ssize_t n = fs->result;

    uv_fs_req_cleanup(fs);
    if (n <= 0) {
        fail(upload, ERR_DISK, "the upload cannot be written",
             n < 0 ? uv_strerror((int)n) : "nothing was taken");
        return;
    }
    upload->piece_done += (size_t)n;
    upload->size += (uint64_t)n;
    if (upload->piece_done < upload->piece_size)
        write_piece(upload);
    else
        ready(upload);
}

static void write_piece(struct upload *upload)
{
    uv_buf_t buf = uv_buf_init(upload->piece + upload->piece_done,
                               (unsigned)(upload->piece_size - upload->piece_done));
    int rc = uv_fs_write(upload->loop, &upload->fs, upload->file, &buf, 1, -1, on_written);

    if (rc != 0)
        fail(upload, ERR_DISK, "the upload cannot be written", uv_strerror(rc));
}

static void on_opened(uv_fs_t *fs)
{
    struct upload *upload = fs->data;
    ssize_t rc = fs->result;

    uv_fs_req_cleanup(fs);
    if (rc < 0) {
        fail(upload, ERR_DISK, upload->path, uv_strerror((int)rc));
        return;
    }
    upload->file = (uv_file)rc;
    write_piece(upload);
}

static void on_space(uv_fs_t *fs)
{
    struct upload *upload = fs->data;
    const uv_statfs_t *space = fs->ptr;
    uint64_t room = UPLOAD_MAX * 4;
    int rc;

    if (fs->result == 0 && space != NULL)
        room = space->f_bavail * space->f_bsize;
    uv_fs_req_cleanup(fs);
    /* twice: the file waits here while its checked copy is made */
    if (room < UPLOAD_KEEP_FREE + 2 * upload->expected) {
        fail(upload, ERR_DISK, "the disk of the daemon is too full for this file",
             "free some space first");
        return;
    }
    rc = uv_fs_open(upload->loop, &upload->fs, upload->path,
                    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640, on_opened);
    if (rc != 0)
        fail(upload, ERR_DISK, upload->path, uv_strerror(rc));
}

/* The folder of the file, for statfs. */
static void folder(const struct upload *upload, char path[512])
{
    char *slash;

    memcpy(path, upload->path, 512);
    slash = strrchr(path, '/');
    if (slash != NULL)
        *slash = '\0';
}

size_t upload_write(struct upload *upload, const char *bytes, size_t n)
{
    char path[512];

    if (upload->err != ERR_OK)
        return n;
    if (upload->piece == NULL)
        upload->piece = malloc(UPLOAD_PIECE_MAX);
    upload->busy = true;
    if (upload->piece == NULL) {
        fail(upload, ERR_NO_MEMORY, "the upload cannot be taken", "out of memory");
        return n;
    }
    n = n < UPLOAD_PIECE_MAX ? n : UPLOAD_PIECE_MAX;
    if (upload->size + n > UPLOAD_MAX) {
        fail(upload, ERR_TOO_LARGE, "the file is larger than 1 GiB", "split the plate");
        return n;
    }
    memcpy(upload->piece, bytes, n);
    upload->piece_size = n;
    upload->piece_done = 0;
    folder(upload, path);
    if (upload->file >= 0)
        write_piece(upload);
    else if (uv_fs_statfs(upload->loop, &upload->fs, path, on_space) != 0)
        fail(upload, ERR_NO_MEMORY, "the upload cannot be taken", "out of memory");
    return n;
}

static void on_closed(uv_fs_t *fs)
{
    struct upload *upload = fs->data;
    ssize_t rc = fs->result;

    uv_fs_req_cleanup(fs);
    if (rc < 0 && upload->err == ERR_OK)
        fail(upload, ERR_DISK, "the upload cannot be written", uv_strerror((int)rc));
    else
        ready(upload);
}

void upload_end(struct upload *upload)
{
    uv_file file = upload->file;

    upload->busy = true;
    upload->file = -1;
    if (file < 0) {
        if (upload->err == ERR_OK)
            fail(upload, ERR_INVALID, "the file is empty", "send the G-code as the body");
        else
            ready(upload);
        return;
    }
    if (uv_fs_close(upload->loop, &upload->fs, file, on_closed) != 0)
        ready(upload);
}

static void on_removed(uv_fs_t *fs)
{
    uv_fs_req_cleanup(fs);
    free(fs);
}

void upload_finish(struct upload *upload)
{
    uv_fs_t *fs;

    free(upload->piece);
    upload->piece = NULL;
    if (upload->loop == NULL)
        return;
    if (upload->file >= 0) {
        uv_fs_close(NULL, &upload->fs, upload->file, NULL);
        uv_fs_req_cleanup(&upload->fs);
    }
    fs = malloc(sizeof *fs);
    if (fs != NULL && uv_fs_unlink(upload->loop, fs, upload->path, on_removed) != 0)
        free(fs);
    upload->loop = NULL;
}
