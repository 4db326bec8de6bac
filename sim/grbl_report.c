/* SPDX-License-Identifier: Apache-2.0 */
/* <…>: what `?` is answered. WCO, Ov and A come only now and then, as in Grbl's report.c. */
#include "grbl_parts.h"

/* Real counters: WCO each 30 reports in motion and 10 in idle, Ov each 20 and 10. */
enum { WCO_BUSY = 30, WCO_IDLE = 10, OV_BUSY = 20, OV_IDLE = 10 };

const char *grbl_state_words(const struct grbl *g)
{
    switch (g->state) {
    case GRBL_IDLE:
        return "Idle";
    case GRBL_RUN:
        return "Run";
    case GRBL_HOLD:
        return g->hold_done ? "Hold:0" : "Hold:1";
    case GRBL_JOG:
        return "Jog";
    case GRBL_ALARM:
        return "Alarm";
    case GRBL_DOOR:
        return g->hold_done ? "Door:0" : "Door:2";
    case GRBL_CHECK:
        return "Check";
    case GRBL_HOME:
        return "Home";
    case GRBL_SLEEP:
        return "Sleep";
    }
    return "";
}

static bool busy(const struct grbl *g)
{
    return g->state == GRBL_HOME || g->state == GRBL_RUN || g->state == GRBL_HOLD ||
           g->state == GRBL_JOG || g->state == GRBL_DOOR;
}

static void say_rare(struct grbl *g)
{
    if (g->wco_count > 0) {
        g->wco_count--;
    } else {
        g->wco_count = (busy(g) ? WCO_BUSY : WCO_IDLE) - 1;
        if (g->override_count == 0)
            g->override_count = 1; /* Ov goes with the next one */
        board_say(&g->board, "|WCO:%.3f,%.3f,%.3f", g->offset[0], g->offset[1], g->offset[2]);
    }
    if (g->override_count > 0) {
        g->override_count--;
        return;
    }
    g->override_count = (busy(g) ? OV_BUSY : OV_IDLE) - 1;
    board_say(&g->board, "|Ov:%d,100,%d", g->feed_override, g->spindle_override);
    if (g->modal.spindle != 5 || g->modal.coolant != 9)
        board_say(&g->board, "|A:%s%s",
                  g->modal.spindle == 3   ? "S"
                  : g->modal.spindle == 4 ? "C"
                                          : "",
                  g->modal.coolant == 8   ? "F"
                  : g->modal.coolant == 7 ? "M"
                                          : "");
}

static void report(struct grbl *g)
{
    double at[AXES];
    const struct planner_block *b = planner_where(&g->planner, g->board.now_us, at);
    bool moving = b != NULL && !(g->planner.held && g->hold_done);
    bool machine = ((int)grbl_setting(g, 10) & 1) != 0;
    double power = moving ? (double)b->power : g->beam_since_us >= 0 ? g->modal.power : 0;

    for (int i = 0; i < 3 && !machine; i++)
        at[i] -= g->offset[i];
    board_say(&g->board, "<%s|%cPos:%.3f,%.3f,%.3f", grbl_state_words(g), machine ? 'M' : 'W',
              at[0], at[1], at[2]);
    if (((int)grbl_setting(g, 10) & 2) != 0)
        board_say(&g->board, "|Bf:%u,%u", PLANNER_BLOCKS - g->planner.count,
                  ring_size(&g->rx) - g->rx.used);
    board_say(&g->board, "|FS:%.0f,%.0f", moving ? (double)b->feed_mm_s * 60 : 0.0, power);
    say_rare(g);
    board_say(&g->board, ">\r\n");
}

void grbl_report(struct grbl *g)
{
    if (g->hal)
        grbl_hal_report(g);
    else
        report(g);
}

static int bounded(int percent)
{
    return percent < 10 ? 10 : percent > 200 ? 200 : percent;
}

/* Feed 0x90-0x94, rapids 0x95-0x97 (heard, without effect), spindle 0x99-0x9d. */
void grbl_override(struct grbl *g, unsigned char byte)
{
    static const int steps[] = {0, 10, -10, 1, -1};
    int old = g->feed_override;

    if (byte == 0x90)
        g->feed_override = 100;
    else if (byte >= 0x91 && byte <= 0x94)
        g->feed_override = bounded(old + steps[byte - 0x90]);
    else if (byte == 0x99)
        g->spindle_override = 100;
    else if (byte >= 0x9a && byte <= 0x9d)
        g->spindle_override = bounded(g->spindle_override + steps[byte - 0x99]);
    g->override_count = 0;
}
