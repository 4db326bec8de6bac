/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions, tablets, tokens: what they open, and when they end. */
#include "desk.h"

static void a_session_ends_after_an_hour_without_a_word_and_after_twelve(void **state)
{
    struct desk *desk = *state;
    struct who who;

    desk_person(desk, "nadia", "*=admin");
    desk->now_ms += SESSION_IDLE_MS - 1;
    who = desk_who(desk, desk->cookie, NULL);
    assert_int_equal(who.kind, WHO_PERSON);
    session_touch(desk->people, who.session);
    desk->now_ms += SESSION_IDLE_MS - 1;
    assert_int_equal(desk_who(desk, desk->cookie, NULL).kind, WHO_PERSON);
    desk->now_ms += 1;
    assert_int_equal(desk_who(desk, desk->cookie, NULL).kind, WHO_NOBODY);
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_OK);
    for (int minutes = 0; minutes < 12 * 60; minutes += 30) {
        who = desk_who(desk, desk->cookie, NULL);
        assert_int_equal(who.kind, WHO_PERSON);
        session_touch(desk->people, who.session);
        desk->now_ms += 30 * 60000;
    }
    assert_int_equal(desk_who(desk, desk->cookie, NULL).kind, WHO_NOBODY);
}

static void everything_outlives_a_restart_of_the_daemon(void **state)
{
    struct desk *desk = *state;
    struct token spec = {.kind = TOKEN_API, .name = "t", .roles = {.all = ROLE_OPERATOR}};
    char session[SECRET_TEXT_SIZE], token[SECRET_TEXT_SIZE], tablet[SECRET_TEXT_SIZE];
    struct who who;

    desk_person(desk, "nadia", "*=viewer caen=technician");
    memcpy(session, desk->cookie, sizeof session);
    token_add(desk->people, &spec, token, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_true(tablet_invite(desk->people, "caen", "Porte", "nadia", desk->code));
    assert_non_null(tablet_pair(desk->people, desk->code, tablet, desk_done, desk));
    assert_int_equal(desk_wait(desk), ERR_OK);
    desk_restart(desk);
    who = desk_who(desk, session, NULL);
    assert_int_equal(who.kind, WHO_PERSON);
    assert_int_equal(who_role(&who, "caen"), ROLE_TECHNICIAN);
    assert_int_equal(who_role(&who, "rouen"), ROLE_VIEWER);
    assert_int_equal(who_role(&who, NULL), ROLE_VIEWER);
    who = desk_token(desk, token);
    assert_int_equal(who_role(&who, NULL), ROLE_OPERATOR);
    who = desk_who(desk, NULL, tablet);
    assert_int_equal(who.kind, WHO_TABLET);
    assert_int_equal(who_role(&who, "caen"), ROLE_VIEWER);
    assert_int_equal(who_role(&who, "rouen"), ROLE_UNSET);
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_OK);
}

