/* SPDX-License-Identifier: Apache-2.0 */
#include "smoothie.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

#define NEVER INT64_MAX

static bool wait_until(struct smoothie *s, enum smoothie_wait wait, int64_t us)
{
    s->wait = wait;
    s->until_us = us;
    s->stage++;
    s->in_motion = s->in_motion && wait == SMOOTHIE_FOR_ROOM;
    return false;
}

static void halt(struct smoothie *s, const char *words)
{
    planner_stop(&s->planner, s->board.now_us);
    ring_clear(&s->rx);
    s->halted = true;
    s->text[0] = '\0';
    s->wait = SMOOTHIE_READY;
    s->stage = s->line_used = 0;
    s->arc.chords = s->arc.done = 0;
    board_say(&s->board, "%s\r\n", words);
}

static void account_dry(struct smoothie *s)
{
    struct tally *t = &s->board.tally;

    if (!s->in_motion || s->planner.count > 0)
        return;
    t->underruns++;
    t->dry_ms += (double)(s->board.now_us - s->planner.idle_since_us) * 1e-3 / s->board.speed;
}

static void add_move(struct smoothie *s, const double to[AXES], bool burns)
{
    account_dry(s);
    if (planner_add(&s->planner, s->board.now_us, to, s->feed_mm_s, burns ? (float)s->power : 0))
        s->in_motion = s->numbered && s->number >= 10000;
}

/* Words of a move; to: where it goes, center: I and J. */
static void read_move(struct smoothie *s, const char *args, double to[AXES], double center[2])
{
    static const char letters[] = "XYZ";
    double value;

    memcpy(to, s->planner.position, sizeof(double) * AXES);
    for (int i = 0; i < 3; i++)
        if (words_value(args, letters[i], &value))
            to[i] = s->relative ? to[i] + value : value - s->offset[i];
    if (words_value(args, 'F', &value) && value > 0)
        s->feed_mm_s = value / 60;
    words_value(args, 'S', &s->power);
    center[0] = words_value(args, 'I', &value) ? value : 0;
    center[1] = words_value(args, 'J', &value) ? value : 0;
}

/* G0 to G3: true when all of it is planned. */
static bool move(struct smoothie *s, int code, const char *args)
{
    double to[AXES], center[2];

    if (s->stage == 0 || code < 2)
        read_move(s, args, to, center);
    if (code >= 2 && s->stage == 0)
        arc_begin(&s->arc, s->planner.position, to, center, code == 2);
    if (s->planner.count == PLANNER_BLOCKS)
        return wait_until(s, SMOOTHIE_FOR_ROOM, 0);
    if (code < 2) {
        add_move(s, to, code == 1);
        return true;
    }
    while (s->planner.count < PLANNER_BLOCKS && arc_next(&s->arc, to))
        add_move(s, to, true);
    return s->arc.done == s->arc.chords || wait_until(s, SMOOTHIE_FOR_ROOM, 0);
}

static bool run_g(struct smoothie *s, int code, const char *args)
{
    static const char letters[] = "XYZ";
    double value = 0;

    if (code <= 3)
        return move(s, code, args);
    if (code == 4 || code == 28) {
        if (s->stage == 0)
            return wait_until(s, SMOOTHIE_FOR_MOTION, 0);
        if (s->stage > 1)
            return true;
        if (code == 4)
            words_value(args, 'P', &value);
        else
            memset(s->planner.position, 0, sizeof s->planner.position);
        return wait_until(s, SMOOTHIE_FOR_TIME,
                          s->board.now_us + (int64_t)((code == 28 ? 8000 : value) * 1000));
    }
    if (code == 90 || code == 91)
        s->relative = code == 91;
    for (int i = 0; i < 3 && code == 92; i++)
        if (words_value(args, letters[i], &value))
            s->offset[i] = value - s->planner.position[i];
    return true;
}

