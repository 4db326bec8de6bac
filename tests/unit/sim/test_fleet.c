/* SPDX-License-Identifier: Apache-2.0 */
/* Machines behind real pseudo-terminals, on a real loop. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/fleet.h"
#include "sim/report.h"

static const char factory[] = "{ \"sites\": [ { \"id\": \"a\", \"name\": \"A\", \"town\": "
                              "\"Caen\", \"lat\": 49, \"lon\": 0 } ],\n"
                              "  \"machines\": [ { \"id\": \"p1\", \"site\": \"a\", \"model\": "
                              "\"ender-3\", \"port\": \"/dev/x1\" },\n"
                              "                  { \"id\": \"l1\", \"site\": \"a\", \"model\": "
                              "\"grbl-600x400\", \"port\": \"/dev/x2\" } ] }";

struct stage {
    uv_loop_t loop;
    struct config *config;
    struct faults faults;
    struct fleet *fleet;
    char dir[64], heard[8192];
};

static void begin(struct stage *s, const char *script)
{
    struct config_faults faults;
    struct fleet_options options = {
        .dir = s->dir, .speed = 1, .build = "plain", .faults = &s->faults};
    char text[300];

    memset(s, 0, sizeof *s);
    strcpy(s->dir, "/tmp/usine-sim-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    if (config_parse("test", factory, strlen(factory), &s->config, &faults) != ERR_OK)
        fail_msg("%s", faults.items[0].text);
    config_faults_finish(&faults);
    assert_int_equal(faults_parse(&s->faults, "script", script, text, sizeof text), ERR_OK);
    uv_loop_init(&s->loop);
    if (fleet_create(&s->fleet, &s->loop, s->config, &options, text) != ERR_OK)
        fail_msg("%s", text);
}

static void end(struct stage *s)
{
    fleet_stop(s->fleet);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    fleet_destroy(s->fleet);
    assert_int_equal(uv_loop_close(&s->loop), 0);
    faults_finish(&s->faults);
    config_unref(s->config);
    assert_int_equal(rmdir(s->dir), 0); /* every link is gone */
}

static int plug(struct stage *s, const char *machine)
{
    struct termios raw;
    char path[128];
    int fd;

    snprintf(path, sizeof path, "%s/%s", s->dir, machine);
    fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0 && tcgetattr(fd, &raw) == 0) {
        cfmakeraw(&raw);
        tcsetattr(fd, TCSANOW, &raw);
    }
    return fd;
}

static void turn(struct stage *s, int ms)
{
    for (int i = 0; i < ms; i++) {
        uv_run(&s->loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
}

/* Sends text and listens until `wanted` is heard; false after two seconds. */
static bool ask(struct stage *s, int fd, const char *text, const char *wanted)
{
    size_t used = 0;

    s->heard[0] = '\0';
    turn(s, 2); /* the simulator notices who has opened */
    if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        return false;
    for (int i = 0; i < 2000 && strstr(s->heard, wanted) == NULL; i++) {
        ssize_t n;

        turn(s, 1);
        n = read(fd, s->heard + used, sizeof s->heard - 1 - used);
        used += n > 0 ? (size_t)n : 0;
        s->heard[used] = '\0';
    }
    return strstr(s->heard, wanted) != NULL;
}

static void each_machine_speaks_its_dialect_at_its_link(void **state)
{
    struct stage s;
    int p, l;

    (void)state;
    begin(&s, "");
    p = plug(&s, "p1");
    l = plug(&s, "l1");
    assert_true(ask(&s, p, "M115\n", "Cap:EMERGENCY_PARSER:0\n"));
    assert_true(ask(&s, l, "$I\n", "[OPT:V,15,128]\r\nok\r\n"));
    close(p);
    close(l);
    end(&s);
}

/* The port is closed and opened again: no banner, and the number goes on. */
static void a_board_survives_its_host(void **state)
{
    struct stage s;
    int fd;

    (void)state;
    begin(&s, "");
    fd = plug(&s, "p1");
    assert_true(ask(&s, fd, "N10009 M110 N10009*125\n", "ok"));
    close(fd);
    turn(&s, 5);
    fd = plug(&s, "p1");
    assert_true(ask(&s, fd, "N5 M105*34\n", "Resend: 10010\nok\n"));
    assert_null(strstr(s.heard, "start"));
    close(fd);
    end(&s);
}

static void what_a_board_says_to_nobody_is_lost(void **state)
{
    const char *busy;
    struct stage s;
    int fd;

    (void)state;
    begin(&s, "");
    fd = plug(&s, "p1");
    assert_true(ask(&s, fd, "M113 S1\n", "ok"));
    assert_true(ask(&s, fd, "G4 S2\n", ""));
    close(fd);
    turn(&s, 1200);
    fd = plug(&s, "p1");
    assert_true(ask(&s, fd, "M105\n", "ok T:"));
    assert_true(strncmp(s.heard, "ok", 2) == 0 || strncmp(s.heard, "echo:busy", 9) == 0);
    busy = strstr(s.heard, "busy");
    assert_true(busy == NULL || strstr(busy + 1, "busy") == NULL);
    close(fd);
    end(&s);
}

static void an_unplugged_machine_hangs_up_and_comes_back(void **state)
{
    struct stage s;
    char byte;
    int fd;

    (void)state;
    begin(&s, "at line 1 of p1: unplug for 0.2 s\n");
    fd = plug(&s, "p1");
    assert_true(ask(&s, fd, "N9999 M110 N9999*125\n", "ok"));
    ask(&s, fd, "N10000 G90*17\n", "never");
    assert_true(read(fd, &byte, 1) <= 0 && errno != EAGAIN);
    close(fd);
    turn(&s, 300);
    fd = plug(&s, "p1");
    assert_true(fd >= 0);
    assert_true(ask(&s, fd, "N5 M105*34\n", "Resend: 10001\n"));
    close(fd);
    end(&s);
}

static void opening_resets_only_where_the_script_says_so(void **state)
{
    struct stage s;
    int fd;

    (void)state;
    begin(&s, "p1: reset-on-open\n");
    fd = plug(&s, "p1");
    turn(&s, 10);
    assert_true(ask(&s, fd, "", "start\nPowerUp\n"));
    close(fd);
    fd = plug(&s, "l1");
    assert_false(ask(&s, fd, "\n", "Grbl"));
    close(fd);
    end(&s);
}

static void the_report_names_every_machine(void **state)
{
    struct stage s;
    char path[128], text[16384] = "";
    FILE *file;

    (void)state;
    begin(&s, "");
    snprintf(path, sizeof path, "%s/report.json", s.dir);
    assert_int_equal(report_write(s.fleet, path), ERR_OK);
    file = fopen(path, "r");
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    remove(path);
    assert_non_null(strstr(text, "\"p1\""));
    assert_non_null(strstr(text, "\"l1\""));
    assert_non_null(strstr(text, "\"beam_still_ms\""));
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_machine_speaks_its_dialect_at_its_link),
        cmocka_unit_test(a_board_survives_its_host),
        cmocka_unit_test(what_a_board_says_to_nobody_is_lost),
        cmocka_unit_test(an_unplugged_machine_hangs_up_and_comes_back),
        cmocka_unit_test(opening_resets_only_where_the_script_says_so),
        cmocka_unit_test(the_report_names_every_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
