/* SPDX-License-Identifier: Apache-2.0 */
/* grblHAL 2026 where it differs from Grbl: its lists, its reports, and errors that stay
 * (FIRMWARE.md "Grbl" 4). Its planner has 100 blocks; ours keeps 15 and says 100. */
#include <stdio.h>
#include <string.h>

#include "grbl_parts.h"
#include "words.h"

enum { HAL_BLOCKS = 100, HAL_RX = 1024, NO_SUCH_SETTING = 53, NOT_KNOWN = 3 };
enum { REPORT_MACHINE = 1, REPORT_BUFFER = 2, REPORT_FEED = 8, REPORT_WCO = 32, REPORT_OV = 64 };

/* clang-format off */
static const struct { int number, decimals; double preset; } table[] = {
    {0,1,5},{1,0,25},{2,0,0},{3,0,0},{4,0,7},{5,0,0},{6,0,0},{9,0,1},{10,0,511},{11,3,.01},{12,3,.002},
    {13,0,0},{14,0,0},{15,0,0},{17,0,0},{18,0,0},{19,0,0},{20,0,0},{21,0,0},{22,0,0},{23,0,0},{24,1,25},
    {25,1,500},{26,0,250},{27,3,1},{28,3,.1},{29,1,0},{30,3,1000},{31,3,0},{32,0,0},{33,1,5000},{34,1,0},
    {35,1,0},{36,1,100},{37,0,0},{39,0,1},{40,0,0},{41,0,0},{42,0,2},{43,0,1},{44,0,4},{45,0,3},{46,0,0},
    {56,1,5},{57,1,100},{58,1,-5},{59,1,500},{60,0,0},{61,0,0},{62,0,0},{63,0,3},{64,0,0},{65,0,0},
    {100,5,250},{101,5,250},{102,5,250},{110,3,500},{111,3,500},{112,3,500},{120,3,10},{121,3,10},
    {122,3,10},{130,3,200},{131,3,200},{132,3,200},{341,0,0},{342,1,30},{343,1,25},{344,1,200},
    {345,1,200},{346,0,1},{384,0,0},{392,1,4},{393,1,1},{394,1,0},{398,0,100},{481,0,0},{485,0,0},
    {486,0,0},{539,1,0},{673,1,0},{676,0,15},{680,0,0},
};
/* clang-format on */

enum { SETTINGS = sizeof table / sizeof table[0] };

void grbl_make_hal(struct grbl *g)
{
    g->hal = true;
    g->rx.size = HAL_RX;
    grbl_set(g, 0, 5);
    grbl_set(g, 4, 7);
    grbl_set(g, 10, 511);
}

static void say_setting(struct grbl *g, int i)
{
    double value = table[i].preset;

    grbl_get(g, table[i].number, &value);
    board_say(&g->board, "$%d=%.*f\r\n", table[i].number, table[i].decimals, value);
}

static void say_identity(struct grbl *g)
{
    board_say(&g->board, "[VER:1.1f.20260817:]\r\n[OPT:VNML+%s,%d,%d,3,0]\r\n[AXS:3:XYZ]\r\n",
              grbl_setting(g, 32) != 0 ? "W" : "", HAL_BLOCKS, HAL_RX);
    board_say(&g->board, "[NEWOPT:ENUMS,RT+,TC,SED]\r\n[FIRMWARE:grblHAL]\r\n[SIGNALS:D]\r\n"
                         "[NVS STORAGE:*EEPROM]\r\n[DRIVER:Simulator]\r\n"
                         "[DRIVER VERSION:260324]\r\n");
}

