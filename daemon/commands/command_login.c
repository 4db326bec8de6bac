/* SPDX-License-Identifier: Apache-2.0 */
/* Getting in: password, PIN, one-time links; and the password again before dangerous acts. */
#include "people/login.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access.h"
#include "people_json.h"
#include "record.h"
#include "rows.h"

enum { CODE_SIZE = 64 };

struct login_args {
    char login[LOGIN_SIZE];
    char name[PERSON_NAME_SIZE];
    char language[3];
    char code[CODE_SIZE];
    char password[PASSWORD_TEXT_SIZE];
    char pin[16];
};

#define TEXT_FIELD(field, more, words)                                                             \
    {                                                                                              \
        .name = #field, .type = JSON_STRING, .offset = offsetof(struct login_args, field),         \
        .size = sizeof(((struct login_args *)0)->field), more.help = words                         \
    }
#define NEEDED .required = true, .min = 1,
#define SECRET .required = true, .min = 1, .secret = true,
#define OPTIONAL

static const struct json_field login_fields[] = {
    TEXT_FIELD(login, NEEDED, "who"),
    TEXT_FIELD(password, SECRET, "their password"),
};

static const struct json_field pin_fields[] = {
    TEXT_FIELD(login, NEEDED, "who"),
    TEXT_FIELD(pin, SECRET, "their PIN"),
};

static const struct json_field again_fields[] = {
    {.name = "password",
     .type = JSON_STRING,
     .offset = offsetof(struct login_args, password),
     .size = PASSWORD_TEXT_SIZE,
     .secret = true,
     .help = "your password"},
    {.name = "pin",
     .type = JSON_STRING,
     .offset = offsetof(struct login_args, pin),
     .size = 16,
     .secret = true,
     .help = "on a tablet: your PIN"},
};

static const struct json_field first_fields[] = {
    TEXT_FIELD(code, SECRET, "the code of the link that usined printed"),
    TEXT_FIELD(login, NEEDED, "a-z 0-9 - _ . ; it is never changed"),
    TEXT_FIELD(name, NEEDED, "what people call you"),
    TEXT_FIELD(password, SECRET, "10 characters or more"),
    {.name = "language",
     .type = JSON_STRING,
     .offset = offsetof(struct login_args, language),
     .size = 3,
     .words = "fr en",
     .preset = "\"fr\"",
     .help = "of pages and mails"},
};

static const struct json_field invitation_fields[] = {
    TEXT_FIELD(code, SECRET, "the code of the link you were given"),
    TEXT_FIELD(password, SECRET, "10 characters or more"),
};
#undef TEXT_FIELD
#undef NEEDED
#undef SECRET
#undef OPTIONAL

/* A question that waits for the pool and the store. */
struct entering {
    struct answer *answer;
    struct caller caller;
    struct origin origin; /* points into caller */
    struct login_asker asker;
    bool first; /* the link in the state folder has been used */
};

static void forget_first_link(const struct office *office)
{
    char path[512];

    snprintf(path, sizeof path, "%s/first-admin", office->config->state);
    unlink(path);
}

static void on_entered(void *context, const struct login_result *result)
{
    struct entering *entering = context;
    struct answer *answer = entering->answer;
    struct office *office = answer->office;
    char csrf[CALLER_CSRF_SIZE];
    struct who who = {.kind = WHO_PERSON, .session = (struct session *)(uintptr_t)result->session};

    if (result->err == ERR_TOO_MANY) {
        answer_too_many(answer, (result->retry_ms + 999) / 1000, result->text);
    } else if (result->err != ERR_OK) {
        answer_fault(answer, result->err, result->field, result->text, NULL);
    } else {
        snprintf(csrf, sizeof csrf, "%s", entering->caller.session_csrf);
        if (result->cookie[0] != '\0') {
            caller_csrf(result->cookie, csrf);
            answer->session = (struct answer_cookie){.set = true, .age_s = SESSION_MS / 1000};
            snprintf(answer->session.value, sizeof answer->session.value, "%s", result->cookie);
        }
        who.person = result->session->person;
        if (result->session->tablet != 0) {
            who.kind = WHO_PIN;
            who.tablet = tablet_find(office->people, &entering->caller.pass.tablet);
        }
        record_who(answer->record, who.person->login);
        if (entering->first)
            forget_first_link(office);
        answer_json(answer, me_to_json(&who, who.person->login, csrf, clock_wall(office->clock)));
    }
    free(entering);
}