static void say_identity(struct smoothie *s)
{
    board_say(&s->board, "FIRMWARE_NAME:Smoothieware, FIRMWARE_URL:http%%3A//smoothieware.org, "
                         "X-SOURCE_CODE_URL:https://github.com/Smoothieware/Smoothieware, "
                         "FIRMWARE_VERSION:edge-6ce309b, X-FIRMWARE_BUILD_DATE:Mar 21 2020 "
                         "21:24:05, X-SYSTEM_CLOCK:100MHz, X-AXES:3, X-GRBL_MODE:0, X-CNC:0\r\n");
}

static bool run_m(struct smoothie *s, int code, const char *args)
{
    double n, at[AXES];

    switch (code) {
    case 5:
        s->power = 0;
        return true;
    case 110:
        if (words_value(args, 'N', &n) && n >= 0 && n < 4e9)
            s->last_number = (uint32_t)n;
        if (s->last_number == 9999) {
            tally_run_begin(&s->board.tally, 10000);
            s->board.program_line = 0;
        }
        return true;
    case 112:
        halt(s, "ok Emergency Stop Requested - reset or M999 required to exit HALT state");
        return true;
    case 114:
        planner_where(&s->planner, s->board.now_us, at);
        board_say(&s->board, "ok C: X:%.4f Y:%.4f Z:%.4f\r\n", at[0] + s->offset[0],
                  at[1] + s->offset[1], at[2] + s->offset[2]);
        return true;
    case 115:
        say_identity(s);
        return true;
    case 400:
        return s->stage > 0 || wait_until(s, SMOOTHIE_FOR_MOTION, 0);
    default:
        return true; /* unknown ones too: it says ok */
    }
}

static bool wait_over(const struct smoothie *s)
{
    switch (s->wait) {
    case SMOOTHIE_READY:
        return true;
    case SMOOTHIE_FOR_ROOM:
        return s->planner.count < PLANNER_BLOCKS;
    case SMOOTHIE_FOR_MOTION:
        return s->planner.count == 0;
    case SMOOTHIE_FOR_TIME:
        return s->board.now_us >= s->until_us;
    }
    return true;
}

static void finish(struct smoothie *s)
{
    struct tally *t = &s->board.tally;
    bool said = strncmp(s->text, "M114", 4) == 0;

    if (s->numbered && s->number >= 10000) {
        s->board.program_line++;
        tally_line(t, s->number, s->text, strlen(s->text));
    } else {
        tally_command(t, s->text, strlen(s->text));
    }
    if (!said)
        board_ok(&s->board, "ok\r\n", 4);
    s->text[0] = '\0';
    s->stage = 0;
}

/* The line under way, as far as it goes. */
static void go_on(struct smoothie *s)
{
    const char *args = s->text + 1;
    double code;
    bool done = true;

    if (s->text[0] == '\0' || !wait_over(s))
        return;
    s->wait = SMOOTHIE_READY;
    if (words_number(&args, &code) && s->text[0] == 'G')
        done = run_g(s, (int)code, args);
    else if (s->text[0] == 'M')
        done = run_m(s, (int)code, args);
    if (done && s->text[0] != '\0')
        finish(s);
}

/* "N12 G1 X1*34"; a wrong number or sum asks for the next one, without an ok. */
static bool judge(struct smoothie *s)
{
    const char *star = strrchr(s->line, '*'), *digits = s->line + 1;
    uint32_t number = (uint32_t)strtoul(digits, NULL, 10);
    bool m110 = strstr(s->line, "M110") != NULL;
    unsigned sum = 0;
    size_t n;

    for (const char *c = s->line; star != NULL && c < star; c++)
        sum ^= (unsigned char)*c;
    if (star == NULL || sum != strtoul(star + 1, NULL, 10) ||
        (!m110 && number != s->last_number + 1)) {
        board_say(&s->board, "rs N%u\r\n", s->last_number + 1);
        s->board.tally.resends++;
        return false;
    }
    s->last_number = s->number = number;
    s->numbered = true;
    digits += strspn(digits, "0123456789 ");
    n = (size_t)(star - digits);
    memcpy(s->text, digits, n);
    s->text[n] = '\0';
    return true;
}

