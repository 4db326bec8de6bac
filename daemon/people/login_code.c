/* SPDX-License-Identifier: Apache-2.0 */
/* One-time codes: an invitation, and the code that makes the first admin. A code is void once the
 * password it was for is written down. */
#include <stdio.h>
#include <string.h>

#include "login_room.h"

static const char bad_code[] =
    "this link is not valid any more: ask for a new one (usine user invite LOGIN)";

static void on_person_written(void *context, enum err err, const char *text)
{
    struct entry *entry = context;
    const struct person *person;

    if (err != ERR_OK) {
        entry_refuse(entry, err, err == ERR_INVALID || err == ERR_REFUSED ? "login" : NULL, text);
        return;
    }
    person = person_find(entry->people, entry->spec.login);
    entry->person = person != NULL ? person->id : 0;
    entry_passed(entry);
    entry_open(entry);
}

/* Who holds this code, now; NULL. */
static struct person *invited(struct people *people, const struct secret_hash *hash)
{
    int64_t now = clock_wall(people->clock);

    for (struct list *n = people->persons.next; n != &people->persons; n = n->next) {
        struct person *person = list_entry(n, struct person, node);

        if (person->invite_ms > now && !person->disabled && secret_same(&person->invite, hash))
            return person;
    }
    return NULL;
}

static bool hashed(struct entry *entry, enum err err)
{
    if (entry->people->store == NULL)
        err = ERR_BUSY;
    if (err != ERR_OK)
        entry_refuse(entry, err, NULL, err_words(err));
    return err == ERR_OK;
}

static void on_invited_hash(void *context, enum err err, bool right, const char *hash)
{
    struct entry *entry = context;
    struct person *person;

    (void)right;
    if (!hashed(entry, err))
        return;
    person = invited(entry->people, &entry->spec.invite); /* still? */
    if (person == NULL) {
        entry_refuse(entry, ERR_UNAUTHORIZED, "code", bad_code);
        return;
    }
    entry->spec = *person;
    entry->spec.invite_ms = 0;
    snprintf(entry->spec.password, sizeof entry->spec.password, "%s", hash);
    /* Whoever knew the old password is out. */
    session_end(entry->people, person, 0, NULL, NULL);
    person_set(entry->people, &entry->spec, on_person_written, entry);
}

static void refuse_password(struct entry *entry, const char *why)
{
    entry_passed(entry); /* the code was right */
    entry_refuse(entry, ERR_INVALID, "password", why);
}

static void make(struct entry *entry, const char *password, password_done done)
{
    enum err err = password_make(&entry->people->passwords, password, done, entry);

    if (err != ERR_OK)
        entry_refuse(entry, err, NULL, "many log in at this moment: try again");
}

void login_invited(struct people *people, const char *code, const char *password,
                   const struct login_asker *asker)
{
    struct entry *entry = entry_begin(people, "code", "", asker);
    const struct person *person;
    const char *why;

    if (entry == NULL || !entry_allowed(entry))
        return;
    entry->spec.invite = secret_hash("", code);
    person = invited(people, &entry->spec.invite);
    if (person == NULL)
        entry_refuse(entry, ERR_UNAUTHORIZED, "code", bad_code);
    else if (!person_password_good(password, person->login, &why))
        refuse_password(entry, why);
    else
        make(entry, password, on_invited_hash);
}

static void on_first_hash(void *context, enum err err, bool right, const char *hash)
{
    struct entry *entry = context;
    char unused[SECRET_TEXT_SIZE];

    (void)right;
    if (!hashed(entry, err))
        return;
    if (people_has_admin(entry->people)) {
        entry_refuse(entry, ERR_UNAUTHORIZED, "code", bad_code);
        return;
    }
    snprintf(entry->spec.password, sizeof entry->spec.password, "%s", hash);
    person_add(entry->people, &entry->spec, unused, on_person_written, entry);
}

void login_first(struct people *people, const char *code, const struct person *spec,
                 const char *password, const struct login_asker *asker)
{
    struct entry *entry = entry_begin(people, "code", "", asker);
    struct secret_hash hash = secret_hash("", code);
    const char *why;

    if (entry == NULL || !entry_allowed(entry))
        return;
    entry->spec = *spec;
    entry->spec.roles = (struct roles){.all = ROLE_ADMIN};
    if (!people->has_first || people_has_admin(people) || !secret_same(&people->first, &hash))
        entry_refuse(entry, ERR_UNAUTHORIZED, "code",
                     "this link is not valid any more: the newest stands in the log and in "
                     "STATE/first-admin; once there is an admin, none is");
    else if (!person_password_good(password, spec->login, &why))
        refuse_password(entry, why);
    else
        make(entry, password, on_first_hash);
}
