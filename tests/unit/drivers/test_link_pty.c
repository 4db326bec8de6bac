/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/link_fd.h"
#include "link_rig.h"

struct pty {
    struct rig rig;
    int master;
    char name[64];
};

static void open_pty(struct pty *pty)
{
    rig_init(&pty->rig);
    pty->master = rig_pty(pty->name, sizeof pty->name);
    assert_int_equal(rig_open(&pty->rig, pty->name), ERR_OK);
}

static void close_pty(struct pty *pty)
{
    rig_finish(&pty->rig);
    if (pty->master >= 0)
        close(pty->master);
}

/* Writes until the kernel takes no more and bytes wait in the queue. Returns how many were
 * accepted. */
static size_t fill(struct pty *pty)
{
    char block[64];
    size_t n = 0;

    memset(block, 'a', sizeof block);
    for (;;) {
        struct fd_link *f = (struct fd_link *)(void *)pty->rig.link;

        if (f->used > 0)
            return n;
        assert_int_equal(rig_write(&pty->rig, block, sizeof block), ERR_OK);
        n += sizeof block;
        assert_true(n < 1000000);
    }
}

static void bytes_pass_unchanged_both_ways(void **state)
{
    char all[256], back[256];
    struct pty pty;

    (void)state;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i; /* control bytes, XON, XOFF, ^C, CR, NUL, 0xff */
    open_pty(&pty);
    assert_int_equal(write(pty.master, all, 256), 256);
    rig_wait(&pty.rig, 256);
    assert_memory_equal(pty.rig.got, all, 256);
    assert_int_equal(rig_write(&pty.rig, all, 256), ERR_OK);
    assert_int_equal(rig_drain(pty.master, back, 256), 256);
    assert_memory_equal(back, all, 256);
    close_pty(&pty);
    assert_int_equal(pty.rig.why, ERR_OK);
}

static void one_write_goes_out_at_once(void **state)
{
    char back[16];
    struct pty pty;

    (void)state;
    open_pty(&pty);
    assert_int_equal(rig_write(&pty.rig, "N1 M105*38\n", 11), ERR_OK);
    assert_int_equal(read(pty.master, back, sizeof back), 11); /* before the loop has turned */
    close_pty(&pty);
}

static void a_full_pty_queues_and_loses_nothing(void **state)
{
    char back[4096];
    struct pty pty;
    size_t sent, read_back = 0;

    (void)state;
    open_pty(&pty);
    sent = fill(&pty);
    while (rig_write(&pty.rig, "bbbbbbbb", 8) == ERR_OK)
        sent += 8;
    assert_int_equal(rig_write(&pty.rig, "bbbbbbbb", 8), ERR_BUSY);
    while (read_back < sent) {
        size_t n = rig_drain(pty.master, back, sizeof back);

        assert_true(n > 0);
        read_back += n;
        rig_turn(&pty.rig);
    }
    assert_int_equal(read_back, sent);
    assert_int_equal(back[0] == 'a' || back[0] == 'b', 1);
    assert_int_equal(rig_write(&pty.rig, "c", 1), ERR_OK);
    assert_int_equal(rig_drain(pty.master, back, sizeof back), 1);
    assert_int_equal(back[0], 'c');
    close_pty(&pty);
}

static void a_write_is_taken_whole_or_not_at_all(void **state)
{
    static char block[LINK_QUEUE_SIZE + 1];
    struct pty pty;
    const struct fd_link *f;

    (void)state;
    open_pty(&pty);
    f = (const struct fd_link *)(void *)pty.rig.link;
    assert_int_equal(rig_write(&pty.rig, block, sizeof block), ERR_BUSY);
    assert_int_equal(f->used, 0);
    fill(&pty);
    assert_int_equal(rig_write(&pty.rig, block, LINK_QUEUE_SIZE), ERR_BUSY);
    assert_true(f->used < LINK_QUEUE_SIZE);
    close_pty(&pty);
}

/* Reads all that comes until total bytes are read; keeps the last size of them in tail. */
static size_t read_tail(struct pty *pty, size_t total, char *tail, size_t size)
{
    char back[4096];
    size_t seen = 0, kept = 0;

    while (seen < total) {
        size_t n = rig_drain(pty->master, back, sizeof back);

        assert_true(n > 0);
        seen += n;
        for (size_t i = 0; i < n; i++) {
            if (kept == size) {
                memmove(tail, tail + 1, size - 1);
                kept--;
            }
            tail[kept++] = back[i];
        }
        rig_turn(&pty->rig);
    }
    return kept;
}

