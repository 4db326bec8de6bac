/* SPDX-License-Identifier: Apache-2.0 */
/* "T:205.1 /205.0 B:60.0 /60.0 T0:205.1 /205.0 @:0 B@:0", "N12 P15 B15", "X:1.00 Y:2.00 Z:0.20
 * E:0". A colon tells a heater from a count: "B:60" is the bed, "B15" free slots; Prusa's "P:27.4"
 * is its probe's temperature, "P15" free planner blocks. */
#include "reply.h"
#include "scan.h"

#include <math.h>
#include <string.h>

/* A number that ends where a number may end: "2p0.00" is 200.00 with a damaged byte, and not 2. */
static const char *scan_whole(const char *p, double *value)
{
    const char *end = scan_number(scan_blanks(p), value);

    return end != NULL && (*end == '\0' || strchr(" \t/", *end) != NULL) ? end : NULL;
}

/* "205.1 /205.0" after the colon; the target may be glued or missing. The first mention wins: "T:"
 * is the active nozzle, "T0:" repeats it. What is damaged is not reported. */
static const char *read_heater(const char *p, struct heater_report *heater)
{
    double now, target = NAN;
    const char *end = scan_whole(p, &now);
    const char *slash;

    if (end == NULL)
        return p;
    slash = scan_blanks(end);
    if (*slash == '/') {
        end = scan_whole(slash + 1, &target);
        if (end == NULL)
            return slash + 1;
    }
    if (!heater->has) {
        heater->now = (float)now;
        heater->target = (float)target;
        heater->has = true;
    }
    return end;
}

/* "1.00" after "X:"; axes are read in order, a repeated one ("Count X:") is not. */
static const char *read_axis(const char *p, int axis, struct reply *reply)
{
    double value;
    const char *end = scan_number(scan_blanks(p), &value);

    if (end == NULL)
        return p;
    reply->position[axis] = value;
    reply->has_position = true;
    return end;
}

static const char *read_word(const char *p, struct reply *reply)
{
    const char letter = p[0];
    const char *end = NULL;

    if (letter == 'T' && p[1] == '0' && p[2] == ':')
        return read_heater(p + 3, &reply->nozzle);
    if (p[1] == ':') {
        if (letter == 'T')
            end = read_heater(p + 2, &reply->nozzle);
        else if (letter == 'B')
            end = read_heater(p + 2, &reply->bed);
        else if (letter >= 'X' && letter <= 'Z')
            end = read_axis(p + 2, letter - 'X', reply);
    } else if (letter == 'N') {
        end = scan_integer(p + 1, &reply->line);
    } else if (letter == 'P') {
        end = scan_int(p + 1, &reply->planner_free);
    } else if (letter == 'B') {
        end = scan_int(p + 1, &reply->slots_free);
    }
    return end != NULL ? end : p;
}

void reply_read_tools(const char *text, struct heater_report *tools, size_t n)
{
    for (const char *p = strchr(text, 'T'); p != NULL; p = strchr(p + 1, 'T')) {
        struct heater_report seen = {.has = false};
        int tool;
        const char *end = scan_int(p + 1, &tool);

        if (end == NULL || *end != ':' || tool < 0 || (size_t)tool >= n)
            continue;
        read_heater(end + 1, &seen);
        if (!seen.has)
            continue;
        tools[tool].has = true;
        tools[tool].now = seen.now;
        if (!isnan(seen.target))
            tools[tool].target = seen.target;
    }
}

void reply_read_fields(const char *text, struct reply *reply)
{
    const char *p = scan_blanks(text);

    while (*p != '\0') {
        if (scan_prefix(p, "Count") != NULL)
            return;
        p = read_word(p, reply);
        while (*p != '\0' && *p != ' ' && *p != '\t')
            p++;
        p = scan_blanks(p);
    }
}
