/* SPDX-License-Identifier: Apache-2.0 */
/* Each exact text of FAULTS.md sections 2 to 5 and of FIRMWARE.md is understood as what it is: as
 * sent, with damaged bytes around it, whole and byte by byte. One row a text; lines of one row are
 * joined by
 * "\n" and expect "kind …" joined by " / ". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "describe.h"
#include "drivers/dialects.h"
#include "drivers/framer.h"

struct fault_row {
    const char *said;
    const char *expect;
};

/* clang-format off */
static const struct fault_row marlin_rows[] = {
    /* section 2: the link */
    { "Error:checksum mismatch, Last Line: 70\nResend: 71\nok",
      "error-link line=70 / resend line=71 / ack" },
    { "Error:Line Number is not Last Line Number+1, Last Line: 1230\nResend: 1231\nok",
      "error-link line=1230 / resend line=1231 / ack" },
    { "Error:No Checksum with line number, Last Line: 29\nResend: 30",
      "error-link line=29 / resend line=30" },
    { "Error:No Line Number with checksum, Last Line: 2568",          "error-link line=2568" },
    { "Resend:71",                                                    "resend line=71" },
    { "Resend: N71",                                                  "resend line=71" },
    { "Resend:N71",                                                   "resend line=71" },
    { "Resend: N:71",                                                 "resend" },
    { "rs 71",                                                        "resend line=71" },
    { "rs N71",                                                       "resend line=71" },
    { "rs N2 Expected checksum 67",                                   "resend line=2" },
    { "Resend: -5",                                                   "resend line=-5" },
    { "Resend: 1",                                                    "resend line=1" },
    { "Resend:",                                                      "resend" },
    { "Resend: 99999999999999999999999",                              "resend line=1000000000000000" },
    { "rsync 71",                                                     "noise" },
    { "rs",                                                           "noise" },
    { "echo:Resend: 71",                                              "message" },
    { "echo:rs 71",                                                   "message" },
    { "please Resend: 71",                                            "noise" },
    { "echo:Unknown command: \"L105 G1 X10\"\nok",                    "unknown / ack" },
    { "o",                                                            "noise" },
    { "k",                                                            "noise" },
    { "okay",                                                         "noise" },
    { "ok",                                                           "ack" },
    { "ok T:205.1 /205.0 B:60.0 /60.0 @:0 B@:0",                      "ack nozzle=205.1/205 bed=60/60" },
    { "ok T:205.1/205.0 B:60.0/60.0",                                 "ack nozzle=205.1/205 bed=60/60" },
    { "ok T:27.5 /0.0 B:26.9 /0.0 T0:27.5 /0.0 @:0 B@:0 P:27.4 A:31.2", "ack nozzle=27.5/0 bed=26.9/0" },
    { "ok T0:21.5 /0.0 T1:22.5 /0.0 B:20.0 /0.0",                     "ack nozzle=21.5/0 bed=20/0" },
    { "ok N1645 P57 B63",                                             "ack line=1645 planner=57 slots=63" },
    { "ok N12 P15 B15",                                               "ack line=12 planner=15 slots=15" },
    { "ok P15 B3",                                                    "ack planner=15 slots=3" },
    { "ok 0",                                                         "ack" },
    { "ok X:0.00 Y:1.50 Z:-0.20 E:0.00 Count X:9 Y:9 Z:9",            "ack at=0,1.5,-0.2" },
    { "ok T:nan /0.0 B:inf /60.0",                                    "ack" },
    { "File deleted:FOO.GCOok",                                       "ack" },
    { "File deleted:foo.gcook",                                       "ack" },
    { "File deleted:FOO.GCO\nok",                                     "message / ack" },
    { "T:19.4 /0.0 B:20.0 /0.0 @:0 B@:0ok",                           "ack nozzle=19.4/0 bed=20/0" },
    { "X:1.00 Y:2.00 Z:3.00 E:0.00 Count X:1 Y:2 Z:3 ok",             "ack at=1,2,3" },
    { "echo:ok",                                                      "message" },
    { "echo:SD card ok",                                              "message" },
    { "wait",                                                         "wait" },
    { "waiting for something",                                        "noise" },
    { "Error:RX BUF overflow, increase RX_BUFFER_SIZE: 127",          "overflow" },
    { "Begin file list\nOK.GCO\nok\nEnd file list\nok",               "sd-begin / noise / ack / sd-end / ack" },
    { "echo:Error:Thermal Runaway",                                   "message" },
    { "echo://action:cancel",                                         "message" },
    /* section 3: waiting and state */
    { "echo:busy: processing",                                        "busy" },
    { "busy: processing",                                             "busy" },
    { " T:19.37 /60.00 B:19.37 /0.00 @:127 B@:0 W:?",                 "heating nozzle=19.37/60 bed=19.37/0" },
    { "T:19.4 E:0 W:9",                                               "heating nozzle=19.4" },
    { " T:19.37 /0.00 B:19.37 /0.00 @:0 B@:0",                        "report nozzle=19.37/0 bed=19.37/0" },
    { "B:59.00 /60.00 W:2",                                           "heating bed=59/60" },
    { "echo:busy: paused for user",                                   "waits-person" },
    { "echo:busy: paused for input",                                  "waits-person" },
    { "//action:paused",                                              "action paused" },
    { "//action:resumed",                                             "action resumed" },
    { "//action:pause",                                               "action pause" },
    { "//action:resume",                                              "action resume" },
    { "//action:cancel",                                              "action cancel" },
    { "//action:disconnect",                                          "action disconnect" },
    { "// action:pause",                                              "action pause" },
    { "//action:prompt_begin Change the sheet",                       "action prompt" },
    { "//action:prompt_button Continue",                              "action prompt" },
    { "//action:prompt_show",                                         "action prompt" },
    { "//action:prompt_end",                                          "action prompt" },
    { "//action:pause_by_gcode",                                      "action other" },
    { "//action:poweroff",                                            "action other" },
    { "//action:shutdown",                                            "action other" },
    { "//action:start",                                               "action other" },
    { "//action:",                                                    "action other" },
    { "fsensor_stop_and_save_print",                                  "noise" },
    { "echo:Enqueing to the front: \"M600\"",                         "message" },
    { "start",                                                        "hello" },
    { "PowerUp",                                                      "hello" },
    { "External Reset",                                               "hello" },
    { "Brown out Reset",                                              "hello" },
    { "Watchdog Reset",                                               "hello" },
    { "Software Reset",                                               "hello" },
    { "Marlin 2.1.2.7",                                               "hello" },
    { "echo:Marlin 1.1.9",                                            "hello" },
    { "starting something",                                           "noise" },
    { "Error:Printer stopped due to errors. Fix the error and use M999 to restart. (Temperature is reset. Set it after restarting)",
                                                                      "fatal" },
    { "Printer stopped due to errors. Supervision required.",         "fatal" },
    { "echo:Printer locked! (Unlock with M511 or LCD)\nok",           "stopped locked / ack" },
    { "echo:DEBUG:DRYRUN",                                            "stopped dryrun" },
    { "echo:DEBUG:INFO,ERRORS,DRYRUN",                                "stopped dryrun" },
    { "echo:DEBUG:off",                                               "message" },
    { "echo: cold extrusion prevented\nok",                           "stopped cold / ack" },
    { "echo:Unknown command: \"M9999\"\nok",                          "unknown / ack" },
    { "Unknown M code: M9999",                                        "unknown" },
    /* section 4: fatal */
    { "Error:Thermal Runaway, system stopped! Heater_ID: 0",          "fatal" },
    { "Error:Thermal Runaway, system stopped! Heater_ID: bed",        "fatal" },
    { "Error:Thermal Runaway, system stopped! Heater_ID: chamber",    "fatal" },
    { "Error:Thermal Runaway, system stopped! Heater_ID: E0",         "fatal" },
    { "Error:Heating failed, system stopped! Heater_ID: 0",           "fatal" },
    { "Error:MAXTEMP triggered, system stopped! Heater_ID: 0",        "fatal" },
    { "Error:MINTEMP triggered, system stopped! Heater_ID: 0",        "fatal" },
    { "Error:0\n: Extruder switched off. MAXTEMP triggered !",        "fatal half / fatal" },
    { "Error:0: Extruder switched off. MAXTEMP triggered !",          "fatal" },
    { "Error:",                                                       "message" },
    { "Error:\nMAXTEMP triggered, system stopped! Heater_ID: 0",      "message / fatal" },
    { "Error:\nThermal Runaway, system stopped! Heater_ID: 0",        "message / fatal" },
    { "Error:Printer halted. kill() called!",                         "fatal" },
    { "echo:EMERGENCY SHUTDOWN DETECTED. KILLED.",                    "fatal" },
    { "Error:KILL caused by too much inactive time - current command: G1 X5",
                                                                      "fatal" },
    { "KILL caused by KILL button/pin",                               "fatal" },
    { "Error:!! KILL caused by KILL button/pin",                      "fatal" },
    { "Error:Z-Probe failed to retract!",                             "fatal" },
    { "STOP called because of BLTouch error - restart with M999",     "fatal" },
    { "STOP called because of unhomed error - restart with M999",     "fatal" },
    { "!! Printer is halted\nok",                                     "fatal / ack" },
    { "!!",                                                           "fatal" },
    { "fatal: heater defect\nok",                                     "fatal / ack" },
    { "Error:something nobody has seen yet",                          "fatal" },
    { "Error:volume.init failed",                                     "message" },
    { "echo:M112 Shutdown",                                           "message" },
    { "echo:Heating Failed",                                          "message" },
    /* section 2: NUL and high bytes */
    { "\xb0start",                                                    "hello" },
    { "\xff\xfeok",                                                   "ack" },
    { "o\x80k",                                                       "ack" },
    { "Cap:AUTOREPORT_TEMP:1",                                        "options cap=1/1" },
    { "Cap:EMERGENCY_PARSER:0",                                       "options cap=0/2" },
    { "Cap:ADVANCED_OK:1",                                            "options cap=4/4" },
    { "Cap:EEPROM:1",                                                 "options" },
    { "FIRMWARE_NAME:Prusa-Firmware 3.9.1 based on Marlin",           "identity" },
    { "",                                                             "" },
};

