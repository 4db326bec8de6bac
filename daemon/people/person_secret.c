/* SPDX-License-Identifier: Apache-2.0 */
/* What lets a person in: invitations, passwords, PINs. */
#include <string.h>

#include "room.h"

enum { PASSWORD_LEAST = 10, PIN_LEAST = 4, PIN_MOST = 8 };

void person_invite(struct people *people, struct person *wanted, char code[SECRET_TEXT_SIZE])
{
    secret_make(code);
    wanted->invite = secret_hash("", code);
    wanted->invite_ms = clock_wall(people->clock) + PERSON_INVITE_MS;
}

static bool all_the_same(const char *text)
{
    return strspn(text, (char[]){text[0], '\0'}) == strlen(text);
}

bool person_password_good(const char *text, const char *login, const char **why)
{
    *why = "a password has 10 characters or more; a few words are best";
    if (strlen(text) < PASSWORD_LEAST || strlen(text) >= PASSWORD_TEXT_SIZE)
        return false;
    *why = "this password is guessed at once: not the login, not the same letter again and again";
    return !all_the_same(text) && (strlen(login) < 4 || strstr(text, login) == NULL);
}

bool person_pin_good(const char *text, const char **why)
{
    size_t n = strlen(text);

    *why = "a PIN has 4 to 8 digits, not all the same and not 1234";
    return n >= PIN_LEAST && n <= PIN_MOST && strspn(text, "0123456789") == n &&
           !all_the_same(text) && strncmp("12345678", text, n) != 0 &&
           strncmp("87654321", text, n) != 0;
}

bool people_first_code(struct people *people, char code[SECRET_TEXT_SIZE])
{
    if (people_has_admin(people))
        return false;
    secret_make(code);
    people->first = secret_hash("", code);
    people->has_first = true;
    return true;
}
