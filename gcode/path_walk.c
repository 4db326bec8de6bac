/* SPDX-License-Identifier: Apache-2.0 */
#include "path_walk.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "motion.h"

enum { CHUNK = 262144 };

static void take_line(struct path_walk *walk, const struct reader_line *source)
{
    walk->offset = source->offset;
    if (walk->before != NULL)
        walk->before(walk);
    reader_parse(source, &walk->line, walk->state.profile->flavour);
    if (walk->line.len == 0 && walk->line.fault == GCODE_LINE_OK)
        return;
    memcpy(walk->from, walk->state.position, sizeof walk->from);
    policy_check(&walk->state, &walk->line, &walk->ruling);
    if (walk->ruling.verdict != POLICY_REFUSE && walk->ruling.moves)
        walk->moved(walk);
}

/* Bytes that were read; 0 at the end of the file, negative when the disk refuses. */
static ssize_t fill(int fd, char *chunk, uint64_t at)
{
    ssize_t n;

    do
        n = pread(fd, chunk, CHUNK, (off_t)at);
    while (n < 0 && errno == EINTR);
    return n;
}

enum err path_walk(struct path_walk *walk, int fd, uint64_t start, uint64_t end)
{
    char *chunk = malloc(CHUNK);
    struct reader_line line = {.offset = start};
    ssize_t n = 1;

    if (chunk == NULL)
        return ERR_NO_MEMORY;
    reader_init(&walk->reader);
    walk->reader.offset = start;
    for (uint64_t at = start; line.offset < end && (n = fill(fd, chunk, at)) > 0;
         at += (uint64_t)n) {
        reader_feed(&walk->reader, chunk, (size_t)n);
        while (reader_next(&walk->reader, &line) && line.offset < end)
            take_line(walk, &line);
    }
    if (n == 0 && reader_rest(&walk->reader, &line))
        take_line(walk, &line);
    free(chunk);
    return n < 0 ? ERR_DISK : ERR_OK;
}

double path_walk_height(const struct path_walk *walk)
{
    const struct policy_state *state = &walk->state;
    double delta[AXES];
    struct arc arc;

    for (int axis = AXIS_X; axis < AXES; axis++)
        delta[axis] = state->position[axis] - walk->from[axis];
    if (!state->known[AXIS_Z] ||
        !motion_works(state, delta, motion_arc(&arc, state, &walk->line, walk->from)))
        return NAN;
    return state->position[AXIS_Z];
}
