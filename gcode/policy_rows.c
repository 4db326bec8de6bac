/* SPDX-License-Identifier: Apache-2.0 */
/* FAULTS.md section 8 as a table, for Marlin's words: what is not here is refused. G0 to G3 are in
 * policy_move.c. */
#include <stdio.h>
#include <string.h>

#include "policy_parts.h"

#define ON(letter) GCODE_LETTER(letter)

enum {
    PRINTERS = 1,
    LASERS = 2,
    BOTH = PRINTERS | LASERS,
    XYZ = ON('X') | ON('Y') | ON('Z'),
    XYZE = XYZ | ON('E'),
};
#define ANY 0x3ffffffu
#define PROBE                                                                                      \
    (ANY & ~(ON('S') | ON('M'))) /* Prusa's finds "PRUSA" and "M117" anywhere in a line            \
                                  */

static const char host_asks[] = "the daemon asks the machine itself";
static const char harmless[] = "does nothing for the part";

struct row {
    char letter;
    short first, last; /* numbers */
    unsigned char kinds;
    bool subs;        /* G43.1, M862.3: also with a sub number */
    uint32_t letters; /* that may follow */
    enum policy_verdict verdict;
    enum host_action action;
    policy_check_fn *check; /* of lines to send or act on */
    const char *why;        /* of lines to drop or refuse */
};