static void urgent_bytes_overtake_what_waits_and_keep_their_own_order(void **state)
{
    char tail[LINK_QUEUE_SIZE + LINK_URGENT_SIZE];
    struct pty pty;
    struct fd_link *f;
    size_t sent, waiting, kept;

    (void)state;
    open_pty(&pty);
    f = (struct fd_link *)(void *)pty.rig.link;
    sent = fill(&pty);
    while (rig_write(&pty.rig, "bbbbbbbb", 8) == ERR_OK)
        sent += 8;
    waiting = f->used;
    assert_int_equal(link_write_urgent(pty.rig.link, "\nM112\n", 6), ERR_OK);
    assert_int_equal(link_write_urgent(pty.rig.link, "M104 S0\n", 8), ERR_OK);
    kept = read_tail(&pty, sent + 14, tail, waiting + 14);
    assert_int_equal(kept, waiting + 14);
    assert_memory_equal(tail, "\nM112\nM104 S0\n", 14);
    assert_int_equal(tail[14] == 'a' || tail[14] == 'b', 1);
    close_pty(&pty);
}

static void urgent_bytes_have_room_of_their_own_but_not_without_end(void **state)
{
    struct pty pty;
    int taken = 0;

    (void)state;
    open_pty(&pty);
    fill(&pty);
    while (rig_write(&pty.rig, "b", 1) == ERR_OK)
        ;
    while (link_write_urgent(pty.rig.link, "!", 1) == ERR_OK)
        taken++;
    assert_int_equal(taken, LINK_URGENT_SIZE);
    close_pty(&pty);
}

static void urgent_bytes_go_out_at_once_when_nothing_waits(void **state)
{
    char back[4];
    struct pty pty;

    (void)state;
    open_pty(&pty);
    assert_int_equal(link_write_urgent(pty.rig.link, "\x18", 1), ERR_OK);
    assert_int_equal(read(pty.master, back, sizeof back), 1);
    assert_int_equal(back[0], 0x18);
    close_pty(&pty);
}

static void hanging_up_closes_once_and_says_why(void **state)
{
    struct pty pty;

    (void)state;
    open_pty(&pty);
    close(pty.master);
    pty.master = -1;
    rig_wait(&pty.rig, -1);
    assert_int_equal(pty.rig.closed, 1);
    assert_int_equal(pty.rig.why, ERR_LINK);
    assert_non_null(strstr(pty.rig.why_text, "hung up"));
    close_pty(&pty);
    assert_int_equal(pty.rig.closed, 1);
}

static void writing_to_a_line_that_hung_up_never_calls_back_from_inside(void **state)
{
    struct pty pty;

    (void)state;
    open_pty(&pty);
    close(pty.master);
    pty.master = -1;
    assert_int_equal(rig_write(&pty.rig, "M105\n", 5),
                     ERR_LINK); /* rig asserts: no callback inside */
    assert_int_equal(rig_write(&pty.rig, "M105\n", 5), ERR_LINK);
    assert_int_equal(pty.rig.closed, 0);
    rig_wait(&pty.rig, -1);
    assert_int_equal(pty.rig.why, ERR_LINK);
    close_pty(&pty);
}

static void it_may_be_closed_while_it_speaks(void **state)
{
    struct pty pty;

    (void)state;
    open_pty(&pty);
    pty.rig.close_in_read = true;
    assert_int_equal(write(pty.master, "ok\n", 3), 3);
    rig_wait(&pty.rig, -1);
    assert_int_equal(pty.rig.reads, 1);
    assert_int_equal(pty.rig.why, ERR_OK);
    close_pty(&pty);
}

static void a_stalled_write_closes_the_link(void **state)
{
    struct pty pty;

    (void)state;
    open_pty(&pty);
    ((struct fd_link *)(void *)pty.rig.link)->stall_ms = 80;
    fill(&pty);
    rig_wait(&pty.rig, -1);
    assert_int_equal(pty.rig.why, ERR_LINK);
    assert_non_null(strstr(pty.rig.why_text, "stalled"));
    close_pty(&pty);
}

