/* SPDX-License-Identifier: Apache-2.0 */
#include "limits.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { FORGET_MS = 2 * 3600 * 1000 };

enum which { PAIR, ADDRESS, ACCOUNT, WHICH };

static const struct rule {
    int free;         /* tries without a wait */
    int64_t first_ms; /* the first wait; each next one twice as long */
    int64_t most_ms;
} rules[WHICH] = {
    [PAIR] = {4, 2000, 900000},     /* one account, one address */
    [ADDRESS] = {20, 1000, 300000}, /* one address, any account: a workshop has many people */
    [ACCOUNT] = {20, 500, 10000},   /* one account from everywhere: its owner waits 10 s at most */
};

/* A network of an IPv6 customer is one address. */
static int address_length(const char *address)
{
    int colons = 0, n = 0;

    for (; address[n] != '\0'; n++) {
        colons += address[n] == ':';
        if (colons == 4)
            break;
    }
    return n;
}

static void make_key(const struct attempt *attempt, enum which which, char key[LIMITS_KEY_SIZE])
{
    int n = address_length(attempt->address);

    snprintf(key, LIMITS_KEY_SIZE, "%s %.63s %.*s", attempt->kind,
             which == ADDRESS ? "*" : attempt->account, which == ACCOUNT ? 1 : n,
             which == ACCOUNT ? "*" : attempt->address);
}

/* The row of key; else, with make, a free one or the one that was quiet for longest. */
static struct limit *find(struct limits *limits, const char *key, bool make, int64_t now_ms)
{
    struct limit *best = &limits->rows[0];

    for (size_t i = 0; i < LIMITS_MAX; i++) {
        struct limit *row = &limits->rows[i];

        if (row->key[0] != '\0' && row->quiet_ms <= now_ms)
            memset(row, 0, sizeof *row);
        if (strcmp(row->key, key) == 0)
            return row;
        if (row->quiet_ms < best->quiet_ms)
            best = row;
    }
    if (!make)
        return NULL;
    memset(best, 0, sizeof *best);
    snprintf(best->key, sizeof best->key, "%s", key);
    return best;
}

/* A PIN is short: it may wait four times as long. */
static int64_t wait_after(const struct rule *rule, const struct attempt *attempt, int fails)
{
    int64_t most = strcmp(attempt->kind, "pin") == 0 ? 4 * rule->most_ms : rule->most_ms;
    int64_t wait = rule->first_ms;

    if (fails < rule->free)
        return 0;
    for (; fails > rule->free && wait < most; fails--)
        wait *= 2;
    return wait < most ? wait : most;
}

static bool applies(const struct attempt *attempt, enum which which)
{
    return which == ADDRESS || attempt->account[0] != '\0';
}

int64_t limits_try(struct limits *limits, const struct attempt *attempt, int64_t now_ms)
{
    char key[LIMITS_KEY_SIZE];
    int64_t wait = 0;

    for (enum which which = PAIR; which < WHICH; which++) {
        const struct limit *row;

        make_key(attempt, which, key);
        row = applies(attempt, which) ? find(limits, key, false, now_ms) : NULL;
        if (row != NULL && row->next_ms - now_ms > wait)
            wait = row->next_ms - now_ms;
    }
    for (enum which which = PAIR; which < WHICH && wait == 0; which++) {
        struct limit *row;

        if (!applies(attempt, which))
            continue;
        make_key(attempt, which, key);
        row = find(limits, key, true, now_ms);
        row->fails++;
        row->next_ms = now_ms + wait_after(&rules[which], attempt, row->fails);
        row->quiet_ms = row->next_ms + FORGET_MS;
    }
    return wait;
}

void limits_passed(struct limits *limits, const struct attempt *attempt)
{
    char key[LIMITS_KEY_SIZE];
    struct limit *row;

    make_key(attempt, PAIR, key);
    row = find(limits, key, false, 0);
    if (row != NULL)
        memset(row, 0, sizeof *row);
    for (enum which which = ADDRESS; which < WHICH; which++) {
        make_key(attempt, which, key);
        row = find(limits, key, false, 0);
        if (row != NULL && row->fails > 0) {
            row->fails--;
            row->next_ms = 0;
        }
    }
}