static const struct fault_row grbl_rows[] = {
    { "ok",                                                           "ack" },
    { "ok ",                                                          "noise" },
    { "error:1",                                                      "reject code=1" },
    { "error:2",                                                      "reject code=2" },
    { "error:8",                                                      "reject code=8" },
    { "error:9",                                                      "reject code=9" },
    { "error:11",                                                     "reject code=11" },
    { "error:20",                                                     "reject code=20" },
    { "error:22",                                                     "reject code=22" },
    { "error:24",                                                     "reject code=24" },
    { "error:33",                                                     "reject code=33" },
    { "error:36",                                                     "reject code=36" },
    { "error: Bad number format",                                     "reject" },
    { "error:99999999999",                                            "reject code=1000000000" },
    { "ALARM:1\n[MSG:Reset to continue]",                             "alarm code=1 / message alarm" },
    { "ALARM:2",                                                      "alarm code=2" },
    { "ALARM:3",                                                      "alarm code=3" },
    { "ALARM:9",                                                      "alarm code=9" },
    { "Grbl 1.1h ['$' for help]",                                     "hello" },
    { "GrblHAL 1.1f ['$' or '$HELP' for help]",                       "hello" },
    { "[MSG:'$H'|'$X' to unlock]",                                    "message alarm" },
    { "<Run|Bf:15,128|FS:0,0>",
      "report run planner=15 slots=128 buffer feed=0,0" },
    { "<Run|MPos:1.516,0.000,0.000|Bf:14,128|FS:1200,500|Ov:100,100,100|A:S>",
      "report run planner=14 slots=128 buffer at=1.516,0,0 feed=1200,500" },
    { "<Hold:0|MPos:1.000,2.000,3.000|FS:0,0>",                       "report hold:0 at=1,2,3 feed=0,0" },
    { "<Hold:1|WPos:1.000,2.000,3.000|F:500>",                        "report hold:1 at=1,2,3 feed=500,0" },
    { "<Door:2|MPos:1.000,2.000,3.000>",                              "report door:2 at=1,2,3" },
    { "[MSG:Check Door]",                                             "message door" },
    { "<Check|MPos:0.000,0.000,0.000|FS:0,0>",                        "report check at=0,0,0 feed=0,0" },
    { "[MSG:Enabled]",                                                "message check" },
    { "<Sleep|MPos:0.000,0.000,0.000|FS:0,0>",                        "report sleep at=0,0,0 feed=0,0" },
    { "[MSG:Sleeping]",                                               "message sleep" },
    { "<Idle|MPos:0.000,0.000,0.000|FS:0,0>",                         "report idle at=0,0,0 feed=0,0" },
    { "<Idle,MPos:0.000,1.000,0.000,WPos:5.000,5.000,5.000>",         "report idle at=0,1,0" },
    { "<Home|MPos:0.000,0.000,0.000>",                                "report home at=0,0,0" },
    { "<Jog|MPos:0.000,0.000>",                                       "report jog" },
    { "<Alarm>",                                                      "report alarm" },
    { "<Run|MPos:1.5",                                                "noise" },
    { "<Ru<Idle|MPos:0,0,0>",                                         "noise" },
    { "<Party|MPos:0,0,0>",                                           "noise" },
    { "<Run|Bf:-1,99999999>",                                         "report run" },
    { "[OPT:V,15,128]",                                               "options window=0/127" },
    { "[OPT:VNML+,100,1024,3,0]",                                     "options window=0/1023" },
    { "[OPT:V]",                                                      "options" },
    { "[OPT:V,15,9999999]",                                           "options" },
    { "[VER:1.1h.20190830:]",                                         "identity" },
    { "$32=0",                                                        "setting code=32 value=0" },
    { "$30=1000.000",                                                 "setting code=30 value=1000" },
    { "$N0=G20",                                                      "noise" },
    { "$G",                                                           "noise" },
    { "$12",                                                          "noise" },
    { ">G20G54:ok",                                                   "noise" },
    { ">:error:7",                                                    "noise" },
    { "[GC:G0 G54 G17 G21 G90 G94 M5 M9 T0 F0 S0]",                   "noise" },
    { "\x80ok",                                                       "ack" },
};

