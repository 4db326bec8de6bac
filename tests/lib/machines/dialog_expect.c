/* SPDX-License-Identifier: Apache-2.0 */
#include "dialog_expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the machine is like in the word's respect, as text. */
static bool describe(struct dialog *d, const char *word, char *out, size_t size)
{
    struct machine_view v;
    const struct event *ended = rig_event(&d->rig, EVENT_RUN_ENDED);
    const struct event *answer = rig_event(&d->rig, EVENT_ANSWER);
    const char *waits;
    size_t n;

    machine_view(&d->rig.machine, &v);
    waits = waiting_for_name(v.waiting_for);
    if (strcmp(word, "state") == 0)
        snprintf(out, size, "%s", machine_state_name(v.state));
    else if (strcmp(word, "bed") == 0)
        snprintf(out, size, "%s", bed_state_name(v.bed));
    else if (strcmp(word, "waiting") == 0)
        snprintf(out, size, "%s", waits == NULL ? "nothing" : waits);
    else if (strcmp(word, "flags") == 0)
        snprintf(out, size, "%s%s%s%s", v.flags & FLAG_QUARANTINED ? "quarantined " : "",
                 v.flags & FLAG_OUT_OF_SERVICE ? "out " : "",
                 v.flags & FLAG_NOT_READY ? "not-ready " : "", v.flags == 0 ? "none" : "");
    else if (strcmp(word, "line") == 0)
        snprintf(out, size, "%llu", (unsigned long long)d->rig.machine.stream.acked);
    else if (strcmp(word, "resends") == 0)
        snprintf(out, size, "%llu", (unsigned long long)v.resends);
    else if (strcmp(word, "outcome") == 0)
        snprintf(out, size, "%s", ended == NULL ? "none" : run_outcome_name(ended->outcome));
    else if (strcmp(word, "reason") == 0)
        snprintf(out, size, "%s", ended == NULL ? "none" : ended->reason);
    else if (strcmp(word, "message") == 0)
        snprintf(out, size, "%s", v.message);
    else if (strcmp(word, "answer") == 0)
        snprintf(out, size, "%s %s", answer == NULL ? "none" : err_key(answer->err),
                 answer == NULL ? "" : answer->reason);
    else if (strcmp(word, "tools") == 0)
        for (int i = 0; i < v.tool_count; i++, out += n, size -= n)
            n = (size_t)snprintf(out, size, "%s%.0f/%.0f", i > 0 ? " " : "", (double)v.tools[i][0],
                                 (double)v.tools[i][1]);
    else if (strcmp(word, "link") == 0)
        snprintf(out, size, "%s", d->rig.machine.link == NULL ? "closed" : "open");
    else if (strcmp(word, "heating") == 0)
        snprintf(out, size, "%d", d->rig.site.heating);
    else
        return false;
    return true;
}

bool dialog_expect(struct dialog *d, const char *words)
{
    char word[16] = "", have[256];
    int at = 0;
    bool part;

    sscanf(words, "%15s %n", word, &at);
    part = strcmp(word, "message") == 0 || strcmp(word, "reason") == 0 ||
           strcmp(word, "answer") == 0 || strcmp(word, "flags") == 0;
    if (at == 0 || !describe(d, word, have, sizeof have)) {
        snprintf(d->fault, sizeof d->fault, "nothing to expect: %s", words);
        return false;
    }
    if (part ? strstr(have, words + at) != NULL : strcmp(have, words + at) == 0)
        return true;
    snprintf(d->fault, sizeof d->fault, "%s is \"%s\", \"%s\" was expected", word, have,
             words + at);
    return false;
}

