/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "login_room.h"

struct entry *entry_begin(struct people *people, const char *kind, const char *account,
                          const struct login_asker *asker)
{
    struct entry *entry = people->store != NULL ? calloc(1, sizeof *entry) : NULL;
    struct login_result result = {.err = ERR_BUSY,
                                  .text = "usined is stopping, or out of memory: try again"};

    if (entry == NULL) {
        asker->done(asker->context, &result);
        return NULL;
    }
    entry->people = people;
    entry->kind = kind;
    snprintf(entry->account, sizeof entry->account, "%s", account);
    snprintf(entry->address, sizeof entry->address, "%s", asker->origin->address);
    snprintf(entry->where, sizeof entry->where, "%s", asker->origin->address);
    snprintf(entry->agent, sizeof entry->agent, "%s", asker->origin->agent);
    entry->done = asker->done;
    entry->context = asker->context;
    return entry;
}

static void tell(struct entry *entry, const struct login_result *result)
{
    entry->done(entry->context, result);
    sodium_memzero(entry, sizeof *entry);
    free(entry);
}

void entry_refuse(struct entry *entry, enum err err, const char *field, const char *text)
{
    struct login_result result = {.err = err, .field = field, .text = text, .cookie = ""};

    tell(entry, &result);
}

static struct attempt attempt_of(const struct entry *entry)
{
    return (struct attempt){entry->kind, entry->account, entry->where};
}

bool entry_allowed(struct entry *entry)
{
    struct attempt attempt = attempt_of(entry);
    struct login_result result = {.err = ERR_TOO_MANY, .cookie = ""};
    char text[120];

    result.retry_ms =
        limits_try(&entry->people->limits, &attempt, clock_mono(entry->people->clock));
    if (result.retry_ms == 0)
        return true;
    snprintf(text, sizeof text, "too many tries: wait %lld s, then try again",
             (long long)(result.retry_ms + 999) / 1000);
    result.text = text;
    tell(entry, &result);
    return false;
}

void entry_passed(struct entry *entry)
{
    struct attempt attempt = attempt_of(entry);

    limits_passed(&entry->people->limits, &attempt);
}

struct session *entry_session(struct people *people, int64_t id)
{
    for (struct list *n = people->sessions.prev; n != &people->sessions; n = n->prev)
        if (list_entry(n, struct session, node)->id == id)
            return list_entry(n, struct session, node);
    return NULL;
}

void entry_written(void *context, enum err err, const char *text)
{
    struct entry *entry = context;
    struct login_result result = {.err = err, .text = text, .cookie = entry->cookie};

    result.session = err == ERR_OK ? entry_session(entry->people, entry->session) : NULL;
    if (err == ERR_OK && result.session == NULL) {
        result.err = ERR_UNAUTHORIZED;
        result.text = "the session has ended meanwhile: log in again";
    }
    tell(entry, &result);
}

void entry_open(struct entry *entry)
{
    struct people *people = entry->people;
    const struct origin origin = {entry->address, entry->agent};
    struct person *person = person_of(people, entry->person);
    struct session *session =
        person != NULL ? session_open(people, person, entry->tablet, &origin, entry->cookie) : NULL;

    if (session == NULL) {
        entry_refuse(entry, ERR_BUSY, NULL, "too many sessions are open: try again in a minute");
        return;
    }
    entry->session = session->id;
    session_write(people, session, entry_written, entry);
}
