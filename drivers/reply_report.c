/* SPDX-License-Identifier: Apache-2.0 */
/* Grbl 1.1: <Run|MPos:1.516,0.000,0.000|Bf:14,128|FS:1200,500|Ov:100,100,100|A:S>
 * Grbl 0.9 and Smoothie: <Run,MPos:1.5160,0.0000,0.0000,WPos:1.5160,0.0000,0.0000>
 * Bf: planner blocks and receive bytes still free; F or FS: feed mm/min and spindle; WCO, Ov, A,
 * Pn, H, TLR come now and then and tell us nothing. */
#include "reply.h"
#include "scan.h"

#include <string.h>

static enum report_state state_named(const char *word, size_t n)
{
    static const struct {
        const char *word;
        enum report_state state;
    } states[] = {
        {"Idle", REPORT_IDLE},   {"Run", REPORT_RUN},     {"Hold", REPORT_HOLD},
        {"Jog", REPORT_JOG},     {"Alarm", REPORT_ALARM}, {"Door", REPORT_DOOR},
        {"Check", REPORT_CHECK}, {"Home", REPORT_HOME},   {"Sleep", REPORT_SLEEP},
        {"Tool", REPORT_TOOL},   {"Queue", REPORT_HOLD},
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strlen(states[i].word) == n && memcmp(states[i].word, word, n) == 0)
            return states[i].state;
    return REPORT_NONE;
}

static void read_position(const char *p, struct reply *reply)
{
    if (!reply->has_position && scan_numbers(p, reply->position, 3) == 3)
        reply->has_position = true;
}

static void read_buffer(const char *p, struct reply *reply)
{
    double free[2];

    if (scan_numbers(p, free, 2) != 2 || free[0] < 0 || free[0] > 65535 || free[1] < 0 ||
        free[1] > 65535)
        return;
    reply->planner_free = (int)free[0];
    reply->slots_free = (int)free[1];
    reply->has_buffer = true;
}

static void read_feed(const char *p, struct reply *reply)
{
    double rates[2] = {0, 0};

    if (scan_numbers(p, rates, 2) == 0)
        return;
    reply->feed = rates[0];
    reply->spindle = rates[1];
    reply->has_feed = true;
}

static void read_field(const char *p, struct reply *reply)
{
    const char *rest;

    if ((rest = scan_prefix(p, "MPos:")) != NULL || (rest = scan_prefix(p, "WPos:")) != NULL)
        read_position(rest, reply);
    else if ((rest = scan_prefix(p, "Bf:")) != NULL)
        read_buffer(rest, reply);
    else if ((rest = scan_prefix(p, "FS:")) != NULL || (rest = scan_prefix(p, "F:")) != NULL)
        read_feed(rest, reply);
}

void reply_read_report(const char *rest, struct reply *reply)
{
    const char *end = strchr(rest, '>');
    size_t n = strcspn(rest, ":|,>");

    reply->state = state_named(rest, n);
    if (end == NULL || end[1] != '\0' || reply->state == REPORT_NONE) {
        reply->state = REPORT_NONE;
        reply->kind = REPLY_NOISE;
        return;
    }
    rest += n;
    if (*rest == ':')
        scan_int(rest + 1, &reply->substate);
    for (; *rest != '\0'; rest++)
        if (*rest == '|' || *rest == ',')
            read_field(rest + 1, reply);
}