/* What is wrong with the orders that follow. */
static bool set_twist(struct rig *rig, const char *words)
{
    struct rig_twist *t = &rig->twist;
    char word[16] = "";
    double value = 0;

    if (strcmp(words, "hash wrong") == 0) {
        t->wrong_hash = true;
        return true;
    }
    if (strcmp(words, "pool stalled") == 0 || strcmp(words, "pool running") == 0) {
        rig->stall = strcmp(words, "pool stalled") == 0;
        return true;
    }
    if (sscanf(words, "%15s %lf", word, &value) != 2)
        return false;
    if (strcmp(word, "pace") == 0) {
        rig->pace = (int64_t)value;
        rig->paced_at = rig->now;
        return true;
    }
    if (strcmp(word, "age") == 0)
        t->age_ms = (int64_t)(value * 1000);
    else if (strcmp(word, "away") == 0)
        t->away_ms = (int64_t)(value * 1000);
    else if (strcmp(word, "lines") == 0)
        t->lines = (uint64_t)value;
    else if (strcmp(word, "clock") == 0)
        rig->wall += (int64_t)(value * 1000);
    else if (strcmp(word, "held") == 0)
        t->held = value > 0;
    else if (strcmp(word, "acked") == 0)
        t->acked = (uint64_t)value;
    else if (strcmp(word, "consent") == 0)
        t->consent = (int64_t)value;
    else if (strcmp(word, "consent-age") == 0)
        t->consent_age_ms = (int64_t)(value * 1000);
    else if (strcmp(word, "consent-hold") == 0)
        t->consent_hold_ms = (int64_t)(value * 1000);
    else if (strcmp(word, "nozzle") == 0)
        t->nozzle_c = value;
    else if (strcmp(word, "bed") == 0)
        t->bed_c = value;
    else if (strcmp(word, "reach") == 0)
        t->reach_mm = value;
    else
        return false;
    return true;
}

bool dialog_set(struct dialog *d, const char *words)
{
    if (strncmp(words, "caps ", 5) == 0)
        snprintf(d->caps, sizeof d->caps, "%s\n", words + 5);
    else if (strncmp(words, "board ", 6) == 0)
        snprintf(d->board, sizeof d->board, "%s", words + 6);
    else if (strncmp(words, "$30 ", 4) == 0)
        d->s_max = strtod(words + 4, NULL);
    else if (strncmp(words, "$32 ", 4) == 0)
        d->laser_mode = strtod(words + 4, NULL) + 1;
    else if (strcmp(words, "m3 1") == 0)
        d->rig.own.profile.m3_allowed = true;
    else if (strcmp(words, "$22 1") == 0)
        d->homing = true;
    else if (strncmp(words, "report", 6) == 0)
        snprintf(d->report, sizeof d->report, "%s", words[6] == ' ' ? words + 7 : "");
    else if (strcmp(words, "advanced") == 0)
        d->advanced = true;
    else if (strncmp(words, "tools ", 6) == 0)
        d->rig.own.profile.tools = atoi(words + 6);
    else if (strncmp(words, "max-heating ", 12) == 0)
        d->rig.site.max_heating = atoi(words + 12);
    else if (strncmp(words, "heating ", 8) == 0)
        d->rig.site.heating = atoi(words + 8);
    else
        return set_twist(&d->rig, words);
    return true;
}

static void say(struct dialog *d, const char *text)
{
    rig_say(&d->rig, text, strlen(text));
}

bool dialog_reply(struct dialog *d, const char *line)
{
    char text[400];

    if (strcmp(line, "^X") == 0 || strcmp(line, "!") == 0 || strcmp(line, "~") == 0)
        return true;
    if (strcmp(line, "M115") == 0) {
        snprintf(text, sizeof text, "FIRMWARE_NAME:Marlin 2.1.2.7 MACHINE_TYPE:%s\n%sok\n",
                 d->board[0] == '\0' ? "Rig" : d->board, d->caps);
    } else if (strncmp(line, "N5 M105", 7) == 0) {
        snprintf(text, sizeof text,
                 "Error:Line Number is not Last Line Number+1, Last Line: %u\nResend: %u\nok\n",
                 d->last, d->last + 1);
    } else if (strcmp(line, "M105") == 0) {
        snprintf(text, sizeof text, "ok T:20.0 /0.0 B:20.0 /0.0 @:0 B@:0\n");
    } else if (strcmp(line, "$I") == 0) {
        snprintf(text, sizeof text, "[VER:1.1h.20190830:%s]\n[OPT:V,15,128]\nok\n", d->board);
    } else if (strcmp(line, "$$") == 0) {
        snprintf(text, sizeof text, "$22=%d\n$30=%.0f\n$32=%.0f\nok\n", d->homing ? 1 : 0,
                 d->s_max > 0 ? d->s_max : 1000, d->laser_mode > 0 ? d->laser_mode - 1 : 1);
    } else {
        snprintf(text, sizeof text, "ok\n");
    }
    say(d, text);
    if (!d->rig.machine.dialect->numbered)
        say(d, "<Idle|MPos:0.000,0.000,0.000|FS:0,0>\n");
    return true;
}
