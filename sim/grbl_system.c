/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that begin with $: settings, queries, modes. */
#include <math.h>
#include <string.h>

#include "grbl_parts.h"
#include "words.h"

enum { IDLE_ERROR = 8, STATEMENT_ERROR = 3, DISABLED_ERROR = 5, SOFT_LIMIT_ERROR = 10 };

/* clang-format off */
static const struct { int number, decimals; } table[GRBL_SETTINGS] = {
    {0,0},{1,0},{2,0},{3,0},{4,0},{5,0},{6,0},{10,0},{11,3},{12,3},{13,0},{20,0},{21,0},{22,0},{23,0},
    {24,3},{25,3},{26,0},{27,3},{30,0},{31,0},{32,0},{100,3},{101,3},{102,3},{110,3},{111,3},{112,3},
    {120,3},{121,3},{122,3},{130,3},{131,3},{132,3},
};
/* clang-format on */

static int find(int number)
{
    for (int i = 0; i < GRBL_SETTINGS; i++)
        if (table[i].number == number)
            return i;
    return -1;
}

bool grbl_set(struct grbl *g, int number, double value)
{
    int i = find(number);

    if (i < 0)
        return false;
    g->settings[i] = value;
    return true;
}

bool grbl_get(const struct grbl *g, int number, double *value)
{
    int i = find(number);

    if (i >= 0)
        *value = g->settings[i];
    return i >= 0;
}

double grbl_setting(const struct grbl *g, int number)
{
    double value = 0;

    grbl_get(g, number, &value);
    return value;
}

void grbl_say_settings(struct grbl *g)
{
    for (int i = 0; i < GRBL_SETTINGS; i++)
        board_say(&g->board, "$%d=%.*f\r\n", table[i].number, table[i].decimals, g->settings[i]);
}

static void say_parameters(struct grbl *g)
{
    static const char *const names[] = {"G54", "G55", "G56", "G57", "G58", "G59", "G28", "G30"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        board_say(&g->board, "[%s:0.000,0.000,0.000]\r\n", names[i]);
    board_say(&g->board, "[G92:%.3f,%.3f,%.3f]\r\n[TLO:0.000]\r\n[PRB:0.000,0.000,0.000:0]\r\n",
              g->offset[0], g->offset[1], g->offset[2]);
}

static void say_modes(struct grbl *g)
{
    const struct grbl_modal *m = &g->modal;

    board_say(&g->board, "[GC:G%d G%d G%d G%d G%d G94 M%d M%d T%d F%.0f S%.0f]\r\n", m->motion,
              m->system, m->plane, m->units, m->relative ? 91 : 90, m->spindle, m->coolant, m->tool,
              m->feed_mm_min, m->power);
}

static int check_mode(struct grbl *g)
{
    if (g->state == GRBL_CHECK) {
        board_say(&g->board, "[MSG:Disabled]\r\n");
        board_ok(&g->board, "ok\r\n", 4);
        grbl_reset(g);
        return GRBL_SILENT;
    }
    if (g->state != GRBL_IDLE)
        return IDLE_ERROR;
    g->state = GRBL_CHECK;
    board_say(&g->board, "[MSG:Enabled]\r\n");
    return GRBL_OK;
}

static int unlock(struct grbl *g)
{
    if (g->state == GRBL_ALARM) {
        board_say(&g->board, "[MSG:Caution: Unlocked]\r\n");
        g->state = GRBL_IDLE;
    }
    return GRBL_OK;
}

static int home(struct grbl *g)
{
    double pull = grbl_setting(g, 27), seconds;

    if (grbl_setting(g, 22) == 0)
        return DISABLED_ERROR;
    if (g->stage == 0) {
        g->state = GRBL_HOME;
        seconds = 2 * grbl_setting(g, 130) * 1.5 / fmax(1, grbl_setting(g, 25) / 60) + 4;
        return grbl_wait_until(g, GRBL_FOR_TIME, g->board.now_us + (int64_t)(seconds * 1e6));
    }
    for (int i = 0; i < 3; i++)
        g->planner.position[i] = -pull;
    if (g->report_waiting)
        grbl_report(g);
    g->report_waiting = false;
    g->state = GRBL_IDLE;
    return GRBL_OK;
}

static int go_to_sleep(struct grbl *g)
{
    board_ok(&g->board, "ok\r\n", 4);
    board_say(&g->board, "[MSG:Sleeping]\r\n");
    g->state = GRBL_SLEEP;
    g->modal.spindle = 5;
    return GRBL_SILENT;
}

/* "$110=6000": written to the EEPROM, which takes its time. */
static int write_setting(struct grbl *g, const char *at)
{
    double number, value;

    if (g->stage > 0)
        return GRBL_OK;
    if (!words_number(&at, &number) || *at++ != '=' || !words_number(&at, &value) || *at != '\0')
        return STATEMENT_ERROR;
    if (number == 20 && value != 0 && grbl_setting(g, 22) == 0)
        return SOFT_LIMIT_ERROR;
    if (number < 0 || number > 999 || !grbl_set(g, (int)number, value))
        return STATEMENT_ERROR;
    if (number == 22 && value == 0)
        grbl_set(g, 20, 0);
    if (number >= 110 && number <= 112)
        g->planner.limits.max_feed_mm_s[(int)number - 110] = value / 60;
    if (number == 120 && value > 0)
        g->planner.limits.accel_mm_s2 = value;
    return grbl_wait_until(g, GRBL_FOR_TIME, g->board.now_us + 15000);
}

static int when_idle(struct grbl *g, const char *line)
{
    if (g->state != GRBL_IDLE && g->state != GRBL_ALARM && g->stage == 0)
        return IDLE_ERROR;
    if (strcmp(line, "$#") == 0) {
        say_parameters(g);
        return GRBL_OK;
    }
    if (strcmp(line, "$I") == 0) {
        board_say(&g->board, "[VER:1.1h.20190830:]\r\n[OPT:V,15,128]\r\n");
        return GRBL_OK;
    }
    if (strcmp(line, "$N") == 0) {
        board_say(&g->board, "$N0=\r\n$N1=\r\n");
        return GRBL_OK;
    }
    if (strcmp(line, "$H") == 0)
        return home(g);
    if (strcmp(line, "$SLP") == 0)
        return go_to_sleep(g);
    return write_setting(g, line + 1);
}

int grbl_system(struct grbl *g, const char *line)
{
    int status = g->hal ? grbl_hal_system(g, line) : GRBL_NOT_MINE;

    if (status != GRBL_NOT_MINE)
        return status;
    if (strncmp(line, "$J=", 3) == 0)
        return grbl_jog(g, line + 3);
    if (strcmp(line, "$") == 0) {
        board_say(&g->board, "[HLP:$$ $# $G $I $N $x=val $Nx=line $J=line $SLP $C $X $H ~ ! ? "
                             "ctrl-x]\r\n");
        return GRBL_OK;
    }
    if (strcmp(line, "$$") == 0 && (g->state == GRBL_RUN || g->state == GRBL_HOLD))
        return IDLE_ERROR;
    if (strcmp(line, "$$") == 0)
        grbl_say_settings(g);
    else if (strcmp(line, "$G") == 0)
        say_modes(g);
    else if (strcmp(line, "$C") == 0)
        return check_mode(g);
    else if (strcmp(line, "$X") == 0)
        return unlock(g);
    else
        return when_idle(g, line);
    return GRBL_OK;
}
