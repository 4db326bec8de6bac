/* SPDX-License-Identifier: Apache-2.0 */
#include "moments.h"

#include <math.h>
#include <stdlib.h>

enum err moments_init(struct moments *moments, size_t actors)
{
    *moments = (struct moments){.heap = calloc(actors + 1, sizeof *moments->heap)};
    return moments->heap != NULL ? ERR_OK : ERR_NO_MEMORY;
}

void moments_finish(struct moments *moments)
{
    free(moments->heap);
    *moments = (struct moments){0};
}

static bool before(const struct moment *a, const struct moment *b)
{
    return a->at < b->at || (a->at <= b->at && a->actor < b->actor);
}

void moments_add(struct moments *moments, double at, size_t actor)
{
    struct moment moment = {at, actor};
    size_t i = moments->count;

    if (isinf(at))
        return;
    moments->count++;
    while (i > 0 && before(&moment, &moments->heap[(i - 1) / 2])) {
        moments->heap[i] = moments->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    moments->heap[i] = moment;
}

bool moments_next(struct moments *moments, struct moment *next)
{
    struct moment last;
    size_t i = 0;

    if (moments->count == 0)
        return false;
    *next = moments->heap[0];
    last = moments->heap[--moments->count];
    for (;;) {
        size_t child = 2 * i + 1;

        if (child + 1 < moments->count && before(&moments->heap[child + 1], &moments->heap[child]))
            child++;
        if (child >= moments->count || before(&last, &moments->heap[child]))
            break;
        moments->heap[i] = moments->heap[child];
        i = child;
    }
    moments->heap[i] = last;
    return true;
}
