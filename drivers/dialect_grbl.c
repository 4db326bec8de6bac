/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "dialects.h"
#include "reply.h"
#include "scan.h"
#include "window.h"

enum {
    GRBL_LINE_MAX = 80,  /* LINE_BUFFER_SIZE 80 with its NUL: 79 characters and the newline */
    GRBL_RING_ROOM = 127 /* RX_BUFFER_SIZE 128: a ring holds one less than its size */
};

static size_t grbl_encode(char *wire, size_t size, uint32_t number, const char *text, size_t n)
{
    (void)number;
    if (n + 1 > size || n + 1 > GRBL_LINE_MAX)
        return 0;
    memcpy(wire, text, n);
    wire[n] = '\n'; /* never CR LF: that would be two lines, and two oks */
    return n + 1;
}

static void read_code(const char *rest, struct reply *reply)
{
    scan_int(scan_blanks(rest), &reply->code);
}

/* "100=250.000" after "$"; "$N0=…" and "$I=…" hold text and are not settings. */
static void read_setting(const char *rest, struct reply *reply)
{
    const char *p = scan_int(rest, &reply->code);

    if (p != NULL && *p == '=' && reply->code >= 0 && scan_number(p + 1, &reply->value) != NULL)
        return;
    reply->kind = REPLY_NOISE;
    reply->code = -1;
}

/* "V,15,128]" after "[OPT:": options, planner blocks, receive bytes; grblHAL "VNML+,100,1024,3,0]".
 */
static void read_options(const char *rest, struct reply *reply)
{
    const char *comma = strchr(rest, ',');
    double sizes[2];

    if (comma == NULL || scan_numbers(comma + 1, sizes, 2) != 2)
        return;
    if (sizes[1] >= 2 && sizes[1] <= 65535)
        reply->window_bytes = (int)sizes[1] - 1;
}

/* "Check Door]" after "[MSG:": some words are also a state. */
static void read_message(const char *rest, struct reply *reply)
{
    static const struct {
        const char *words;
        enum report_state state;
    } states[] = {
        {"Check Door", REPORT_DOOR},         {"Sleeping", REPORT_SLEEP},
        {"Enabled", REPORT_CHECK},           {"'$H'|'$X' to unlock", REPORT_ALARM},
        {"Reset to continue", REPORT_ALARM},
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (scan_prefix(rest, states[i].words) != NULL)
            reply->state = states[i].state;
}

/* clang-format off */
static const struct reply_row rows[] = {
    { "<",        REPLY_REPORT,   reply_read_report }, /* the answer to "?": no ok */
    { "error:",   REPLY_REJECT,   read_code },         /* the oldest line in flight was refused; frees its bytes */
    { "ALARM:",   REPLY_ALARM,    read_code },         /* it stopped itself; position is lost */
    { "Grbl ",    REPLY_HELLO,    NULL },              /* "Grbl 1.1h ['$' for help]": nothing is in flight */
    { "GrblHAL ", REPLY_HELLO,    NULL },              /* "GrblHAL 1.1f ['$' or '$HELP' for help]" */
    { "[MSG:",    REPLY_MESSAGE,  read_message },
    { "[OPT:",    REPLY_OPTIONS,  read_options },
    { "[VER:",    REPLY_IDENTITY, NULL },              /* "[VER:1.1h.20190830:]" */
    { "$",        REPLY_SETTING,  read_setting },      /* "$32=1" */
    { "[Caution", REPLY_MESSAGE,  NULL },              /* Grbl 0.9 */
};
/* clang-format on */

/* Protocol sheet (Grbl 1.1h on an ATmega328P, grblHAL 20260817; tests/golden/transcripts)
 *   Grbl 1.1h ['$' for help]       banner: it has (re)started
 *   ok | error:9                   one for each line sent, empty ones too, in order
 *   <Run|MPos:1.516,0.000,0.000|Bf:14,128|FS:1200,500|Ov:100,100,100|A:S>
 *                                  answer to "?": Bf blocks and bytes free, FS feed and beam
 *   ALARM:1 then [MSG:Reset to continue]
 *                                  it stopped itself; only 0x18 is heard now
 *   [MSG:'$H'|'$X' to unlock]      locked: G-code gets error:9
 *   [OPT:V,15,128] [VER:1.1h.…:]   answers to $I: blocks, receive bytes; what it is
 *   $32=1                          answers to $$
 *   >G20G54:ok  >:error:7          start-up blocks it ran by itself: no replies to us
 * "?" "!" "~" 0x18 and 0x84… act at once, anywhere, are not counted and get no ok. In Hold and Door
 * no line is answered until "~". grblHAL answers every line after an error with that same error. */
static void grbl_decode(const char *line, size_t n, struct reply *reply)
{
    reply_begin(reply, line);
    if (n == 2 && line[0] == 'o' && line[1] == 'k')
        reply->kind = REPLY_ACK;
    else
        reply_walk(rows, sizeof rows / sizeof *rows, reply);
}

static const char *const hello[] = {"$I", "$$", "$G", NULL};
static const char *const prologue[] = {"G21", "G90", "G94", "M5", NULL};
static const char *const stop_raw[] = {"!", "\x18", NULL};
static const char *const safe[] = {"M5", "M9", NULL};

const struct dialect dialect_grbl = {
    .name = "grbl",
    .about = "Grbl 1.1 and grblHAL: counts bytes, obeys single bytes at once",
    .numbered = false,
    .window_lines = WINDOW_SLOTS,
    .window_bytes = GRBL_RING_ROOM,
    .line_max = GRBL_LINE_MAX,
    .greet_raw = "\x18", /* never "\n": it would run a truncated move */
    .hello = hello,
    .prologue = prologue,
    .hold = "!",
    .resume = "~",
    .stop = "\x18",
    .ask = "?",
    .poll = NULL,
    .stop_raw = stop_raw,
    .safe = safe,
    .motion_done = NULL, /* two Idle reports with power 0 */
    .ok_timeout_ms = 0,  /* $H, a hold or a long buffer may take minutes: the reports tell */
    .busy_timeout_ms = 0,
    .silence_ms = 1500,
    .ask_every_ms = 200,
    .encode = grbl_encode,
    .decode = grbl_decode,
};
