/* SPDX-License-Identifier: Apache-2.0 */
#include "dialect_marlin.h"

#include <string.h>

#include "dialects.h"
#include "gcode/checksum.h"
#include "reply.h"
#include "scan.h"

size_t marlin_encode(char *wire, size_t size, uint32_t number, const char *text, size_t n)
{
    return gcode_number_line(wire, size < MARLIN_LINE_MAX ? size : MARLIN_LINE_MAX, number, text,
                             n);
}

/* "Error:0" is the first half of "Error:0" + ": Extruder switched off. MAXTEMP triggered !". */
static bool is_half_error(const char *words)
{
    words = scan_blanks(words);
    while (*words >= '0' && *words <= '9')
        words++;
    return *scan_blanks(words) == '\0';
}

static void read_last_line(const char *words, struct reply *reply)
{
    static const char label[] = "Last Line:";
    const char *at = strstr(words, label);

    reply->kind = REPLY_ERROR_LINK;
    if (at != NULL)
        scan_integer(scan_blanks(at + sizeof label - 1), &reply->line);
}

/* True if text holds one of the words. */
static bool holds_one(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strstr(text, *words) != NULL)
            return true;
    return false;
}

/* Error: what is not about the line or the (unused) SD card means that it has stopped. On a noisy
 * link this text arrives damaged as well: each of the four link errors is known by several of its
 * words, so that one bad byte does not make a fatal error of it. */
static void read_error(const char *rest, struct reply *reply)
{
    static const char *const link[] = {
        "checksum",    "mismatch",      /* checksum mismatch: bytes were damaged */
        "Line Number", "is not Last",   /* Line Number is not Last Line Number+1: one is missing */
        "No Checksum", "with line",     /* No Checksum with line number: its end was lost */
        "No Line",     "with checksum", /* No Line Number with checksum: its beginning was lost */
        ", Last Line", NULL,
    };
    static const char *const card[] = {
        "volume.init failed",
        "openRoot failed",
        "workDir open failed",
        "open failed, File",
        "error writing to file",
        "Cannot open subdir",
        NULL,
    };

    if (holds_one(rest, link))
        read_last_line(rest, reply);
    else if (holds_one(rest, card) || *scan_blanks(rest) == '\0')
        reply->kind = REPLY_MESSAGE;
    else if (strstr(rest, "RX BUF overflow") != NULL)
        reply->kind = REPLY_OVERFLOW;
    else
        reply->needs_more = is_half_error(rest);
}

/* echo:DEBUG:INFO,DRYRUN; without DRYRUN only a list of what it tells more about. */
static void read_debug(const char *rest, struct reply *reply)
{
    if (strstr(rest, "DRYRUN") == NULL)
        return;
    reply->kind = REPLY_STOPPED;
    reply->stop = STOP_DRYRUN;
}

static void read_locked(const char *rest, struct reply *reply)
{
    (void)rest;
    reply->stop = STOP_LOCKED;
}

static void read_cold(const char *rest, struct reply *reply)
{
    (void)rest;
    reply->stop = STOP_COLD;
}

/* T:… without ok; W: tells that M109 or M190 waits. Old builds glue the ok to its end. */
static void read_temperatures(const char *rest, struct reply *reply)
{
    size_t n = strlen(rest);

    reply_read_fields(reply->text, reply);
    if (n > 2 && strcmp(rest + n - 2, "ok") == 0)
        reply->kind = REPLY_ACK;
    else if (strstr(rest, " W:") != NULL)
        reply->kind = REPLY_HEATING;
}

static void read_position(const char *rest, struct reply *reply)
{
    size_t n = strlen(rest);

    reply_read_fields(reply->text, reply);
    if (n > 2 && strcmp(rest + n - 2, "ok") == 0)
        reply->kind = REPLY_ACK;
}

/* "File deleted:name" has no line end in old builds: the ok of M30 stands right behind the name. */
static void read_deleted(const char *rest, struct reply *reply)
{
    size_t n = strlen(rest);

    if (n >= 2 && strcmp(rest + n - 2, "ok") == 0)
        reply->kind = REPLY_ACK;
}

/* Words that must stand alone: "start", "wait". With more behind them they are other words. */
static void read_alone(const char *rest, struct reply *reply)
{
    if (*scan_blanks(rest) != '\0')
        reply->kind = REPLY_NOISE;
}

static void read_rs(const char *rest, struct reply *reply)
{
    if (*rest != ' ' && *rest != 'N' && (*rest < '0' || *rest > '9'))
        reply->kind = REPLY_NOISE;
    else
        reply_read_resend(rest, reply);
}

