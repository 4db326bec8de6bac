/* SPDX-License-Identifier: Apache-2.0 */
/* What a machine says, through the framer and each dialect: whatever the bytes, the replies hold to
 * their bounds, and it makes no difference in which pieces the bytes came. */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../golden/drivers/describe.h"
#include "drivers/dialects.h"
#include "drivers/framer.h"

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static bool is_number(double value)
{
    return value > -1e30 && value < 1e30; /* no NAN, no infinity */
}

static void check_heater(const struct heater_report *heater)
{
    demand(is_number((double)heater->now));
    demand(isnan(heater->target) || is_number((double)heater->target));
}

static void check_bounds(const struct reply *r)
{
    demand(strcmp(reply_kind_name(r->kind), "?") != 0);
    demand(r->code >= -1000000000 && r->code <= 1000000000);
    demand(r->window_bytes >= 0 && r->window_bytes <= 65535 && r->window_lines == 0);
    demand((r->capabilities & ~r->capabilities_known) == 0);
    demand(is_number(r->value) && is_number(r->feed) && is_number(r->spindle));
    for (int axis = 0; axis < 3; axis++)
        demand(is_number(r->position[axis]));
    check_heater(&r->nozzle);
    check_heater(&r->bed);
    demand((r->action != MACHINE_ACTION_NONE) == (r->kind == REPLY_ACTION));
    demand((r->stop != STOP_NONE) == (r->kind == REPLY_STOPPED));
    demand(!r->needs_more || r->kind == REPLY_FATAL);
}

/* A line of the machine's, sent back: the wire form fits or is refused. */
static void check_encode(const struct dialect *dialect, const char *line, size_t n)
{
    char wire[WIRE_MAX];
    size_t size = dialect->encode(wire, sizeof wire, 10000, line, n);

    demand(size <= dialect->line_max && size <= sizeof wire);
    demand(size == 0 || wire[size - 1] == '\n');
}

/* The hash of all replies when the bytes come in pieces of n. */
static uint64_t read_in_pieces(const struct dialect *dialect, const char *bytes, size_t size,
                               size_t n)
{
    uint64_t hash = 14695981039346656037u;
    struct framer framer;
    struct description d;
    struct reply reply;

    framer_init(&framer);
    while (size > 0) {
        size_t left = size < n ? size : n, length;
        const char *at = bytes, *line;

        bytes += left;
        size -= left;
        while ((line = framer_next(&framer, &at, &left, &length)) != NULL) {
            demand(length > 0 && length <= FRAMER_LINE_MAX && strlen(line) == length);
            dialect->decode(line, length, &reply);
            demand(reply.text == line);
            check_bounds(&reply);
            check_encode(dialect, line, length);
            describe(&d, &reply);
            for (const char *p = d.text; *p != '\0'; p++)
                hash = (hash ^ (unsigned char)*p) * 1099511628211u;
        }
    }
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct dialect *dialect;

    for (size_t i = 0; (dialect = dialect_at(i)) != NULL; i++) {
        const uint64_t whole = read_in_pieces(dialect, (const char *)data, size, size + 1);

        demand(read_in_pieces(dialect, (const char *)data, size, 1) == whole);
        demand(read_in_pieces(dialect, (const char *)data, size, 7) == whole);
    }
    return 0;
}
