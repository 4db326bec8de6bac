/* SPDX-License-Identifier: Apache-2.0 */
#include "login.h"

#include <stdio.h>
#include <string.h>

#include "login_room.h"

static void on_checked(void *context, enum err err, bool right, const char *hash)
{
    struct entry *entry = context;
    struct session *session;

    (void)hash;
    if (entry->people->store == NULL) {
        entry_refuse(entry, ERR_BUSY, NULL, "usined is stopping: try again when it is back");
        return;
    }
    if (err != ERR_OK || !right || entry->person == 0 ||
        person_of(entry->people, entry->person) == NULL) {
        entry_refuse(entry, err != ERR_OK ? err : ERR_UNAUTHORIZED, entry->kind,
                     strcmp(entry->kind, "pin") == 0 ? "this is not the PIN"
                                                     : "login or password is wrong");
        return;
    }
    entry_passed(entry);
    if (entry->session == 0) {
        entry_open(entry);
        return;
    }
    session = entry_session(entry->people, entry->session);
    if (session == NULL) {
        entry_written(entry, ERR_OK, "");
        return;
    }
    session->auth_ms = session->seen_ms = clock_wall(entry->people->clock);
    session_write(entry->people, session, entry_written, entry);
}

static void check(struct entry *entry, const char *text, const char *hash)
{
    enum err err;

    if (!entry_allowed(entry))
        return;
    err = password_check(&entry->people->passwords, text, hash, on_checked, entry);
    if (err != ERR_OK)
        entry_refuse(entry, err, NULL, "many log in at this moment: try again");
}

void login_password(struct people *people, const char *login, const char *password,
                    const struct login_asker *asker)
{
    struct entry *entry = entry_begin(people, "password", login, asker);
    const struct person *person = person_find(people, login);

    if (entry == NULL)
        return;
    if (person != NULL && !person->disabled && person->password[0] != '\0')
        entry->person = person->id;
    check(entry, password, entry->person != 0 ? person->password : "");
}

void login_pin(struct people *people, const struct tablet *tablet, const char *login,
               const char *pin, const struct login_asker *asker)
{
    struct entry *entry = entry_begin(people, "pin", login, asker);
    const struct person *person = person_find(people, login);

    if (entry == NULL)
        return;
    entry->tablet = tablet->id;
    /* A workshop's tablets share one address. */
    snprintf(entry->where, sizeof entry->where, "tablet %lld", (long long)tablet->id);
    if (person != NULL && !person->disabled && person->pin[0] != '\0' &&
        roles_at(&person->roles, tablet->site) != ROLE_UNSET)
        entry->person = person->id;
    check(entry, pin, entry->person != 0 ? person->pin : "");
}

void login_again(struct people *people, const struct session *session, const char *text,
                 const struct login_asker *asker)
{
    bool pin = session->tablet != 0;
    struct entry *entry =
        entry_begin(people, pin ? "pin" : "password", session->person->login, asker);

    if (entry == NULL)
        return;
    entry->person = session->person->id;
    entry->session = session->id;
    if (pin)
        snprintf(entry->where, sizeof entry->where, "tablet %lld", (long long)session->tablet);
    check(entry, text, pin ? session->person->pin : session->person->password);
}