static void read_capability(const char *rest, struct reply *reply)
{
    static const struct {
        const char *name;
        uint32_t bit;
    } capabilities[] = {
        {"AUTOREPORT_TEMP:", CAP_AUTOREPORT_TEMP}, {"EMERGENCY_PARSER:", CAP_EMERGENCY_PARSER},
        {"ADVANCED_OK:", CAP_ADVANCED_OK},         {"HOST_ACTION_COMMANDS:", CAP_HOST_ACTIONS},
        {"PROMPT_SUPPORT:", CAP_PROMPT},
    };

    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++) {
        const char *value = scan_prefix(rest, capabilities[i].name);

        if (value == NULL)
            continue;
        reply->capabilities_known |= capabilities[i].bit;
        if (*value == '1')
            reply->capabilities |= capabilities[i].bit;
    }
}

/* clang-format off */
/* The words of Marlin 1.0 to 2.1 and its children (Prusa, Creality, Ultimaker), first fit wins. What
 * stands behind "echo:" is for people and never protocol, but for the rows here. */
static const struct reply_row rows[] = {
    /* status, by far the most frequent after "ok" */
    { " T:",                         REPLY_REPORT,       read_temperatures }, /* M155, M109; W:? W:9 … W:0 while it waits */
    { "T:",                          REPLY_REPORT,       read_temperatures },
    { " B:",                         REPLY_REPORT,       read_temperatures }, /* M190 of boards without a nozzle sensor in it */
    { "B:",                          REPLY_REPORT,       read_temperatures },
    { "T0:",                         REPLY_REPORT,       read_temperatures },
    { "echo:busy: paused for",       REPLY_WAITS_PERSON, NULL },              /* "user" (M0, M600), "input" */
    { "echo:busy:",                  REPLY_BUSY,         NULL },              /* "processing", each 2 s (M113) */
    { "busy: paused for",            REPLY_WAITS_PERSON, NULL },
    { "busy:",                       REPLY_BUSY,         NULL },
    { "wait",                        REPLY_WAIT,         read_alone },        /* NO_TIMEOUTS: nothing to do for 1 s */
    { "X:",                          REPLY_POSITION,     read_position },     /* M114, end of G28 */
    { "M106 P",                      REPLY_MESSAGE,      NULL },              /* the fan's speed, after M106 and M107 */
    /* the link */
    { "Resend:",                     REPLY_RESEND,       reply_read_resend }, /* its own ok follows, or not */
    { "rs",                          REPLY_RESEND,       read_rs },           /* Teacup, Smoothie, old Sprinter */
    { "Error:",                      REPLY_FATAL,        read_error },
    /* it has stopped: FAULTS.md section 4 */
    { "!!",                          REPLY_FATAL,        NULL },
    { "fatal:",                      REPLY_FATAL,        NULL },              /* Repetier */
    { ": Extruder switched off",     REPLY_FATAL,        NULL },              /* second half of "Error:0" */
    { ": Heated bed switched off",   REPLY_FATAL,        NULL },
    { "Thermal Runaway",             REPLY_FATAL,        NULL },              /* second half of "Error:" */
    { "Heating failed",              REPLY_FATAL,        NULL },
    { "MAXTEMP triggered",           REPLY_FATAL,        NULL },
    { "MINTEMP triggered",           REPLY_FATAL,        NULL },
    { "echo:EMERGENCY SHUTDOWN",     REPLY_FATAL,        NULL },
    { "EMERGENCY SHUTDOWN",          REPLY_FATAL,        NULL },
    { "KILL caused by",              REPLY_FATAL,        NULL },              /* button, too much inactive time */
    { "STOP called because of",      REPLY_FATAL,        NULL },              /* BLTouch, unhomed */
    { "Printer stopped due to",      REPLY_FATAL,        NULL },              /* moves acknowledged, not made */
    { "Printer halted",              REPLY_FATAL,        NULL },
    /* acknowledged, not executed */
    { "echo:Printer locked",         REPLY_STOPPED,      read_locked },
    { "echo:DEBUG:",                 REPLY_MESSAGE,      read_debug },
    { "DEBUG:",                      REPLY_MESSAGE,      read_debug },
    { "echo: cold extrusion",        REPLY_STOPPED,      read_cold },
    { "echo:cold extrusion",         REPLY_STOPPED,      read_cold },
    { "echo: too long extrusion",    REPLY_STOPPED,      read_cold },         /* the move is left out just the same */
    { "echo:Unknown ",               REPLY_UNKNOWN,      NULL },              /* command: "M9999"; its ok follows */
    { "Unknown command:",            REPLY_UNKNOWN,      NULL },
    { "Unknown M code:",             REPLY_UNKNOWN,      NULL },              /* Prusa */
    { "Unknown G code:",             REPLY_UNKNOWN,      NULL },
    /* it has (re)started */
    { "start",                       REPLY_HELLO,        read_alone },
    { "PowerUp",                     REPLY_HELLO,        NULL },
    { "External Reset",              REPLY_HELLO,        NULL },
    { "Brown out Reset",             REPLY_HELLO,        NULL },
    { "Watchdog Reset",              REPLY_HELLO,        NULL },
    { "Software Reset",              REPLY_HELLO,        NULL },
    { "echo:PowerUp",                REPLY_HELLO,        NULL },
    { "echo:External Reset",         REPLY_HELLO,        NULL },
    { "echo:Brown out Reset",        REPLY_HELLO,        NULL },
    { "echo:Watchdog Reset",         REPLY_HELLO,        NULL },
    { "echo:Software Reset",         REPLY_HELLO,        NULL },
    { "Marlin ",                     REPLY_HELLO,        NULL },              /* the banner: "Marlin 2.1.2.7" */
    { "echo:Marlin ",                REPLY_HELLO,        NULL },
    /* what it is and wants */
    { "//action:",                   REPLY_ACTION,       reply_read_action },
    { "// action:",                  REPLY_ACTION,       reply_read_action },
    { "FIRMWARE_NAME:",              REPLY_IDENTITY,     NULL },
    { "Cap:",                        REPLY_OPTIONS,      read_capability },
    { "Begin file list",             REPLY_SD_BEGIN,     NULL },              /* file names may read "ok" */
    { "End file list",               REPLY_SD_END,       NULL },
    { "File deleted:",               REPLY_MESSAGE,      read_deleted },
    { "echo:",                       REPLY_MESSAGE,      NULL },
};
/* clang-format on */