static void what_was_taken_away_stays_away_over_a_restart(void **state)
{
    struct desk *desk = *state;
    struct token spec = {.kind = TOKEN_API, .name = "t", .roles = {.all = ROLE_ADMIN}};
    const struct token *token;
    char secret[SECRET_TEXT_SIZE], gone[SECRET_TEXT_SIZE];

    desk_person(desk, "boss", "*=admin");
    desk_person(desk, "gone", "*=admin");
    memcpy(gone, desk->cookie, sizeof gone);
    spec.person = (struct person *)(uintptr_t)person_find(desk->people, "gone");
    token = token_add(desk->people, &spec, secret, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_token(desk, secret).kind, WHO_TOKEN);
    person_remove(desk->people, "gone", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    for (int restarts = 0; restarts < 2; restarts++) {
        assert_int_equal(desk_token(desk, secret).kind, WHO_NOBODY);
        assert_int_equal(desk_who(desk, gone, NULL).kind, WHO_NOBODY);
        assert_null(person_find(desk->people, "gone"));
        desk_restart(desk);
    }
    spec.person = NULL;
    assert_true(token_add(desk->people, &spec, secret, desk_done, desk)->id > 1);
    assert_int_equal(desk_wait(desk), ERR_OK);
    (void)token;
}

static void the_last_admin_cannot_be_removed_demoted_or_shut_out(void **state)
{
    struct desk *desk = *state;
    struct person wanted;

    desk_person(desk, "nadia", "*=admin");
    wanted = *person_find(desk->people, "nadia");
    wanted.disabled = true;
    person_set(desk->people, &wanted, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    wanted.disabled = false;
    wanted.roles.all = ROLE_COORDINATOR;
    person_set(desk->people, &wanted, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    person_remove(desk->people, "nadia", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_REFUSED);
    desk_person(desk, "paul", "*=admin");
    person_remove(desk->people, "nadia", desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
}

static void a_login_is_taken_once_and_holds_no_surprises(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_add(desk, "paul", "*=viewer"), ERR_OK);
    assert_int_equal(desk_add(desk, "paul", "*=admin"), ERR_REFUSED);
    assert_int_equal(desk_add(desk, "", "*=viewer"), ERR_INVALID);
    assert_int_equal(desk_add(desk, "Paul", "*=viewer"), ERR_INVALID);
    assert_int_equal(desk_add(desk, "token:x", "*=viewer"), ERR_INVALID);
    assert_int_equal(desk_add(desk, "a b", "*=viewer"), ERR_INVALID);
    assert_int_equal(desk_add(desk, "-paul", "*=viewer"), ERR_INVALID);
}

struct tablet_scene {
    char tablet[SECRET_TEXT_SIZE];
    const struct tablet *known;
};

/* A tablet of caen, and a technician of caen with the PIN 4711. */
static struct tablet_scene pair(struct desk *desk)
{
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);
    struct tablet_scene scene;
    struct who who;

    desk_person(desk, "anne", "caen=admin rouen=admin");
    who = desk_who(desk, desk->cookie, NULL);
    login_set_pin(desk->people, who.session, "4711", &asker);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_true(tablet_invite(desk->people, "caen", "Porte", "anne", desk->code));
    scene.known = tablet_pair(desk->people, desk->code, scene.tablet, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    return scene;
}

static enum err enter(struct desk *desk, const struct tablet *tablet, const char *pin)
{
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);

    login_pin(desk->people, tablet, "anne", pin, &asker);
    return desk_wait(desk);
}

static void a_pin_opens_its_tablet_at_its_site_for_five_minutes(void **state)
{
    struct desk *desk = *state;
    struct tablet_scene scene = pair(desk);
    struct who who;

    assert_int_equal(enter(desk, scene.known, "4712"), ERR_UNAUTHORIZED);
    assert_int_equal(enter(desk, scene.known, "4711"), ERR_OK);
    assert_int_equal(desk_who(desk, desk->cookie, NULL).kind, WHO_NOBODY); /* not without it */
    who = desk_who(desk, desk->cookie, scene.tablet);
    assert_int_equal(who.kind, WHO_PIN);
    assert_int_equal(who_role(&who, "caen"), ROLE_TECHNICIAN); /* never admin */
    assert_int_equal(who_role(&who, "rouen"), ROLE_UNSET);
    assert_int_equal(who_role(&who, NULL), ROLE_UNSET);
    desk->now_ms += SESSION_PIN_IDLE_MS;
    assert_int_equal(desk_who(desk, desk->cookie, scene.tablet).kind, WHO_TABLET);
}

static void a_pin_is_no_password_and_wrong_ones_wait(void **state)
{
    struct desk *desk = *state;
    struct tablet_scene scene = pair(desk);
    int tries = 0;

    assert_int_equal(desk_login(desk, "anne", "4711"), ERR_UNAUTHORIZED);
    while (enter(desk, scene.known, "0000") == ERR_UNAUTHORIZED)
        tries++;
    assert_int_equal(desk->err, ERR_TOO_MANY);
    assert_true(tries <= 4);
    assert_int_equal(enter(desk, scene.known, "4711"), ERR_TOO_MANY);
    assert_int_equal(desk_login(desk, "anne", DESK_PASSWORD), ERR_OK);
}

static void a_pin_is_not_the_first_that_comes_to_mind(void **state)
{
    static const char *const bad[] = {"123", "1234", "0000", "123456789", "12a4", "", "4321x"};
    const char *why;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_pin_good(bad[i], &why));
    assert_true(person_pin_good("4711", &why));
    assert_true(person_pin_good("20200407", &why));
}

static void a_tablet_that_is_forgotten_opens_nothing(void **state)
{
    struct desk *desk = *state;
    struct tablet_scene scene = pair(desk);

    assert_int_equal(enter(desk, scene.known, "4711"), ERR_OK);
    tablet_remove(desk->people, scene.known->id, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_who(desk, desk->cookie, scene.tablet).kind, WHO_NOBODY);
}

static void a_pairing_code_is_good_once_and_for_ten_minutes(void **state)
{
    struct desk *desk = *state;
    char cookie[SECRET_TEXT_SIZE];

    assert_true(tablet_invite(desk->people, "caen", "Porte", "anne", desk->code));
    assert_null(tablet_pair(desk->people, "made up", cookie, desk_done, desk));
    assert_non_null(tablet_pair(desk->people, desk->code, cookie, desk_done, desk));
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_null(tablet_pair(desk->people, desk->code, cookie, desk_done, desk));
    assert_true(tablet_invite(desk->people, "caen", "Porte", "anne", desk->code));
    desk->now_ms += TABLET_CODE_MS;
    assert_null(tablet_pair(desk->people, desk->code, cookie, desk_done, desk));
}

static void nobody_keeps_more_than_twenty_sessions(void **state)
{
    struct desk *desk = *state;
    const struct origin origin = {"192.0.2.1", "test"};
    char cookies[22][SECRET_TEXT_SIZE];
    struct person *person;

    desk_person(desk, "nadia", "*=admin");
    person = (struct person *)(uintptr_t)person_find(desk->people, "nadia");
    for (int i = 0; i < 22; i++)
        session_write(desk->people, session_open(desk->people, person, 0, &origin, cookies[i]),
                      desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_who(desk, cookies[0], NULL).kind, WHO_NOBODY);
    assert_int_equal(desk_who(desk, cookies[2], NULL).kind, WHO_PERSON);
    assert_int_equal(desk_who(desk, cookies[21], NULL).kind, WHO_PERSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_session_ends_after_an_hour_without_a_word_and_after_twelve),
        DESK_TEST(everything_outlives_a_restart_of_the_daemon),
        DESK_TEST(what_was_taken_away_stays_away_over_a_restart),
        DESK_TEST(the_last_admin_cannot_be_removed_demoted_or_shut_out),
        DESK_TEST(a_login_is_taken_once_and_holds_no_surprises),
        DESK_TEST(a_pin_opens_its_tablet_at_its_site_for_five_minutes),
        DESK_TEST(a_pin_is_no_password_and_wrong_ones_wait),
        cmocka_unit_test(a_pin_is_not_the_first_that_comes_to_mind),
        DESK_TEST(a_tablet_that_is_forgotten_opens_nothing),
        DESK_TEST(a_pairing_code_is_good_once_and_for_ten_minutes),
        DESK_TEST(nobody_keeps_more_than_twenty_sessions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
