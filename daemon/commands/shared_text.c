/* SPDX-License-Identifier: Apache-2.0 */
#include "shared_text.h"

#include <stdlib.h>
#include <zlib.h>

/* windowBits 15 and a gzip header; the level's gain beyond 4 is not worth its time. */
enum { LEVEL = 4, GZIP = 15 + 16, MEMORY = 8 };

struct shared_text *shared_text_create(char *text, size_t size)
{
    struct shared_text *shared = text != NULL ? calloc(1, sizeof *shared) : NULL;

    if (shared == NULL) {
        free(text);
        return NULL;
    }
    *shared = (struct shared_text){.users = 1, .text = text, .size = size};
    return shared;
}

struct shared_text *shared_text_use(struct shared_text *shared)
{
    shared->users++;
    return shared;
}

void shared_text_release(struct shared_text *shared)
{
    if (shared == NULL || --shared->users > 0)
        return;
    free(shared->gzip);
    free(shared->text);
    free(shared);
}

bool shared_text_compress(struct shared_text *shared)
{
    z_stream z = {.next_in = (unsigned char *)shared->text, .avail_in = (uInt)shared->size};
    unsigned char *out, *fits;
    size_t most;

    if (shared->gzip != NULL)
        return true;
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    most = deflateBound(&z, shared->size);
    out = malloc(most);
    z.next_out = out;
    z.avail_out = (uInt)most;
    if (out != NULL && deflate(&z, Z_FINISH) == Z_STREAM_END) {
        fits = realloc(out, z.total_out);
        shared->gzip = fits != NULL ? fits : out;
        shared->gzip_size = z.total_out;
    } else {
        free(out);
    }
    deflateEnd(&z);
    return shared->gzip != NULL;
}