static const struct fault_row smoothie_rows[] = {
    { "Smoothie\nok",                                                 "hello / ack" },
    { "ok",                                                           "ack" },
    { "ok T:20.1 /0.0 @0 B:19.9 /0.0 @0",                             "ack nozzle=20.1/0 bed=19.9/0" },
    { "ok C: X:1.0000 Y:2.0000 Z:3.0000 E:0.0000",                    "ack at=1,2,3" },
    { "rs N12",                                                       "resend line=12" },
    { "!!",                                                           "fatal" },
    { "!!\nok",                                                       "fatal / ack" },
    { "ok Emergency Stop Requested - reset or M999 required to exit HALT state", "fatal" },
    { "ALARM: Hard limit +X",                                         "alarm" },
    { "error:Alarm lock",                                             "fatal" },
    { "error:20",                                                     "reject code=20" },
    { "//action:pause",                                               "action pause" },
    { "<Idle|MPos:1.0000,2.0000,0.0000|WPos:1.0000,2.0000,0.0000|F:4000.0,100.0>",
      "report idle at=1,2,0 feed=4000,100" },
    { "FIRMWARE_NAME:Smoothieware, FIRMWARE_URL:http%3A//smoothieware.org", "identity" },
    { "echo:ok",                                                      "message" },
};
/* clang-format on */