/* Protocol sheet (Marlin 2.1.2.7 as recorded in tests/golden/transcripts; FAULTS.md, FIRMWARE.md)
 *   start / PowerUp / Marlin 2.1.2.7        it has (re)started: last line number is 0
 *   ok | ok P15 B15 | ok N12 P15 B15        one line taken; P planner blocks, B command slots free
 *   ok T:19.37 /0.00 B:19.37 /0.00 @:0 B@:0 the answer to M105: never with N P B
 *    T:19.37 /60.00 B:… @:127 B@:0 W:?      report (M155), with W: while M109/M190 waits
 *   echo:busy: processing                   each 2 s while a command blocks
 *   Error:checksum mismatch, Last Line: 3   then Resend: 4, then a bare ok that belongs to the
 * resend Error:Thermal Runaway, system stopped! Heater_ID: E0 any Error: without a Resend: is the
 * end echo:Unknown command: "M9999"           its ok follows as for any line
 *   //action:paused                         what it wants of its host
 * A line whose number is the last one or the one before it gets no answer at all. */
void marlin_decode(const char *line, size_t n, struct reply *reply)
{
    (void)n;
    reply_begin(reply, line);
    if (!reply_read_ok(line, reply))
        reply_walk(rows, sizeof rows / sizeof *rows, reply);
}

static const char *const hello[] = {"M115", "M113 S2", "M155 S2", NULL};
static const char *const prologue[] = {"M111 S0", "M155 S2", "M220 S100", "M221 S100",
                                       "G21",     "G90",     "M82",       NULL};
static const char *const stop_raw[] = {"\nM112\n", NULL};
static const char *const safe[] = {"M104 S0", "M140 S0", "M107", NULL};

const struct dialect dialect_marlin = {
    .name = "marlin",
    .about =
        "Marlin printers and their children: numbered lines with checksums, one at a time unless "
        "ok reports room",
    .numbered = true,
    .window_lines = 1,
    .window_bytes = 0,
    .line_max = MARLIN_LINE_MAX,
    .greet_raw = "\n", /* ends a half line of whoever spoke before */
    .hello = hello,
    .prologue = prologue,
    .hold =
        NULL, /* nothing passes the queue but the emergency parser's M112: hold = send no more */
    .resume = NULL,
    .stop = NULL,
    .ask = NULL,
    .poll = "M105",
    .stop_raw = stop_raw, /* never numbered: a plain build sees only a bare M112 early */
    .safe = safe,
    .motion_done = "M400",
    .ok_timeout_ms = 30000,
    .busy_timeout_ms = 3000,
    .silence_ms = 0, /* M113 S0 and long G4 are silent: the ok clock decides */
    .ask_every_ms = 0,
    .encode = marlin_encode,
    .decode = marlin_decode,
};