/* NULL: no memory, and the answer was given. */
static struct entering *begin(const struct call *call, struct answer *answer)
{
    struct entering *entering = calloc(1, sizeof *entering);

    if (entering == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return NULL;
    }
    entering->answer = answer;
    entering->caller = *call->caller;
    entering->origin = (struct origin){entering->caller.address, entering->caller.agent};
    entering->asker = (struct login_asker){&entering->origin, on_entered, entering};
    return entering;
}

static void run_login(struct office *office, const struct call *call, struct answer *answer)
{
    const struct login_args *args = call->args;
    struct entering *entering = begin(call, answer);

    if (entering != NULL)
        login_password(office->people, args->login, args->password, &entering->asker);
}

static void run_pin(struct office *office, const struct call *call, struct answer *answer)
{
    const struct login_args *args = call->args;
    const struct pass *pass = &call->caller->pass;
    const struct tablet *tablet =
        pass->has_tablet ? tablet_find(office->people, &pass->tablet) : NULL;
    struct entering *entering;

    if (tablet == NULL) {
        answer_fail(answer, ERR_UNAUTHORIZED,
                    "a PIN holds on a paired tablet only: pair this one, or log in by password");
        return;
    }
    entering = begin(call, answer);
    if (entering != NULL)
        login_pin(office->people, tablet, args->login, args->pin, &entering->asker);
}

static void run_again(struct office *office, const struct call *call, struct answer *answer)
{
    const struct login_args *args = call->args;
    struct who who = who_find(office->people, &call->caller->pass);
    struct entering *entering;

    if (who.session == NULL) {
        answer_fail(answer, ERR_REFUSED, "only who has logged in by password or PIN");
        return;
    }
    entering = begin(call, answer);
    if (entering != NULL)
        login_again(office->people, who.session, who.kind == WHO_PIN ? args->pin : args->password,
                    &entering->asker);
}

static void run_first(struct office *office, const struct call *call, struct answer *answer)
{
    const struct login_args *args = call->args;
    struct person spec = {0};
    struct entering *entering = begin(call, answer);

    if (entering == NULL)
        return;
    entering->first = true;
    memcpy(spec.login, args->login, sizeof spec.login);
    memcpy(spec.name, args->name, sizeof spec.name);
    memcpy(spec.language, args->language, sizeof spec.language);
    snprintf(spec.by, sizeof spec.by, "%s", "the first link");
    login_first(office->people, args->code, &spec, args->password, &entering->asker);
}

static void run_invitation(struct office *office, const struct call *call, struct answer *answer)
{
    const struct login_args *args = call->args;
    struct entering *entering = begin(call, answer);

    if (entering != NULL)
        login_invited(office->people, args->code, args->password, &entering->asker);
}

const struct command command_login = {
    .name = "login",
    .route = "POST /api/v1/login",
    .role = ROLE_ANYONE,
    .help = "Log in by password: sets the session's cookie, answers as GET /api/v1/me.",
    FIELDS(login_fields),
    .args_size = sizeof(struct login_args),
    .run = run_login,
};

const struct command command_pin = {
    .name = "pin",
    .route = "POST /api/v1/pin",
    .role = ROLE_ANYONE,
    .help = "On a paired tablet, say who you are: a short session at its site.",
    FIELDS(pin_fields),
    .args_size = sizeof(struct login_args),
    .run = run_pin,
};

const struct command command_reauthenticate = {
    .name = "reauthenticate",
    .route = "POST /api/v1/reauthenticate",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Give the password again: dangerous acts are open for 5 minutes.",
    FIELDS(again_fields),
    .args_size = sizeof(struct login_args),
    .run = run_again,
};

const struct command command_first = {
    .name = "first",
    .route = "POST /api/v1/first",
    .role = ROLE_ANYONE,
    .help = "Make the first admin by the one-time link that usined printed, and log in.",
    FIELDS(first_fields),
    .args_size = sizeof(struct login_args),
    .run = run_first,
};

const struct command command_invitation = {
    .name = "invitation",
    .route = "POST /api/v1/invitation",
    .role = ROLE_ANYONE,
    .help = "Set your password by the one-time link you were given, and log in.",
    FIELDS(invitation_fields),
    .args_size = sizeof(struct login_args),
    .run = run_invitation,
};