/* What decode makes of the bytes of one row, fed in pieces of n, texts left out. */
static void read_row(const struct dialect *dialect, const char *said, size_t piece, char *out)
{
    struct framer framer;
    struct description d;
    struct reply reply;
    size_t left = strlen(said) + 1; /* the row's NUL stands for one on the line: dropped */
    char bytes[512];
    const char *at = bytes;

    memcpy(bytes, said, left);
    bytes[left++] = '\n';
    framer_init(&framer);
    out[0] = '\0';
    while (left > 0) {
        size_t n = left < piece ? left : piece, length;
        const char *p = at, *line;

        at += n;
        left -= n;
        while ((line = framer_next(&framer, &p, &n, &length)) != NULL) {
            dialect->decode(line, length, &reply);
            describe(&d, &reply);
            *strstr(d.text, " | ") = '\0';
            if (out[0] != '\0')
                strcat(out, " / ");
            strcat(out, d.text);
        }
    }
}

static void check_rows(const struct dialect *dialect, const struct fault_row *rows, size_t n)
{
    char out[2048];

    for (size_t i = 0; i < n; i++)
        for (size_t piece = 1; piece < 300; piece++) {
            read_row(dialect, rows[i].said, piece, out);
            if (strcmp(out, rows[i].expect) != 0)
                fail_msg("%s: \"%s\" in pieces of %zu: expected %s, got %s", dialect->name,
                         rows[i].said, piece, rows[i].expect, out);
            if (piece > strlen(rows[i].said))
                break;
        }
}

