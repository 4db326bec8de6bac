/* SPDX-License-Identifier: Apache-2.0 */
#include "reply.h"

#include <string.h>

#include "scan.h"

const char *reply_kind_name(enum reply_kind kind)
{
    switch (kind) {
    case REPLY_NOISE:
        return "noise";
    case REPLY_ACK:
        return "ack";
    case REPLY_RESEND:
        return "resend";
    case REPLY_ERROR_LINK:
        return "error-link";
    case REPLY_REJECT:
        return "reject";
    case REPLY_ALARM:
        return "alarm";
    case REPLY_HELLO:
        return "hello";
    case REPLY_BUSY:
        return "busy";
    case REPLY_WAITS_PERSON:
        return "waits-person";
    case REPLY_REPORT:
        return "report";
    case REPLY_HEATING:
        return "heating";
    case REPLY_WAIT:
        return "wait";
    case REPLY_FATAL:
        return "fatal";
    case REPLY_STOPPED:
        return "stopped";
    case REPLY_UNKNOWN:
        return "unknown";
    case REPLY_OVERFLOW:
        return "overflow";
    case REPLY_ACTION:
        return "action";
    case REPLY_IDENTITY:
        return "identity";
    case REPLY_OPTIONS:
        return "options";
    case REPLY_SETTING:
        return "setting";
    case REPLY_MESSAGE:
        return "message";
    case REPLY_POSITION:
        return "position";
    case REPLY_SD_BEGIN:
        return "sd-begin";
    case REPLY_SD_END:
        return "sd-end";
    }
    return "?";
}

void reply_begin(struct reply *reply, const char *line)
{
    static const struct reply nothing = {
        .kind = REPLY_NOISE,
        .line = -1,
        .planner_free = -1,
        .slots_free = -1,
        .code = -1,
        .substate = -1,
    };

    *reply = nothing;
    reply->text = line;
}

void reply_walk(const struct reply_row *rows, size_t n, struct reply *reply)
{
    for (size_t i = 0; i < n; i++) {
        const char *rest = scan_prefix(reply->text, rows[i].prefix);

        if (rest == NULL)
            continue;
        reply->kind = rows[i].kind;
        if (rows[i].read != NULL)
            rows[i].read(rest, reply);
        return;
    }
}

bool reply_read_ok(const char *text, struct reply *reply)
{
    if (text[0] != 'o' || text[1] != 'k')
        return false;
    if (text[2] >= 'a' && text[2] <= 'z') /* "okay" is a word, not an answer */
        return false;
    reply->kind = REPLY_ACK;
    if (text[2] != '\0')
        reply_read_fields(text + 2, reply);
    return true;
}

void reply_read_resend(const char *rest, struct reply *reply)
{
    while (*rest == ' ' || *rest == '\t' || *rest == ':')
        rest++;
    if (*rest == 'N' || *rest == 'n')
        rest = scan_blanks(rest + 1);
    scan_integer(rest, &reply->line);
}

void reply_read_action(const char *rest, struct reply *reply)
{
    static const struct {
        const char *word;
        enum machine_action action;
    } actions[] = {
        {"pause", MACHINE_ACTION_PAUSE},          {"paused", MACHINE_ACTION_PAUSED},
        {"resume", MACHINE_ACTION_RESUME},        {"resumed", MACHINE_ACTION_RESUMED},
        {"cancel", MACHINE_ACTION_CANCEL},        {"disconnect", MACHINE_ACTION_DISCONNECT},
        {"prompt_begin", MACHINE_ACTION_PROMPT},  {"prompt_choice", MACHINE_ACTION_PROMPT},
        {"prompt_button", MACHINE_ACTION_PROMPT}, {"prompt_show", MACHINE_ACTION_PROMPT},
        {"prompt_end", MACHINE_ACTION_PROMPT},
    };
    size_t n;

    rest = scan_blanks(rest);
    n = strcspn(rest, " \t:");
    reply->action = MACHINE_ACTION_OTHER;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strlen(actions[i].word) == n && memcmp(actions[i].word, rest, n) == 0)
            reply->action = actions[i].action;
}