static void take_line(struct smoothie *s)
{
    struct trouble *t = &s->board.trouble;

    s->line[s->line_used] = '\0';
    s->line[strcspn(s->line, ";\r")] = '\0';
    s->line_used = 0;
    if (s->line[0] == '\0' || (t->drop_line > 0 && rng_unit(&t->rng) < t->drop_line))
        return;
    if (s->halted && strncmp(s->line, "M999", 4) != 0) {
        board_say(&s->board, "!!\r\n");
        return;
    }
    s->halted = false;
    if (s->line[0] == 'N') {
        if (!judge(s))
            return;
    } else {
        s->numbered = false;
        strcpy(s->text, s->line);
    }
    go_on(s);
}

static void smoothie_run(struct smoothie *s)
{
    char c;

    go_on(s);
    while (s->text[0] == '\0' && ring_pop(&s->rx, &c)) {
        if (c == '\n')
            take_line(s);
        else if (s->line_used < SMOOTHIE_LINE)
            s->line[s->line_used++] = c;
    }
}

static void report(struct smoothie *s)
{
    double at[AXES];
    const struct planner_block *b = planner_where(&s->planner, s->board.now_us, at);

    board_say(&s->board, "<%s|MPos:%.4f,%.4f,%.4f|WPos:%.4f,%.4f,%.4f|F:%.1f,100.0|L:%.4f>\r\n",
              s->halted   ? "Alarm"
              : b != NULL ? "Run"
                          : "Idle",
              at[0], at[1], at[2], at[0] + s->offset[0], at[1] + s->offset[1], at[2] + s->offset[2],
              b != NULL ? (double)b->feed_mm_s * 60 : s->feed_mm_s * 60,
              b != NULL ? (double)b->power : 0.0);
}

static void smoothie_receive(struct board *board, const char *bytes, size_t n)
{
    struct smoothie *s = (struct smoothie *)board;
    uint64_t lost = s->rx.lost;

    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '?') {
            report(s);
            continue;
        }
        if (bytes[i] == '\x18') {
            halt(s, "HALTED, M999 or $X to exit HALT state");
            continue;
        }
        if (bytes[i] == '\n')
            tally_line_read(&board->tally, board->read_at_ns);
        if (s->rx.used == RING_SIZE)
            smoothie_run(s);
        ring_push(&s->rx, bytes[i]);
    }
    smoothie_run(s);
    board->tally.overflows += s->rx.lost > lost;
    board->tally.lost += s->rx.lost - lost;
}

static int64_t smoothie_due(const struct board *board)
{
    const struct smoothie *s = (const struct smoothie *)board;
    int64_t due = planner_due(&s->planner);

    return s->wait == SMOOTHIE_FOR_TIME && s->until_us < due ? s->until_us : due;
}

static void smoothie_step(struct board *board)
{
    struct smoothie *s = (struct smoothie *)board;

    planner_step(&s->planner, board->now_us);
    smoothie_run(s);
}

static void smoothie_power_on(struct board *board)
{
    struct smoothie *s = (struct smoothie *)board;

    planner_init(&s->planner, &s->limits);
    s->planner.idle_since_us = board->now_us;
    ring_clear(&s->rx);
    memset(s->line, 0, sizeof *s - offsetof(struct smoothie, line));
    s->feed_mm_s = 50;
    board_say(board, "Smoothie\r\nok\r\n");
}

static bool smoothie_befall(struct board *board, enum mishap mishap)
{
    struct smoothie *s = (struct smoothie *)board;

    if (mishap == MISHAP_KILL)
        halt(s, "Kill button pressed - reset or M999 to continue");
    else if (mishap == MISHAP_LIMIT)
        halt(s, "Limit switch +X was hit - reset or M999 required");
    else
        return false;
    return true;
}

static const struct board_ops smoothie_ops = {
    .dialect = "smoothie",
    .power_on = smoothie_power_on,
    .receive = smoothie_receive,
    .due = smoothie_due,
    .step = smoothie_step,
    .befall = smoothie_befall,
};

void smoothie_init(struct smoothie *s, const char *name, double speed)
{
    board_init(&s->board, &smoothie_ops, name, speed);
    s->limits = (struct planner_limits){
        .max_feed_mm_s = {400, 400, 20, 0}, .accel_mm_s2 = 2000, .jerk_mm_s = 5};
}
