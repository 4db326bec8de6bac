/* SPDX-License-Identifier: Apache-2.0 */
/* Notices with a real database, a clock of their own, and nobody to send to. */
#ifndef USINE_TESTS_SHOP_H
#define USINE_TESTS_SHOP_H

#include "notices/room.h"
#include "notices/rules.h"
#include "people/person.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, CONDITIONS = 16 };

struct shop {
    char folder[32], path[64];
    uv_loop_t loop;
    int64_t now; /* wall = mono */
    struct clock clock;
    struct config *config;
    struct people *people;
    struct store *store;
    struct notices *notices;
    struct notice_condition now_so[CONDITIONS];
    size_t count;
    bool busy, closed;
    enum err err;
    char text[200];
    int64_t rule;
};

/* Group fixtures: a shop with olive, operator at Caen, and vera, viewer there. */
int shop_setup(void **state);
int shop_teardown(void **state);

/* As the daemon does, on the same database. */
void shop_open(struct shop *shop);
void shop_close(struct shop *shop);

/* For what is asked of people: sets shop->err. */
void shop_on_person(void *context, enum err err, const char *text);
void shop_on_rule(void *context, enum err err, const char *field, const char *text,
                  const struct rule *rule);
void shop_wait(struct shop *shop);

enum err shop_add_rule(struct shop *shop, const char *login, enum notice_kind kind,
                       const char *quiet);

#endif
