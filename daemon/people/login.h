/* SPDX-License-Identifier: Apache-2.0 */
/* Getting in: by password, by PIN on a tablet, by a one-time code. Tries are limited (limits.h),
 * and a name that nobody has costs the same work as one that somebody has. */
#ifndef USINE_PEOPLE_LOGIN_H
#define USINE_PEOPLE_LOGIN_H

#include "session.h"
#include "tablet.h"

struct login_result {
    enum err err;       /* ERR_OK; ERR_UNAUTHORIZED: wrong; ERR_TOO_MANY: wait; ERR_INVALID; … */
    const char *field;  /* at fault: "password"; NULL */
    const char *text;   /* for people */
    int64_t retry_ms;   /* ERR_TOO_MANY */
    const char *cookie; /* of the session that was opened; "" : the one there was goes on */
    const struct session *session; /* NULL unless ERR_OK */
};

typedef void (*login_done)(void *context, const struct login_result *result);

/* Who asks to be told, and where the request comes from. */
struct login_asker {
    const struct origin *origin;
    login_done done;
    void *context;
};

/* Opens a session by password. */
void login_password(struct people *people, const char *login, const char *password,
                    const struct login_asker *asker);

/* Opens a session on a tablet, for somebody with a role at its site. */
void login_pin(struct people *people, const struct tablet *tablet, const char *login,
               const char *pin, const struct login_asker *asker);

/* The password of a session's person again, or the PIN: it then counts as just given. */
void login_again(struct people *people, const struct session *session, const char *text,
                 const struct login_asker *asker);

/* Sets the password of whom the code invites, ends their sessions and opens a new one. */
void login_invited(struct people *people, const char *code, const char *password,
                   const struct login_asker *asker);

/* Makes the first admin (login, name, language of spec) and opens a session. */
void login_first(struct people *people, const char *code, const struct person *spec,
                 const char *password, const struct login_asker *asker);

/* Sets another password for a session's person, who gives the old one, and ends their other
 * sessions; sets a PIN ("" takes it away). The session goes on. */
void login_set_password(struct people *people, const struct session *session, const char *old,
                        const char *password, const struct login_asker *asker);
void login_set_pin(struct people *people, const struct session *session, const char *pin,
                   const struct login_asker *asker);

#endif
