/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own password and PIN: the old password is checked, the new one hashed, then both the
 * person and the end of the other sessions are written. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "login_room.h"

static void on_set(void *context, enum err err, const char *text)
{
    entry_written(context, err, text);
}

/* The person as they are now, to be changed; false: gone, or we are stopping, and it was told. */
static bool take_person(struct entry *entry, enum err err)
{
    struct person *person = person_of(entry->people, entry->person);

    if (err == ERR_OK && entry->people->store == NULL)
        err = ERR_BUSY;
    if (err == ERR_OK && person == NULL)
        err = ERR_NOT_FOUND;
    if (err != ERR_OK) {
        entry_refuse(entry, err, NULL, err_words(err));
        return false;
    }
    entry->spec = *person;
    return true;
}

static void end_others(struct entry *entry)
{
    const struct person *person = person_of(entry->people, entry->person);
    const struct session *next, *session = session_next(entry->people, person, NULL);

    for (; session != NULL; session = next) {
        next = session_next(entry->people, person, session);
        if (session->id != entry->session)
            session_end(entry->people, person, session->id, NULL, NULL);
    }
}

static void on_new_hash(void *context, enum err err, bool right, const char *hash)
{
    struct entry *entry = context;
    bool pin = strcmp(entry->kind, "pin") == 0;

    (void)right;
    if (!take_person(entry, err))
        return;
    snprintf(pin ? entry->spec.pin : entry->spec.password, PASSWORD_HASH_SIZE, "%s", hash);
    if (!pin)
        end_others(entry);
    person_set(entry->people, &entry->spec, on_set, entry);
}

static void make(struct entry *entry)
{
    enum err err = password_make(&entry->people->passwords, entry->wanted, on_new_hash, entry);

    sodium_memzero(entry->wanted, sizeof entry->wanted);
    if (err != ERR_OK)
        entry_refuse(entry, err, NULL, "many log in at this moment: try again");
}

static void on_old_checked(void *context, enum err err, bool right, const char *hash)
{
    struct entry *entry = context;

    (void)hash;
    if (err == ERR_OK && !right) {
        entry_refuse(entry, ERR_UNAUTHORIZED, "old", "this is not the old password");
        return;
    }
    if (!take_person(entry, err))
        return;
    entry_passed(entry);
    make(entry);
}

static struct entry *begin(struct people *people, const char *kind, const struct session *session,
                           const struct login_asker *asker)
{
    struct entry *entry = entry_begin(people, kind, session->person->login, asker);

    if (entry != NULL) {
        entry->person = session->person->id;
        entry->session = session->id;
    }
    return entry;
}

void login_set_password(struct people *people, const struct session *session, const char *old,
                        const char *password, const struct login_asker *asker)
{
    struct entry *entry = begin(people, "password", session, asker);
    const char *why;
    enum err err;

    if (entry == NULL)
        return;
    if (!person_password_good(password, session->person->login, &why)) {
        entry_refuse(entry, ERR_INVALID, "password", why);
        return;
    }
    if (!entry_allowed(entry))
        return;
    snprintf(entry->wanted, sizeof entry->wanted, "%s", password);
    err = password_check(&people->passwords, old, session->person->password, on_old_checked, entry);
    if (err != ERR_OK)
        entry_refuse(entry, err, NULL, "many log in at this moment: try again");
}

void login_set_pin(struct people *people, const struct session *session, const char *pin,
                   const struct login_asker *asker)
{
    struct entry *entry = begin(people, "pin", session, asker);
    const char *why;

    if (entry == NULL)
        return;
    if (*pin == '\0') {
        on_new_hash(entry, ERR_OK, true, "");
    } else if (!person_pin_good(pin, &why)) {
        entry_refuse(entry, ERR_INVALID, "pin", why);
    } else {
        snprintf(entry->wanted, sizeof entry->wanted, "%s", pin);
        make(entry);
    }
}