/* clang-format off */
static const struct row rows[] = {
    /* sent */
    {'M', 204, 204, PRINTERS, false, ON('S') | ON('P') | ON('R') | ON('T'), POLICY_SEND, 0, policy_accel, NULL},
    {'M', 106, 107, PRINTERS, false, ON('S') | ON('P') | ON('I') | ON('T'), POLICY_SEND, 0, policy_fan, NULL},
    {'M', 73, 73,   PRINTERS, false, ON('P') | ON('R') | ON('Q') | ON('S') | ON('C') | ON('D'), POLICY_ACT, ACTION_PROGRESS, NULL, NULL},
    {'G', 92, 92,   PRINTERS, false, XYZE, POLICY_SEND, 0, policy_set_position, NULL},
    {'G', 4, 4,     PRINTERS, false, ON('S') | ON('P'), POLICY_SEND, 0, policy_dwell, NULL},
    {'G', 10, 11,   PRINTERS, false, ON('S'), POLICY_SEND, 0, policy_retract, NULL},
    {'G', 17, 17,   BOTH,     false, 0, POLICY_SEND, 0, NULL, NULL},
    {'G', 21, 21,   BOTH,     false, 0, POLICY_SEND, 0, NULL, NULL},
    {'G', 28, 28,   PRINTERS, false, XYZ | ON('W') | ON('O') | ON('R') | ON('C'), POLICY_SEND, 0, policy_home, NULL},
    {'G', 29, 29,   PRINTERS, false, PROBE, POLICY_SEND, 0, policy_home, NULL}, /* S stores a mesh */
    {'G', 80, 80,   PRINTERS, false, PROBE, POLICY_SEND, 0, policy_home, NULL},
    {'M', 420, 420, PRINTERS, false, ON('S') | ON('Z') | ON('L'), POLICY_SEND, 0, policy_home, NULL},
    {'G', 90, 91,   BOTH,     false, 0, POLICY_SEND, 0, policy_absolute, NULL},
    {'M', 82, 83,   PRINTERS, false, 0, POLICY_SEND, 0, policy_absolute, NULL},
    {'M', 17, 18,   BOTH,     false, XYZE | ON('S'), POLICY_SEND, 0, NULL, NULL},
    {'M', 84, 84,   BOTH,     false, XYZE | ON('S'), POLICY_SEND, 0, NULL, NULL},
    {'M', 104, 104, PRINTERS, false, ON('S') | ON('T'), POLICY_SEND, 0, policy_nozzle, NULL},
    {'M', 109, 109, PRINTERS, false, ON('S') | ON('R') | ON('T'), POLICY_SEND, 0, policy_nozzle, NULL},
    {'M', 140, 140, PRINTERS, false, ON('S'), POLICY_SEND, 0, policy_bed, NULL},
    {'M', 190, 190, PRINTERS, false, ON('S') | ON('R'), POLICY_SEND, 0, policy_bed, NULL},
    {'M', 201, 201, PRINTERS, false, XYZE, POLICY_SEND, 0, policy_accel, NULL},
    {'M', 203, 203, PRINTERS, false, XYZE, POLICY_SEND, 0, policy_feed_limits, NULL},
    {'M', 205, 205, PRINTERS, false, XYZE | ON('S') | ON('T') | ON('B') | ON('J'), POLICY_SEND, 0, policy_jerk, NULL},
    {'M', 220, 221, PRINTERS, false, ON('S') | ON('T'), POLICY_SEND, 0, policy_override, NULL},
    {'M', 572, 572, PRINTERS, false, ON('S') | ON('D') | ON('W'), POLICY_SEND, 0, policy_advance, NULL},
    {'M', 900, 900, PRINTERS, false, ON('K') | ON('T') | ON('W') | ON('H') | ON('D') | ON('L'), POLICY_SEND, 0, policy_advance, NULL},
    {'M', 400, 400, PRINTERS, false, 0, POLICY_SEND, 0, NULL, NULL},
    {'T', 0, 99,    PRINTERS, false, 0, POLICY_SEND, 0, policy_tool, NULL},
    {'M', 3, 4,     LASERS,   false, ON('S') | ON('I'), POLICY_SEND, 0, policy_beam_on, NULL},
    {'M', 5, 5,     LASERS,   false, ON('I'), POLICY_SEND, 0, policy_beam_off, NULL},
    {'M', 7, 9,     LASERS,   false, 0, POLICY_SEND, 0, NULL, NULL},
    {'M', 106, 107, LASERS,   false, ON('S'), POLICY_SEND, 0, policy_beam_fan, NULL},
    {'G', 4, 4,     LASERS,   false, ON('S') | ON('P'), POLICY_SEND, 0, policy_beam_dwell, NULL},
    {'M', 400, 400, LASERS,   false, 0, POLICY_SEND, 0, policy_beam_dwell, NULL},

    /* done by the host */
    {'M', 0, 1,     PRINTERS, false, ANY, POLICY_ACT, ACTION_PAUSE, NULL, NULL},
    {'M', 25, 25,   PRINTERS, false, ANY, POLICY_ACT, ACTION_PAUSE, NULL, NULL},
    {'M', 226, 226, PRINTERS, false, ANY, POLICY_ACT, ACTION_PAUSE, NULL, NULL},
    {'M', 600, 600, PRINTERS, false, ANY, POLICY_ACT, ACTION_PAUSE, NULL, NULL},
    {'M', 0, 1,     LASERS,   false, ANY, POLICY_ACT, ACTION_PAUSE, policy_beam_dwell, NULL},
    {'M', 117, 117, BOTH,     false, ANY, POLICY_ACT, ACTION_MESSAGE, NULL, NULL},
    {'M', 862, 862, PRINTERS, true,  ANY, POLICY_DROP, 0, policy_prusa_check, NULL},

    /* dropped */
    {'M', 105, 105, BOTH, false, ANY, POLICY_DROP, 0, NULL, host_asks},
    {'M', 110, 110, BOTH, false, ANY, POLICY_DROP, 0, NULL, "the daemon numbers the lines itself"},
    {'M', 114, 115, BOTH, false, ANY, POLICY_DROP, 0, NULL, host_asks},
    {'M', 155, 155, BOTH, false, ANY, POLICY_DROP, 0, NULL, host_asks},
    {'M', 73, 73,   LASERS, false, ANY, POLICY_DROP, 0, NULL, harmless},
    {'M', 75, 78,   BOTH, false, ANY, POLICY_DROP, 0, NULL, harmless},
    {'M', 150, 150, BOTH, false, ANY, POLICY_DROP, 0, NULL, harmless},
    {'M', 300, 300, BOTH, false, ANY, POLICY_DROP, 0, NULL, harmless},
    {'M', 486, 486, BOTH, false, ANY, POLICY_DROP, 0, NULL, harmless},
    {'M', 907, 907, PRINTERS, false, ANY, POLICY_DROP, 0, NULL, "motor currents are left as they are"},
    {'M', 2, 2,     LASERS, false, 0, POLICY_DROP, 0, NULL, "the daemon ends the run itself"},
    {'M', 30, 30,   LASERS, false, 0, POLICY_DROP, 0, NULL, "the daemon ends the run itself"},

    /* refused, with a better reason than that they are unknown */
    {'G', 20, 20,   BOTH, false, ANY, POLICY_REFUSE, 0, NULL, "inches: export the file in millimetres"},
    {'G', 28, 30,   LASERS, true, ANY, POLICY_REFUSE, 0, NULL, "homing is the operator's: remove it"},
    {'G', 92, 92,   LASERS, true, ANY, POLICY_REFUSE, 0, NULL, "it moves the origin, so the work area could not be checked: remove it"},
    {'G', 53, 59,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it moves the origin, so the work area could not be checked: remove it"},
    {'M', 92, 92,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 206, 206, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 428, 428, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 500, 504, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 665, 666, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 851, 851, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the machine's settings: remove it"},
    {'M', 301, 301, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the heaters' regulation: remove it"},
    {'M', 303, 304, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the heaters' regulation: remove it"},
    {'M', 302, 302, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it switches a protection off: remove it"},
    {'M', 211, 211, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it switches a protection off: remove it"},
    {'M', 111, 111, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it may make the machine only pretend: remove it"},
    {'M', 997, 997, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the firmware: remove it"},
    {'M', 575, 575, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes the link's speed: remove it"},
    {'M', 20, 33,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it works on the machine's SD card: remove it"},
    {'M', 524, 524, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it works on the machine's SD card: remove it"},
    {'M', 928, 928, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it works on the machine's SD card: remove it"},
    {'M', 42, 42,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it switches a pin of the board: remove it, or have it allowed in the profile"},
    {'M', 80, 81,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it switches the power supply: remove it, or have it allowed in the profile"},
    {'M', 85, 86,   BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "the dead-man timer is the daemon's: remove it"},
    {'M', 413, 413, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "power-loss recovery is the daemon's: remove it"},
    {'M', 108, 108, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "stopping and resuming are the operator's: remove it"},
    {'M', 112, 112, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "stopping and resuming are the operator's: remove it"},
    {'M', 410, 410, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "stopping and resuming are the operator's: remove it"},
    {'M', 876, 876, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "stopping and resuming are the operator's: remove it"},
    {'M', 999, 999, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "stopping and resuming are the operator's: remove it"},
    {'M', 118, 118, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it can forge what the machine answers: remove it"},
    {'M', 510, 512, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it locks or unlocks the machine: remove it"},
    {'M', 906, 918, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "it changes motor currents: remove it, or have it allowed in the profile"},
    {'M', 808, 819, BOTH, true, ANY, POLICY_REFUSE, 0, NULL, "macros and loops hide what is run: remove it"},
};
/* clang-format on */
#undef ON

static const struct row *find(const struct gcode_line *line, unsigned kind)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];

        if (row->letter == line->letter && line->number >= row->first &&
            line->number <= row->last && (row->kinds & kind) != 0 && (line->sub == 0 || row->subs))
            return row;
    }
    return NULL;
}

static void refuse_unknown(const struct gcode_line *line, struct policy_ruling *ruling)
{
    if (line->letter == 'D' || line->letter == 'P')
        policy_refuse(ruling, "raw memory and factory commands are not for files: remove it");
    else if (line->letter == '@')
        policy_refuse(ruling, "commands to another host program: remove it");
    else if (line->letter == '$' || line->letter == '[')
        policy_refuse(ruling, "settings are not for files: remove it");
    else
        policy_refuse(ruling, "not on the list of commands a program may use: remove it, or have a "
                              "technician allow it in the profile");
}

static void refuse_letters(const struct gcode_line *line, uint32_t extra,
                           struct policy_ruling *ruling)
{
    char letter = 'A';

    while ((extra & GCODE_LETTER(letter)) == 0)
        letter++;
    policy_refuse(ruling, "%c%d does not take %c here: remove it", line->letter, line->number,
                  letter);
}

void policy_marlin(struct policy_state *state, const struct gcode_line *line,
                   struct policy_ruling *ruling)
{
    const struct row *row = find(line, state->profile->kind == KIND_LASER ? LASERS : PRINTERS);

    if (row == NULL) {
        refuse_unknown(line, ruling);
        return;
    }
    if (row->verdict == POLICY_REFUSE) {
        policy_refuse(ruling, "%s", row->why);
        return;
    }
    if ((line->letters & ~row->letters) != 0) {
        refuse_letters(line, line->letters & ~row->letters, ruling);
        return;
    }
    ruling->verdict = row->verdict;
    ruling->action = row->action;
    if (row->why != NULL)
        snprintf(ruling->why, sizeof ruling->why, "%s", row->why);
    if (row->check != NULL)
        row->check(state, line, ruling);
    else if (row->action == ACTION_PROGRESS && !gcode_line_has(line, 'P'))
        policy_drop(ruling, "progress of another mode");
}