static void say_parameters(struct grbl *g)
{
    static const char *const names[] = {"G54",   "G55",   "G56",   "G57", "G58", "G59",
                                        "G59.1", "G59.2", "G59.3", "G28", "G30"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        board_say(&g->board, "[%s:0.000,0.000,0.000]\r\n", names[i]);
    board_say(&g->board, "[G92:%.3f,%.3f,%.3f]\r\n[TLO:0.000,0.000,0.000]\r\n", g->offset[0],
              g->offset[1], g->offset[2]);
    board_say(&g->board, "[PRB:0.000,0.000,0.000:0]\r\n");
}

static void say_modes(struct grbl *g)
{
    const struct grbl_modal *m = &g->modal;

    board_say(&g->board,
              "[GC:G%d G%d G%d G%d G%d G94 G40 G49 G98 G50 M%d M%d T%d F%.0f S%.0f.]\r\n",
              m->motion, m->system, m->plane, m->units, m->relative ? 91 : 90, m->spindle,
              m->coolant, m->tool, m->feed_mm_min, m->power);
}

/* "$1" asks for one setting, "$99=1" sets one that may not be there. */
static int one_setting(struct grbl *g, const char *at)
{
    double number;

    if (!words_number(&at, &number) || (*at != '\0' && *at != '='))
        return GRBL_NOT_MINE;
    for (int i = 0; i < SETTINGS; i++) {
        if (table[i].number != (int)number)
            continue;
        if (*at == '=')
            return GRBL_NOT_MINE;
        say_setting(g, i);
        return GRBL_OK;
    }
    return NO_SUCH_SETTING;
}

int grbl_hal_system(struct grbl *g, const char *line)
{
    bool idle = g->state == GRBL_IDLE || g->state == GRBL_ALARM;

    if (strcmp(line, "$") == 0)
        board_say(&g->board, "[HLP:$$ $# $G $I $N $x=val $Nx=line $J=line $SLP $C $X $H $B ~ ! ? "
                             "ctrl-x]\r\n");
    else if (strcmp(line, "$G") == 0)
        say_modes(g);
    else if (strcmp(line, "$SLP") == 0)
        return NOT_KNOWN;
    else if (!idle)
        return GRBL_NOT_MINE;
    else if (strcmp(line, "$I") == 0)
        say_identity(g);
    else if (strcmp(line, "$#") == 0)
        say_parameters(g);
    else if (strcmp(line, "$$") == 0)
        for (int i = 0; i < SETTINGS; i++)
            say_setting(g, i);
    else
        return one_setting(g, line + 1);
    return GRBL_OK;
}

void grbl_hal_report(struct grbl *g)
{
    int mask = (int)grbl_setting(g, 10);
    double at[AXES];
    const struct planner_block *b = planner_where(&g->planner, g->board.now_us, at);
    bool moving = b != NULL && !(g->planner.held && g->hold_done);

    for (int i = 0; i < 3 && (mask & REPORT_MACHINE) == 0; i++)
        at[i] -= g->offset[i];
    board_say(&g->board, "<%s|%cPos:%.3f,%.3f,%.3f", grbl_state_words(g),
              (mask & REPORT_MACHINE) != 0 ? 'M' : 'W', at[0], at[1], at[2]);
    if ((mask & REPORT_BUFFER) != 0)
        board_say(&g->board, "|Bf:%u,%u", HAL_BLOCKS - g->planner.count, HAL_RX - 1U - g->rx.used);
    if ((mask & REPORT_FEED) != 0)
        board_say(&g->board, "|FS:%.0f,%.0f", moving ? (double)b->feed_mm_s * 60 : 0.0,
                  moving ? (double)b->power : 0.0);
    if (g->reports == 0 && (mask & REPORT_OV) != 0)
        board_say(&g->board, "|Ov:%d,100,%d", g->feed_override, g->spindle_override);
    if (g->reports == 0)
        board_say(&g->board, "|A:%s|H:0|TLR:0",
                  g->modal.spindle == 3   ? "S"
                  : g->modal.spindle == 4 ? "C"
                                          : "");
    if (g->reports == 1 && (mask & REPORT_WCO) != 0)
        board_say(&g->board, "|WCO:%.3f,%.3f,%.3f", g->offset[0], g->offset[1], g->offset[2]);
    board_say(&g->board, ">\r\n");
    g->reports++;
}
