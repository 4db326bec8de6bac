/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

void board_open(struct board *b)
{
    struct termios raw;

    memset(b, 0, sizeof *b);
    b->fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    assert_true(b->fd >= 0);
    assert_int_equal(grantpt(b->fd) + unlockpt(b->fd), 0);
    snprintf(b->port, sizeof b->port, "%s", ptsname(b->fd));
    b->slave = open(b->port, O_RDWR | O_NOCTTY | O_CLOEXEC);
    tcgetattr(b->slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(b->slave, TCSANOW, &raw);
}

static void board_line(struct board *b)
{
    const char *text =
        strncmp(b->line, "M115", 4) == 0 ? "FIRMWARE_NAME:Marlin Test\nok\n" : "ok\n";

    b->lines += b->line[0] == 'N' && atoi(b->line + 1) >= 10000;
    if (!b->mute && b->n > 0 && write(b->fd, text, strlen(text)) < 0)
        print_message("a board's answer is lost\n");
    b->n = 0;
}

void board_work(struct board *b)
{
    char bytes[256];
    ssize_t n;

    while ((n = read(b->fd, bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            if (bytes[i] == '\n')
                board_line(b);
            else if (b->n < sizeof b->line - 1)
                b->line[b->n++] = bytes[i];
            b->line[b->n] = '\0';
        }
    }
}

void board_close(struct board *b)
{
    close(b->fd);
    close(b->slave);
}
