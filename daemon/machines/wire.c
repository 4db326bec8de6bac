/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <string.h>

bool wire_write(struct machine *m, const char *bytes, size_t n, bool kept)
{
    if (m->link == NULL || m->closing)
        return false;
    if (!kept)
        ring_add(&m->ring, m->now, RING_SENT, bytes, n);
    if (link_write(m->link, bytes, n) == ERR_OK)
        return true;
    wire_close(m); /* hundreds of bytes wait already: it takes nothing any more */
    return false;
}

void wire_urgent(struct machine *m, const char *bytes)
{
    size_t n = strlen(bytes);

    if (m->link == NULL || m->closing)
        return;
    ring_add(&m->ring, m->now, RING_SENT, bytes, n);
    if (link_write_urgent(m->link, bytes, n) != ERR_OK)
        wire_close(m);
}

void wire_close(struct machine *m)
{
    if (m->link == NULL || m->closing)
        return;
    m->closing = true;
    link_close(m->link);
}