static void slow_but_steady_reading_is_no_stall(void **state)
{
    char back[4096];
    struct pty pty;

    (void)state;
    open_pty(&pty);
    ((struct fd_link *)(void *)pty.rig.link)->stall_ms = 300;
    fill(&pty);
    for (int i = 0; i < 12; i++) { /* 600 ms in all, and never 300 without progress */
        while (rig_write(&pty.rig, "bbbbbbbb", 8) == ERR_OK)
            ;
        (void)!read(pty.master, back, sizeof back);
        usleep(50000);
        rig_turn(&pty.rig);
        assert_int_equal(pty.rig.closed, 0);
    }
    close_pty(&pty);
}

static void a_second_owner_is_refused_and_the_first_goes_on(void **state)
{
    struct pty pty;
    struct rig other;

    (void)state;
    open_pty(&pty);
    rig_init(&other);
    assert_int_equal(rig_open(&other, pty.name), ERR_BUSY);
    assert_non_null(strstr(other.text, pty.name));
    assert_non_null(strstr(other.text, "in use"));
    rig_finish(&other);
    assert_int_equal(write(pty.master, "ok\n", 3), 3);
    rig_wait(&pty.rig, 3);
    close_pty(&pty);
}

static void the_lock_goes_with_the_link(void **state)
{
    struct pty pty;
    struct rig other;

    (void)state;
    open_pty(&pty);
    rig_finish(&pty.rig);
    rig_init(&other);
    assert_int_equal(rig_open(&other, pty.name), ERR_OK);
    rig_finish(&other);
    close(pty.master);
}

static void bad_ports_are_refused_in_words(void **state)
{
    char path[] = "/tmp/usine-link-XXXXXX";
    struct rig rig;
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    rig_init(&rig);
    assert_int_equal(rig_open(&rig, "/dev/serial/by-id/usb-nobody"), ERR_NOT_FOUND);
    assert_non_null(strstr(rig.text, "not plugged in"));
    assert_int_equal(rig_open(&rig, "usb:ffff:ffff:NOBODY"), ERR_NOT_FOUND);
    assert_int_equal(rig_open(&rig, "usb:12:34"), ERR_INVALID);
    assert_non_null(strstr(rig.text, "usb:VID:PID"));
    assert_int_equal(rig_open(&rig, ""), ERR_INVALID);
    assert_int_equal(rig_open(&rig, path), ERR_INVALID);
    assert_non_null(strstr(rig.text, "not a serial port"));
    assert_int_equal(rig_open(&rig, "/"), ERR_LINK);
    rig_finish(&rig);
    unlink(path);
}

static void a_symbolic_link_to_a_pty_is_followed(void **state)
{
    char path[] = "/tmp/usine-link-XXXXXX";
    struct rig rig;
    char name[64], link[64];
    int master = rig_pty(name, sizeof name);

    (void)state;
    assert_non_null(mkdtemp(path));
    rig_init(&rig);
    snprintf(link, sizeof link, "%s/port", path);
    assert_int_equal(symlink(name, link), 0);
    assert_int_equal(rig_open(&rig, link), ERR_OK);
    rig_finish(&rig);
    unlink(link);
    rmdir(path);
    close(master);
}

static void a_link_is_small(void **state)
{
    (void)state;
    assert_true(sizeof(struct fd_link) <= 2048); /* 2000 machines: 4 MB */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_pass_unchanged_both_ways),
        cmocka_unit_test(one_write_goes_out_at_once),
        cmocka_unit_test(a_full_pty_queues_and_loses_nothing),
        cmocka_unit_test(a_write_is_taken_whole_or_not_at_all),
        cmocka_unit_test(urgent_bytes_overtake_what_waits_and_keep_their_own_order),
        cmocka_unit_test(urgent_bytes_have_room_of_their_own_but_not_without_end),
        cmocka_unit_test(urgent_bytes_go_out_at_once_when_nothing_waits),
        cmocka_unit_test(hanging_up_closes_once_and_says_why),
        cmocka_unit_test(writing_to_a_line_that_hung_up_never_calls_back_from_inside),
        cmocka_unit_test(it_may_be_closed_while_it_speaks),
        cmocka_unit_test(a_stalled_write_closes_the_link),
        cmocka_unit_test(slow_but_steady_reading_is_no_stall),
        cmocka_unit_test(a_second_owner_is_refused_and_the_first_goes_on),
        cmocka_unit_test(the_lock_goes_with_the_link),
        cmocka_unit_test(bad_ports_are_refused_in_words),
        cmocka_unit_test(a_symbolic_link_to_a_pty_is_followed),
        cmocka_unit_test(a_link_is_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
