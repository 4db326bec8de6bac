/* SPDX-License-Identifier: Apache-2.0 */
#include "shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char config_text[] = "{\"sites\": [{\"id\": \"caen\", \"name\": \"Caen\"}, {\"id\": "
                                  "\"rouen\", \"name\": \"Rouen\"}],"
                                  "\"machines\": []}";

static int64_t now_ms(void *context)
{
    return ((struct shop *)context)->now;
}

static void gather(void *context, struct notices *notices)
{
    struct shop *shop = context;

    for (size_t i = 0; i < shop->count; i++)
        notices_see(notices, &shop->now_so[i]);
}

/* ---- opening, closing, and again ---- */

void shop_open(struct shop *shop)
{
    const struct notices_setup setup = {
        .loop = &shop->loop, .clock = &shop->clock, .gather = gather, .context = shop};
    struct notices_setup with = setup;

    assert_int_equal(uv_loop_init(&shop->loop), 0);
    shop->people = people_create(&shop->loop, &shop->clock);
    with.people = shop->people;
    shop->notices = notices_create(&with);
    assert_int_equal(
        store_open(&shop->store, &shop->loop, shop->path, shop->text, sizeof shop->text), ERR_OK);
    assert_int_equal(people_load(shop->people, store_db(shop->store)), ERR_OK);
    assert_int_equal(notices_load(shop->notices, store_db(shop->store)), ERR_OK);
    people_open(shop->people, shop->store);
    assert_int_equal(notices_open(shop->notices, shop->store, shop->config), ERR_OK);
    uv_timer_stop(&shop->notices->tick); /* time goes only when we say so */
}

static void on_closed(void *context)
{
    ((struct shop *)context)->closed = true;
}

void shop_close(struct shop *shop)
{
    shop->closed = false;
    notices_close(shop->notices);
    people_close(shop->people);
    store_close(shop->store, on_closed, shop);
    uv_run(&shop->loop, UV_RUN_DEFAULT);
    assert_true(shop->closed);
    notices_destroy(shop->notices);
    people_destroy(shop->people);
    assert_int_equal(uv_loop_close(&shop->loop), 0);
}

void shop_on_person(void *context, enum err err, const char *text)
{
    struct shop *shop = context;

    (void)text;
    shop->err = err;
    shop->busy = false;
}

void shop_wait(struct shop *shop)
{
    while (shop->busy)
        uv_run(&shop->loop, UV_RUN_ONCE);
}

/* A person who is at Caen what role says. */
static void add_person(struct shop *shop, const char *login, enum role role)
{
    struct person spec = {.language = "en"};
    char code[SECRET_TEXT_SIZE];

    snprintf(spec.login, sizeof spec.login, "%s", login);
    assert_true(roles_give(&spec.roles, "caen", role));
    shop->busy = true;
    person_add(shop->people, &spec, code, shop_on_person, shop);
    shop_wait(shop);
    assert_int_equal(shop->err, ERR_OK);
}

void shop_on_rule(void *context, enum err err, const char *field, const char *text,
                  const struct rule *rule)
{
    struct shop *shop = context;

    shop->err = err;
    snprintf(shop->text, sizeof shop->text, "%s %s", field != NULL ? field : "-", text);
    shop->rule = rule != NULL ? rule->id : 0;
    shop->busy = false;
}

enum err shop_add_rule(struct shop *shop, const char *login, enum notice_kind kind,
                       const char *quiet)
{
    struct rule spec = {.kind = kind, .channel = CHANNEL_MAIL, .address = "a@example.org"};

    spec.person = person_find(shop->people, login)->id;
    spec.delay_ms = kind == NOTICE_NEEDS ? 10 * MINUTE : 0;
    snprintf(spec.quiet, sizeof spec.quiet, "%s", quiet);
    shop->busy = true;
    rule_add(shop->notices, &spec, shop_on_rule, shop);
    shop_wait(shop);
    return shop->err;
}

int shop_setup(void **state)
{
    struct shop *shop = calloc(1, sizeof *shop);
    struct config_faults faults;

    snprintf(shop->folder, sizeof shop->folder, "/tmp/usine-notices-XXXXXX");
    assert_non_null(mkdtemp(shop->folder));
    snprintf(shop->path, sizeof shop->path, "%s/u.db", shop->folder);
    shop->now = INT64_C(1586250000000); /* 11:00 in Paris */
    shop->clock = (struct clock){.mono_ms = now_ms, .wall_ms = now_ms, .context = shop};
    assert_int_equal(
        config_parse("test", config_text, sizeof config_text - 1, &shop->config, &faults), ERR_OK);
    config_faults_finish(&faults);
    shop_open(shop);
    add_person(shop, "olive", ROLE_OPERATOR);
    add_person(shop, "vera", ROLE_VIEWER);
    *state = shop;
    return 0;
}

int shop_teardown(void **state)
{
    struct shop *shop = *state;
    char command[80];

    shop_close(shop);
    config_unref(shop->config);
    snprintf(command, sizeof command, "rm -r %s", shop->folder);
    assert_int_equal(system(command), 0);
    free(shop);
    return 0;
}
