/* SPDX-License-Identifier: Apache-2.0 */
/* People on a desk: a real database in a temporary folder, and clocks the test turns. */
#ifndef USINE_TESTS_PEOPLE_DESK_H
#define USINE_TESTS_PEOPLE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "people/login.h"
#include "people/person.h"
#include "people/tablet.h"
#include "people/token.h"
#include "people/who.h"
#include "store/store.h"

#define DESK_NOON 1586260800000
#define DESK_PASSWORD "correct horse battery"
#define DESK_ANSWERS 64

struct desk {
    uv_loop_t loop;
    struct clock clock;
    int64_t now_ms; /* both clocks */
    struct store *store;
    struct people *people;
    char folder[64];
    int answers, taken;           /* of all requests; those desk_wait has given out */
    enum err given[DESK_ANSWERS]; /* the last ones, each at its number modulo DESK_ANSWERS */
    enum err err;                 /* the last one */
    char text[400];
    int64_t retry_ms;
    char cookie[SECRET_TEXT_SIZE]; /* of the last session or tablet */
    char code[SECRET_TEXT_SIZE];   /* of the last invitation, or the last token */
};

static int64_t desk_now(void *context)
{
    return ((struct desk *)context)->now_ms;
}

static inline void desk_done(void *context, enum err err, const char *text)
{
    struct desk *desk = context;

    desk->given[desk->answers++ % DESK_ANSWERS] = err;
    desk->err = err;
    snprintf(desk->text, sizeof desk->text, "%s", text);
}

static inline void desk_entered(void *context, const struct login_result *result)
{
    struct desk *desk = context;

    desk_done(desk, result->err, result->text);
    desk->retry_ms = result->retry_ms;
    if (result->err == ERR_OK && result->cookie[0] != '\0')
        snprintf(desk->cookie, sizeof desk->cookie, "%s", result->cookie);
}

/* Turns the loop until there is another answer: one turn may bring several. */
static inline enum err desk_wait(struct desk *desk)
{
    while (desk->taken == desk->answers)
        uv_run(&desk->loop, UV_RUN_ONCE);
    return desk->given[desk->taken++ % DESK_ANSWERS];
}

static inline void desk_on_closed(void *context)
{
    *(bool *)context = true;
}

static inline void desk_open(struct desk *desk)
{
    char path[100];

    snprintf(path, sizeof path, "%s/usine.db", desk->folder);
    desk->people = people_create(&desk->loop, &desk->clock);
    assert_non_null(desk->people);
    if (store_open(&desk->store, &desk->loop, path, desk->text, sizeof desk->text) != ERR_OK)
        fail_msg("%s", desk->text);
    assert_int_equal(people_load(desk->people, store_db(desk->store)), ERR_OK);
    people_open(desk->people, desk->store);
}

static inline void desk_close(struct desk *desk)
{
    bool closed = false;

    people_close(desk->people);
    store_close(desk->store, desk_on_closed, &closed);
    uv_run(&desk->loop, UV_RUN_DEFAULT);
    assert_true(closed);
    people_destroy(desk->people);
}

static inline void desk_restart(struct desk *desk)
{
    desk_close(desk);
    desk_open(desk);
}

static inline int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    snprintf(desk->folder, sizeof desk->folder, "/tmp/usine-people-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    assert_int_equal(uv_loop_init(&desk->loop), 0);
    desk->now_ms = DESK_NOON;
    desk->clock = (struct clock){.mono_ms = desk_now, .wall_ms = desk_now, .context = desk};
    desk_open(desk);
    *state = desk;
    return 0;
}

static inline int desk_teardown(void **state)
{
    struct desk *desk = *state;
    char command[100];

    desk_close(desk);
    assert_int_equal(uv_loop_close(&desk->loop), 0);
    snprintf(command, sizeof command, "rm -rf %s", desk->folder);
    assert_int_equal(system(command), 0);
    free(desk);
    return 0;
}

/* ---- what people do ---- */

static inline struct login_asker desk_asker(struct desk *desk, const struct origin *origin)
{
    return (struct login_asker){origin, desk_entered, desk};
}

static inline enum err desk_add(struct desk *desk, const char *login, const char *roles)
{
    struct person spec = {.language = "fr", .by = "test"};

    snprintf(spec.login, sizeof spec.login, "%s", login);
    snprintf(spec.name, sizeof spec.name, "%s", login);
    assert_true(roles_parse(&spec.roles, roles));
    person_add(desk->people, &spec, desk->code, desk_done, desk);
    return desk_wait(desk);
}

static inline enum err desk_accept(struct desk *desk, const char *code, const char *password)
{
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);

    login_invited(desk->people, code, password, &asker);
    return desk_wait(desk);
}

/* Adds somebody who has set DESK_PASSWORD. */
static inline void desk_person(struct desk *desk, const char *login, const char *roles)
{
    char code[SECRET_TEXT_SIZE];

    assert_int_equal(desk_add(desk, login, roles), ERR_OK);
    memcpy(code, desk->code, sizeof code);
    if (desk_accept(desk, code, DESK_PASSWORD) != ERR_OK)
        fail_msg("%s: %s", login, desk->text);
}

static inline enum err desk_login_from(struct desk *desk, const char *login, const char *password,
                                       const char *address)
{
    const struct origin origin = {address, "test"};
    const struct login_asker asker = desk_asker(desk, &origin);

    login_password(desk->people, login, password, &asker);
    return desk_wait(desk);
}

static inline enum err desk_login(struct desk *desk, const char *login, const char *password)
{
    return desk_login_from(desk, login, password, "192.0.2.1");
}

/* Who shows the last session's cookie, and (NULL: none) a tablet's. */
static inline struct who desk_who(struct desk *desk, const char *session, const char *tablet)
{
    struct pass pass = {.has_session = session != NULL, .has_tablet = tablet != NULL};

    if (session != NULL)
        pass.session = secret_hash("", session);
    if (tablet != NULL)
        pass.tablet = secret_hash("", tablet);
    return who_find(desk->people, &pass);
}

static inline struct who desk_token(struct desk *desk, const char *secret)
{
    struct pass pass = {.has_token = true, .token = secret_hash("", secret)};

    return who_find(desk->people, &pass);
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

#endif
