/* SPDX-License-Identifier: Apache-2.0 */
#include "desk.h"

static void a_password_opens_a_session_and_a_wrong_one_does_not(void **state)
{
    struct desk *desk = *state;
    struct who who;

    desk_person(desk, "nadia", "*=admin");
    assert_int_equal(desk_login(desk, "nadia", "wrong password"), ERR_UNAUTHORIZED);
    assert_int_equal(desk_login(desk, "nobody", DESK_PASSWORD), ERR_UNAUTHORIZED);
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_OK);
    who = desk_who(desk, desk->cookie, NULL);
    assert_int_equal(who.kind, WHO_PERSON);
    assert_string_equal(who.person->login, "nadia");
    assert_int_equal(who_role(&who, NULL), ROLE_ADMIN);
    assert_int_equal(desk_who(desk, "A made-up cookie", NULL).kind, WHO_NOBODY);
}

static void who_is_invited_has_no_password_to_guess(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(desk_add(desk, "invited", "*=viewer"), ERR_OK);
    assert_int_equal(desk_login(desk, "invited", ""), ERR_UNAUTHORIZED);
    assert_int_equal(desk_login(desk, "invited", "anything at all"), ERR_UNAUTHORIZED);
}

static void an_invitation_is_good_once_and_for_a_week(void **state)
{
    struct desk *desk = *state;
    char code[SECRET_TEXT_SIZE];

    assert_int_equal(desk_add(desk, "paul", "*=viewer"), ERR_OK);
    memcpy(code, desk->code, sizeof code);
    assert_int_equal(desk_accept(desk, code, "short"), ERR_INVALID);
    assert_int_equal(desk_accept(desk, code, "aaaaaaaaaaaaaaaa"), ERR_INVALID);
    assert_int_equal(desk_accept(desk, code, "paul-paul-paul"), ERR_INVALID);
    assert_int_equal(desk_accept(desk, code, DESK_PASSWORD), ERR_OK);
    assert_int_equal(desk_accept(desk, code, "another password"), ERR_UNAUTHORIZED);
    assert_int_equal(desk_add(desk, "late", "*=viewer"), ERR_OK);
    memcpy(code, desk->code, sizeof code);
    desk->now_ms += PERSON_INVITE_MS;
    assert_int_equal(desk_accept(desk, code, DESK_PASSWORD), ERR_UNAUTHORIZED);
}

static void a_new_invitation_ends_what_the_old_password_opened(void **state)
{
    struct desk *desk = *state;
    char old[SECRET_TEXT_SIZE], code[SECRET_TEXT_SIZE];
    struct person wanted;

    desk_person(desk, "paul", "*=viewer");
    memcpy(old, desk->cookie, sizeof old);
    wanted = *person_find(desk->people, "paul");
    person_invite(desk->people, &wanted, code);
    person_set(desk->people, &wanted, desk_done, desk);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_who(desk, old, NULL).kind, WHO_PERSON);
    assert_int_equal(desk_accept(desk, code, "a new password"), ERR_OK);
    assert_int_equal(desk_who(desk, old, NULL).kind, WHO_NOBODY);
    assert_int_equal(desk_login(desk, "paul", DESK_PASSWORD), ERR_UNAUTHORIZED);
    assert_int_equal(desk_login(desk, "paul", "a new password"), ERR_OK);
}

static void the_first_code_makes_one_admin_and_is_void(void **state)
{
    struct desk *desk = *state;
    struct person spec = {.login = "nadia", .name = "Nadia L.", .language = "fr"};
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);
    char code[SECRET_TEXT_SIZE], old[SECRET_TEXT_SIZE], none[SECRET_TEXT_SIZE];

    assert_true(people_first_code(desk->people, old));
    assert_true(people_first_code(desk->people, code));
    login_first(desk->people, old, &spec, DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_UNAUTHORIZED);
    login_first(desk->people, code, &spec, "short", &asker);
    assert_int_equal(desk_wait(desk), ERR_INVALID);
    snprintf(spec.login, sizeof spec.login, "Not A Login");
    login_first(desk->people, code, &spec, DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_INVALID);
    assert_false(people_has_admin(desk->people));
    snprintf(spec.login, sizeof spec.login, "nadia");
    login_first(desk->people, code, &spec, DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_who(desk, desk->cookie, NULL).person->roles.all, ROLE_ADMIN);
    snprintf(spec.login, sizeof spec.login, "second");
    login_first(desk->people, code, &spec, DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_UNAUTHORIZED);
    assert_false(people_first_code(desk->people, none));
}

static void two_who_use_the_first_code_at_once_make_one_admin(void **state)
{
    struct desk *desk = *state;
    struct person spec = {.login = "one", .name = "One", .language = "fr"};
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);
    char code[SECRET_TEXT_SIZE];
    enum err first;

    assert_true(people_first_code(desk->people, code));
    login_first(desk->people, code, &spec, DESK_PASSWORD, &asker);
    snprintf(spec.login, sizeof spec.login, "two");
    login_first(desk->people, code, &spec, DESK_PASSWORD, &asker);
    first = desk_wait(desk);
    assert_true((first == ERR_OK) != (desk_wait(desk) == ERR_OK));
    assert_true((person_find(desk->people, "one") == NULL) !=
                (person_find(desk->people, "two") == NULL));
}

