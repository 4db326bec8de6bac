/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "dialects.h"
#include "gcode/checksum.h"
#include "reply.h"
#include "scan.h"

enum { SMOOTHIE_LINE_MAX = WIRE_MAX }; /* it takes 132 characters */

static size_t smoothie_encode(char *wire, size_t size, uint32_t number, const char *text, size_t n)
{
    return gcode_number_line(wire, size < SMOOTHIE_LINE_MAX ? size : SMOOTHIE_LINE_MAX, number,
                             text, n);
}

static void read_code(const char *rest, struct reply *reply)
{
    scan_int(scan_blanks(rest), &reply->code);
}

static void read_temperatures(const char *rest, struct reply *reply)
{
    (void)rest;
    reply_read_fields(reply->text, reply);
}

static void read_alone(const char *rest, struct reply *reply)
{
    if (*scan_blanks(rest) != '\0')
        reply->kind = REPLY_NOISE;
}

/* clang-format off */
static const struct reply_row rows[] = {
    { "<",                   REPLY_REPORT,   reply_read_report }, /* the answer to "?" */
    { "T:",                  REPLY_REPORT,   read_temperatures },
    { "B:",                  REPLY_REPORT,   read_temperatures },
    { "rs ",                 REPLY_RESEND,   reply_read_resend }, /* "rs N12": no ok follows */
    { "Resend:",             REPLY_RESEND,   reply_read_resend },
    { "!!",                  REPLY_FATAL,    NULL },              /* halted: nothing is obeyed but M999 */
    { "fatal:",              REPLY_FATAL,    NULL },
    { "HALTED",              REPLY_FATAL,    NULL },              /* "HALTED, M999 or $X to exit HALT state" */
    { "error:Alarm lock",    REPLY_FATAL,    NULL },              /* the same in grbl mode */
    { "error:",              REPLY_REJECT,   read_code },
    { "Error:",              REPLY_FATAL,    NULL },
    { "ERROR:",              REPLY_FATAL,    NULL },              /* "ERROR: T0 temperature sensor …" */
    { "ALARM:",              REPLY_ALARM,    read_code },         /* "ALARM: Hard limit +X": words, no number */
    { "Limit switch",        REPLY_ALARM,    NULL },              /* "Limit switch +X was hit - reset or M999 required" */
    { "Soft Endstop",        REPLY_ALARM,    NULL },              /* "… was exceeded - reset or $X or M999 required" */
    { "Kill button pressed", REPLY_FATAL,    NULL },
    { "Smoothie",            REPLY_HELLO,    read_alone },        /* the banner; an ok of its own follows */
    { "Grbl ",               REPLY_HELLO,    NULL },              /* the banner in grbl mode */
    { "//action:",           REPLY_ACTION,   reply_read_action },
    { "// action:",          REPLY_ACTION,   reply_read_action },
    { "FIRMWARE_NAME:",      REPLY_IDENTITY, NULL },
    { "Begin file list",     REPLY_SD_BEGIN, NULL },
    { "End file list",       REPLY_SD_END,   NULL },
    { "X:",                  REPLY_POSITION, read_temperatures },
    { "[MSG:",               REPLY_MESSAGE,  NULL },
    { "WARNING:",            REPLY_MESSAGE,  NULL },
    { "echo:",               REPLY_MESSAGE,  NULL },
};
/* clang-format on */

/* Protocol sheet (Smoothieware, by its source: GcodeDispatch, SimpleShell, Endstops; no board was
 * recorded)
 *   Smoothie, then ok             banner; that ok acknowledges nothing
 *   ok                            one line done; "ok T:20.1 /0.0 @0 B:…" to M105,
 *   ok C: X:1.0000 Y:2.0000 …     to M114
 *   rs N12                        line 12 is the next it will take; no ok follows
 *   !!                            halted (limit, temperature, kill button): even if ok follows,
 * nothing is obeyed but M999, which a person at the machine gives ok Emergency Stop Requested -
 * reset or M999 required to exit HALT state <Idle|MPos:…|WPos:…|F:…>      answer to "?" One line at
 * a time: its queue blocks the ok, so there is nothing to count. */
static void smoothie_decode(const char *line, size_t n, struct reply *reply)
{
    (void)n;
    reply_begin(reply, line);
    if (!reply_read_ok(line, reply))
        reply_walk(rows, sizeof rows / sizeof *rows, reply);
    else if (strstr(line, "Emergency Stop") != NULL)
        reply->kind = REPLY_FATAL;
}

static const char *const hello[] = {"M115", "M5", NULL};
static const char *const prologue[] = {"G21", "G90", NULL};
static const char *const stop_raw[] = {"\x18", "\nM112\n", NULL};
static const char *const safe[] = {"M5", "M107", NULL};

const struct dialect dialect_smoothie = {
    .name = "smoothie",
    .about = "Smoothieware: numbered lines with checksums, one at a time; !! means halted",
    .numbered = true,
    .window_lines = 1,
    .window_bytes = 0,
    .line_max = SMOOTHIE_LINE_MAX,
    .greet_raw = "\n",
    .hello = hello,
    .prologue = prologue,
    .hold = NULL, /* "!" and "~" act only where feed_hold_enable is set; else they spoil a line */
    .resume = NULL,
    .stop = "\x18",
    .ask = "?",
    .poll = NULL,
    .stop_raw = stop_raw,
    .safe = safe,
    .motion_done = "M400",
    .ok_timeout_ms = 30000,
    .busy_timeout_ms = 3000,
    .silence_ms = 1500,
    .ask_every_ms = 200,
    .encode = smoothie_encode,
    .decode = smoothie_decode,
};