static void marlin_texts_are_understood(void **state)
{
    (void)state;
    check_rows(&dialect_marlin, marlin_rows, sizeof marlin_rows / sizeof *marlin_rows);
    check_rows(&dialect_marlin_laser, marlin_rows, sizeof marlin_rows / sizeof *marlin_rows);
}

static void grbl_texts_are_understood(void **state)
{
    (void)state;
    check_rows(&dialect_grbl, grbl_rows, sizeof grbl_rows / sizeof *grbl_rows);
}

static void smoothie_texts_are_understood(void **state)
{
    (void)state;
    check_rows(&dialect_smoothie, smoothie_rows, sizeof smoothie_rows / sizeof *smoothie_rows);
}

/* One bit of the line is wrong, at this place. */
static enum reply_kind kind_damaged(const char *said, size_t at, int bit)
{
    char line[128];
    struct reply reply;

    strcpy(line, said);
    line[at] = (char)(line[at] ^ (1 << bit));
    if (line[at] == '\0') /* the framer drops it */
        memmove(line + at, line + at + 1, strlen(line + at + 1) + 1);
    dialect_marlin.decode(line, strlen(line), &reply);
    return reply.kind;
}

/* Noise damages what the machine says of noise, too: that must not lock it. */
static void a_damaged_link_error_is_never_fatal(void **state)
{
    static const char *const errors[] = {
        "Error:checksum mismatch, Last Line: 70",
        "Error:Line Number is not Last Line Number+1, Last Line: 1230",
        "Error:No Checksum with line number, Last Line: 29",
        "Error:No Line Number with checksum, Last Line: 2568",
    };

    (void)state;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        for (size_t k = 0; k < 7 * strlen(errors[i]); k++) {
            enum reply_kind kind = kind_damaged(errors[i], k / 7, (int)(k % 7));

            assert_true(kind == REPLY_ERROR_LINK ||
                        (kind == REPLY_NOISE && k / 7 < strlen("Error:")));
        }
}

static void each_tool_is_read_by_itself(void **state)
{
    struct heater_report tools[3] = {{.target = 7}, {.target = 7}, {.target = 7}};

    (void)state;
    reply_read_tools("ok T:25.1 /0.0 B:60.0 /60.0 T0:25.1 /0.0 T1:199.5 /200.0 T2:30.0 T10:1 /1 "
                     "T-1:9 /9 Tx:1 T1",
                     tools, 3);
    assert_true(tools[0].has && tools[1].has && tools[2].has);
    assert_true(tools[0].target == 0 && tools[1].target == 200);
    assert_true(tools[1].now > 199.4F && tools[1].now < 199.6F);
    assert_true(tools[2].target == 7); /* not said */
    reply_read_tools("T1:2x9.5 /200.0", &tools[1], 1);
    assert_true(tools[1].now > 199.4F); /* damaged, and of a tool beyond the table */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marlin_texts_are_understood),
        cmocka_unit_test(grbl_texts_are_understood),
        cmocka_unit_test(smoothie_texts_are_understood),
        cmocka_unit_test(a_damaged_link_error_is_never_fatal),
        cmocka_unit_test(each_tool_is_read_by_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