static void guessing_waits_longer_and_longer_and_locks_nobody_else_out(void **state)
{
    struct desk *desk = *state;
    int64_t before = 0;

    desk_person(desk, "nadia", "*=admin");
    for (int i = 0; i < 12; i++) {
        while (desk_login(desk, "nadia", "wrong password") == ERR_TOO_MANY) {
            assert_true(desk->retry_ms >= before);
            before = desk->retry_ms;
            desk->now_ms += desk->retry_ms;
        }
        assert_int_equal(desk->err, ERR_UNAUTHORIZED);
    }
    assert_true(before >= 60000);
    /* the right one has to wait, too, from there; not from elsewhere, and nor does a colleague */
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_TOO_MANY);
    assert_int_equal(desk_login_from(desk, "nadia", DESK_PASSWORD, "198.51.100.2"), ERR_OK);
    desk_person(desk, "paul", "*=viewer");
    assert_int_equal(desk_login(desk, "paul", DESK_PASSWORD), ERR_OK);
}

static void tries_at_the_same_time_count(void **state)
{
    struct desk *desk = *state;
    int checked = 0;

    desk_person(desk, "nadia", "*=admin");
    for (int i = 0; i < 30; i++) {
        const struct origin origin = {"192.0.2.1", "test"};
        const struct login_asker asker = desk_asker(desk, &origin);

        login_password(desk->people, "nadia", "wrong password", &asker);
    }
    for (int i = 0; i < 30; i++) {
        enum err err = desk_wait(desk);

        assert_true(err == ERR_TOO_MANY || err == ERR_UNAUTHORIZED);
        checked += err == ERR_UNAUTHORIZED;
    }
    assert_in_range(checked, 1, 4);
}

static void a_password_given_again_is_fresh_for_five_minutes(void **state)
{
    struct desk *desk = *state;
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);
    struct who who;

    desk_person(desk, "nadia", "*=admin");
    who = desk_who(desk, desk->cookie, NULL);
    assert_true(who_fresh(&who, desk->now_ms));
    desk->now_ms += SESSION_FRESH_MS;
    assert_false(who_fresh(&who, desk->now_ms));
    login_again(desk->people, who.session, "wrong password", &asker);
    assert_int_equal(desk_wait(desk), ERR_UNAUTHORIZED);
    assert_false(who_fresh(&who, desk->now_ms));
    login_again(desk->people, who.session, DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_true(who_fresh(&who, desk->now_ms));
}

static void another_password_needs_the_old_one_and_ends_other_sessions(void **state)
{
    struct desk *desk = *state;
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);
    char other[SECRET_TEXT_SIZE];
    struct who who;

    desk_person(desk, "nadia", "*=admin");
    memcpy(other, desk->cookie, sizeof other);
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_OK);
    who = desk_who(desk, desk->cookie, NULL);
    login_set_password(desk->people, who.session, "wrong password", "a new password", &asker);
    assert_int_equal(desk_wait(desk), ERR_UNAUTHORIZED);
    login_set_password(desk->people, who.session, DESK_PASSWORD, "a new password", &asker);
    assert_int_equal(desk_wait(desk), ERR_OK);
    assert_int_equal(desk_who(desk, other, NULL).kind, WHO_NOBODY);
    assert_int_equal(desk_who(desk, desk->cookie, NULL).kind, WHO_PERSON);
    assert_int_equal(desk_login(desk, "nadia", DESK_PASSWORD), ERR_UNAUTHORIZED);
}

static void who_is_stopping_refuses_and_answers_what_is_under_way(void **state)
{
    struct desk *desk = *state;
    const struct origin origin = {"192.0.2.1", "test"};
    const struct login_asker asker = desk_asker(desk, &origin);

    desk_person(desk, "nadia", "*=admin");
    login_password(desk->people, "nadia", DESK_PASSWORD, &asker);
    people_close(desk->people);
    assert_int_equal(desk_wait(desk), ERR_BUSY);
    login_password(desk->people, "nadia", DESK_PASSWORD, &asker);
    assert_int_equal(desk_wait(desk), ERR_BUSY);
    people_open(desk->people, desk->store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_password_opens_a_session_and_a_wrong_one_does_not),
        DESK_TEST(who_is_invited_has_no_password_to_guess),
        DESK_TEST(an_invitation_is_good_once_and_for_a_week),
        DESK_TEST(a_new_invitation_ends_what_the_old_password_opened),
        DESK_TEST(the_first_code_makes_one_admin_and_is_void),
        DESK_TEST(two_who_use_the_first_code_at_once_make_one_admin),
        DESK_TEST(guessing_waits_longer_and_longer_and_locks_nobody_else_out),
        DESK_TEST(tries_at_the_same_time_count),
        DESK_TEST(a_password_given_again_is_fresh_for_five_minutes),
        DESK_TEST(another_password_needs_the_old_one_and_ends_other_sessions),
        DESK_TEST(who_is_stopping_refuses_and_answers_what_is_under_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
