/* SPDX-License-Identifier: Apache-2.0 */
/* What everybody may do with their own account. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "noun_json.h"
#include "people/login.h"
#include "people_json.h"
#include "rows.h"

/* What the page is to show beside its cookie. */
static const char *csrf_of(const struct who *who, const struct caller *caller)
{
    if (who->session != NULL)
        return caller->session_csrf;
    return who->tablet != NULL ? caller->tablet_csrf : "";
}

static void run_me(struct office *office, const struct call *call, struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);

    answer_json(answer,
                me_to_json(&who, call->by, csrf_of(&who, call->caller), clock_wall(office->clock)));
}

/* The person's own session; NULL, and the answer was given: a token, a tablet, the socket. */
static struct session *own_session(struct office *office, const struct call *call,
                                   struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);

    if (who.session == NULL)
        answer_fail(answer, ERR_REFUSED, "only who has logged in by password or PIN");
    return who.session;
}

static void on_ended(void *context, enum err err, const char *text)
{
    answer_outcome(context, err, text, "the session has ended");
}

static void run_logout(struct office *office, const struct call *call, struct answer *answer)
{
    const struct session *session = own_session(office, call, answer);

    if (session == NULL)
        return;
    answer->session = (struct answer_cookie){.set = true};
    session_end(office->people, session->person, session->id, on_ended, answer);
}

static void run_sessions(struct office *office, const struct call *call, struct answer *answer)
{
    const struct session *own = own_session(office, call, answer), *session = NULL;
    cJSON *items, *list;

    if (own == NULL)
        return;
    list = list_to_json(&items);
    while ((session = session_next(office->people, own->person, session)) != NULL)
        cJSON_AddItemToArray(items, session_to_json(session, own));
    answer_json(answer, list);
}

static void run_session_end(struct office *office, const struct call *call, struct answer *answer)
{
    const struct session *own = own_session(office, call, answer);
    int64_t id = command_number(call->id);

    if (own == NULL)
        return;
    if (id == 0) {
        answer_fail(answer, ERR_NOT_FOUND, "no session \"%.32s\"", call->id);
        return;
    }
    session_end(office->people, own->person, id, on_ended, answer);
}

/* ---- changing one's own account ---- */

struct me_args {
    char name[PERSON_NAME_SIZE];
    char language[3];
    char old[PASSWORD_TEXT_SIZE];
    char password[PASSWORD_TEXT_SIZE];
    char pin[16];
};

static const struct json_field me_fields[] = {
    JSON_TEXT_ROW(struct me_args, name, "what people call you"),
    {.name = "language",
     .type = JSON_STRING,
     .offset = offsetof(struct me_args, language),
     .size = 3,
     .words = "fr en",
     .help = "of pages and mails"},
    {.name = "password",
     .type = JSON_STRING,
     .offset = offsetof(struct me_args, password),
     .size = PASSWORD_TEXT_SIZE,
     .secret = true,
     .help = "a new one; needs \"old\", ends your other sessions, and comes alone"},
    {.name = "old",
     .type = JSON_STRING,
     .offset = offsetof(struct me_args, old),
     .size = PASSWORD_TEXT_SIZE,
     .secret = true,
     .help = "the password until now"},
    {.name = "pin",
     .type = JSON_STRING,
     .offset = offsetof(struct me_args, pin),
     .size = 16,
     .preset = "\"unchanged\"",
     .secret = true,
     .help = "4 to 8 digits for tablets, \"\" for none; needs a password just given, comes alone"},
};

struct changing {
    struct answer *answer;
    struct caller caller;
    struct origin origin; /* points into caller */
    struct login_asker asker;
};

static void answer_me(struct changing *changing)
{
    struct answer *answer = changing->answer;
    struct who who = who_find(answer->office->people, &changing->caller.pass);

    if (who.person == NULL)
        answer_fail(answer, ERR_UNAUTHORIZED, "the session has ended meanwhile: log in again");
    else
        answer_json(answer, me_to_json(&who, who.person->login, csrf_of(&who, &changing->caller),
                                       clock_wall(answer->office->clock)));
}

static void on_secret_set(void *context, const struct login_result *result)
{
    struct changing *changing = context;

    if (result->err == ERR_TOO_MANY)
        answer_too_many(changing->answer, (result->retry_ms + 999) / 1000, result->text);
    else if (result->err != ERR_OK)
        answer_fault(changing->answer, result->err, result->field, result->text, NULL);
    else
        answer_me(changing);
    free(changing);
}

static void on_set(void *context, enum err err, const char *text)
{
    struct changing *changing = context;

    if (err != ERR_OK)
        answer_fail(changing->answer, err, "%s", text);
    else
        answer_me(changing);
    free(changing);
}

static bool sets_pin(const struct me_args *args)
{
    return strcmp(args->pin, "unchanged") != 0;
}

/* A PIN opens the person's site, so it wants more than a page left open. */
static bool may_set_pin(struct office *office, const struct call *call, struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);

    if (who.kind == WHO_PERSON && who_fresh(&who, clock_wall(office->clock)))
        return true;
    answer_fail(answer, ERR_REAUTHENTICATE, "%s", err_words(ERR_REAUTHENTICATE));
    return false;
}

static void set_names(struct office *office, const struct session *session,
                      const struct me_args *args, struct changing *changing)
{
    struct person wanted = *session->person;

    if (args->name[0] != '\0')
        memcpy(wanted.name, args->name, sizeof wanted.name);
    if (args->language[0] != '\0')
        memcpy(wanted.language, args->language, sizeof wanted.language);
    person_set(office->people, &wanted, on_set, changing);
}

static void run_set(struct office *office, const struct call *call, struct answer *answer)
{
    const struct me_args *args = call->args;
    const struct session *session = own_session(office, call, answer);
    struct changing *changing;

    if (session == NULL || (sets_pin(args) && !may_set_pin(office, call, answer)))
        return;
    changing = calloc(1, sizeof *changing);
    if (changing == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    changing->answer = answer;
    changing->caller = *call->caller;
    changing->origin = (struct origin){changing->caller.address, changing->caller.agent};
    changing->asker = (struct login_asker){&changing->origin, on_secret_set, changing};
    if (args->password[0] != '\0')
        login_set_password(office->people, session, args->old, args->password, &changing->asker);
    else if (sets_pin(args))
        login_set_pin(office->people, session, args->pin, &changing->asker);
    else
        set_names(office, session, args, changing);
}

const struct command command_me = {
    .name = "me",
    .route = "GET /api/v1/me",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .links = LINK_SLICER | LINK_SITE,
    .help = "Who you are here, what you may do, and what your page shows beside its cookie.",
    .run = run_me,
};

const struct command command_me_set = {
    .name = "me.set",
    .route = "PATCH /api/v1/me",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Change your own name, language, password or PIN.",
    FIELDS(me_fields),
    .args_size = sizeof(struct me_args),
    .run = run_set,
};

const struct command command_logout = {
    .name = "logout",
    .route = "POST /api/v1/logout",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "End this session.",
    .run = run_logout,
};

const struct command command_session_list = {
    .name = "session.list",
    .route = "GET /api/v1/sessions",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Your own sessions.",
    .run = run_sessions,
};

const struct command command_session_end = {
    .name = "session.end",
    .route = "DELETE /api/v1/sessions/{id}",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "End one of your own sessions.",
    .run = run_session_end,
};
