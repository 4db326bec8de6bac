/* SPDX-License-Identifier: Apache-2.0 */
#include "buf.h"

#include <string.h>

void buf_init(struct buf *buf, char *bytes, size_t size)
{
    *buf = (struct buf){.bytes = bytes, .size = size};
}

bool buf_append(struct buf *buf, const char *bytes, size_t n)
{
    if (n > buf->size - buf->used)
        return false;
    if (n > buf->size - buf->start - buf->used) {
        memmove(buf->bytes, buf->bytes + buf->start, buf->used);
        buf->start = 0;
    }
    memcpy(buf->bytes + buf->start + buf->used, bytes, n);
    buf->used += n;
    return true;
}

const char *buf_peek(const struct buf *buf, size_t *n)
{
    *n = buf->used;
    return buf->bytes + buf->start;
}

void buf_drop(struct buf *buf, size_t n)
{
    buf->start += n;
    buf->used -= n;
    if (buf->used == 0)
        buf->start = 0;
}
