/* SPDX-License-Identifier: Apache-2.0 */
/* What a dialog expects of the machine, and how a well-behaved board answers the host's own lines.
 */
#ifndef USINE_TESTS_DIALOG_EXPECT_H
#define USINE_TESTS_DIALOG_EXPECT_H

#include "rig.h"

struct dialog {
    struct rig rig;
    bool begun;
    int split;
    size_t longest;
    size_t line_from;    /* where the line under way began in gathered */
    char gathered[4096]; /* said together */
    size_t gathered_n;
    char program[4096];
    size_t program_n;
    char caps[128]; /* what M115 tells besides its name */
    char board[64]; /* its name */
    double s_max, laser_mode;
    bool homing;      /* $22=1 */
    bool advanced;    /* ok P15 B3 */
    unsigned last;    /* number of the last line the board took */
    char report[120]; /* said by itself while time passes; "": nothing */
    int64_t report_at;
    char fault[400];
};

/* "state held", "outcome failed", … False: d->fault says what is different. */
bool dialog_expect(struct dialog *d, const char *words);

/* "caps Cap:EMERGENCY_PARSER:1", "board Other", … False: no such thing. */
bool dialog_set(struct dialog *d, const char *words);

/* Answers one line of the host as a healthy board would. False: it is not known. */
bool dialog_reply(struct dialog *d, const char *line);

#endif
