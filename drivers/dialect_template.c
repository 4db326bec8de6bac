/* SPDX-License-Identifier: Apache-2.0 */
/* Copy this to dialect_NAME.c, rename, and follow docs/dialects.md. It is left out of the build
 * (and compiled by tests/unit/drivers/test_template.c, so that it stays true). */
#include <string.h>

#include "dialects.h"
#include "reply.h"

enum { TEMPLATE_LINE_MAX = 80 }; /* how long a line its buffer takes, newline included */

/* The wire form of one line. Firmware that numbers lines: gcode_number_line, as marlin_encode. */
static size_t template_encode(char *wire, size_t size, uint32_t number, const char *text, size_t n)
{
    (void)number;
    if (n + 1 > size || n + 1 > TEMPLATE_LINE_MAX)
        return 0;
    memcpy(wire, text, n);
    wire[n] = '\n';
    return n + 1;
}

/* What follows the prefix; may fill fields of *reply or change its kind. */
static void read_code(const char *rest, struct reply *reply)
{
    reply->code = *rest >= '0' && *rest <= '9' ? *rest - '0' : -1;
}

/* clang-format off */
/* The firmware's own words, the most frequent first; the first fit wins, no fit is REPLY_NOISE. */
static const struct reply_row rows[] = {
    { "error:", REPLY_REJECT, read_code }, /* the oldest line in flight was refused */
    { "!!",     REPLY_FATAL,  NULL },      /* it has stopped and stays so */
    { "hello",  REPLY_HELLO,  NULL },      /* it has (re)started: nothing is in flight */
};
/* clang-format on */

/* Protocol sheet (firmware and version, where it was recorded)
 *   hello          it has (re)started
 *   ok             one line taken
 *   error:2        that line was refused
 *   !!             halted until a person has looked */
static void template_decode(const char *line, size_t n, struct reply *reply)
{
    (void)n;
    reply_begin(reply, line);
    if (!reply_read_ok(line, reply)) /* first: it is nearly all that comes */
        reply_walk(rows, sizeof rows / sizeof *rows, reply);
}

static const char *const hello[] = {"M115", NULL};
static const char *const prologue[] = {"G21", "G90", NULL};
static const char *const stop_raw[] = {"\nM112\n", NULL};
static const char *const safe[] = {"M104 S0", "M140 S0", "M107", "M5", NULL};

/* Declare it in dialects.h and give it a row in dialects.c. */
extern const struct dialect dialect_template;
const struct dialect dialect_template = {
    .name = "template", /* as profiles name it: "dialect": "template" */
    .about = "one sentence for technicians",
    .numbered = false,
    .window_lines = 1,
    .window_bytes = 0,
    .line_max = TEMPLATE_LINE_MAX,
    .greet_raw = "\n",
    .hello = hello,
    .prologue = prologue,
    .hold = NULL,
    .resume = NULL,
    .stop = NULL,
    .ask = NULL,
    .poll = "M105",
    .stop_raw = stop_raw,
    .safe = safe,
    .motion_done = "M400",
    .ok_timeout_ms = 30000,
    .busy_timeout_ms = 3000,
    .silence_ms = 0,
    .ask_every_ms = 0,
    .encode = template_encode,
    .decode = template_decode,
};
