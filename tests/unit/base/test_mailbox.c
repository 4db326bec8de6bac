/* SPDX-License-Identifier: Apache-2.0 */
/* Promise: every message posted before the close arrives, once, in the order of its sender. */
#include "base/mailbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SENDERS = 4, EACH = 2000 };

struct letter {
    struct message message;
    int sender, number;
};

struct office {
    struct mailbox mailbox;
    int next[SENDERS];
    int total;
};

static void on_letter(void *owner, struct message *message)
{
    struct office *office = owner;
    struct letter *letter = (struct letter *)message;

    assert_int_equal(letter->number, office->next[letter->sender]++);
    free(letter);
    if (++office->total == SENDERS * EACH)
        mailbox_close(&office->mailbox);
}

struct sender {
    struct office *office;
    int number;
};

static void send_all(void *arg)
{
    struct sender *sender = arg;

    for (int i = 0; i < EACH; i++) {
        struct letter *letter = malloc(sizeof *letter);

        letter->sender = sender->number;
        letter->number = i;
        assert_true(mailbox_post(&sender->office->mailbox, &letter->message));
    }
}

static void four_threads_post_and_nothing_is_lost_or_reordered(void **state)
{
    struct office office = {0};
    struct sender senders[SENDERS];
    uv_thread_t threads[SENDERS];
    struct letter late = {0};
    uv_loop_t loop;

    (void)state;
    uv_loop_init(&loop);
    assert_int_equal(mailbox_init(&office.mailbox, &loop, on_letter, &office), 0);
    for (int i = 0; i < SENDERS; i++) {
        senders[i] = (struct sender){&office, i};
        uv_thread_create(&threads[i], send_all, &senders[i]);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    for (int i = 0; i < SENDERS; i++)
        uv_thread_join(&threads[i]);
    assert_int_equal(office.total, SENDERS * EACH);
    assert_false(mailbox_post(&office.mailbox, &late.message)); /* closed: it stays ours */
    mailbox_finish(&office.mailbox);
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_threads_post_and_nothing_is_lost_or_reordered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
