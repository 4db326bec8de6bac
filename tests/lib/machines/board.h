/* SPDX-License-Identifier: Apache-2.0 */
/* A board of a few lines behind a real pseudo-terminal: it answers ok to everything. */
#ifndef USINE_TESTS_BOARD_H
#define USINE_TESTS_BOARD_H

#include <stdbool.h>
#include <stddef.h>

struct board {
    int fd;    /* the board's end */
    int slave; /* kept open, so that the host may come and go */
    char port[64];
    char line[256];
    size_t n;
    unsigned lines; /* of the job */
    bool mute;
};

void board_open(struct board *b);
void board_close(struct board *b);

/* Reads what has come and answers it. */
void board_work(struct board *b);

#endif
