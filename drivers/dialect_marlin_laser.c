/* SPDX-License-Identifier: Apache-2.0 */
#include "dialect_marlin.h"
#include "dialects.h"

/* Protocol sheet (Marlin 2.1.2.7, laser build; transcripts marlin-2.1.2.7-laser-*)
 * Words and numbers are those of dialect_marlin.c. What differs:
 *   M3, M4, M5 without I   wait for the moves before them to end: seconds until ok, with
 *                          "echo:busy: processing" in between; M5 I and M107 do not wait
 *   M105                   "ok T:0": no heaters, so nothing is auto-reported
 * (Cap:AUTOREPORT_TEMP:0) M104, M155             echo:Unknown command: "M104 S50", then ok: never
 * sent here M112                   stops the motion, but the beam may stay on: with time, M107 and
 * M5 first; a cable pulled under M3 leaves it on whatever the host does */
static const char *const hello[] = {"M115", "M113 S2", "M107", "M5", NULL};
static const char *const prologue[] = {"M111 S0", "M220 S100", "G21", "G90", NULL};
static const char *const stop_raw[] = {"\nM112\n", NULL};
/* First the one that does not wait; M5 may act only with the next move, so a small one without
 * power follows (FAULTS.md section 5). */
static const char *const safe[] = {"M107",        "M5",  "G91", "G1 X0.1 S0 F600",
                                   "G1 X-0.1 S0", "G90", NULL};

const struct dialect dialect_marlin_laser = {
    .name = "marlin-laser",
    .about = "Marlin with a laser: as marlin, beam by M3/M4/M5 or the fan output",
    .numbered = true,
    .window_lines = 1,
    .window_bytes = 0,
    .line_max = MARLIN_LINE_MAX,
    .greet_raw = "\n",
    .hello = hello,
    .prologue = prologue,
    .hold = NULL,
    .resume = NULL,
    .stop = NULL,
    .ask = NULL,
    .poll = "M114",
    .stop_raw = stop_raw,
    .safe = safe,
    .motion_done = "M400",
    .ok_timeout_ms = 30000,
    .busy_timeout_ms = 3000,
    .silence_ms = 0,
    .ask_every_ms = 0,
    .encode = marlin_encode,
    .decode = marlin_decode,
};
