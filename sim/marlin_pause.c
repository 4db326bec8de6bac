/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for a person: M0, M1, M600. */
#include <string.h>

#include "marlin_parts.h"
#include "words.h"

#define NEVER INT64_MAX

static void prompt(struct marlin *m, const char *title, const char *first, const char *second)
{
    if (!marlin_has(m, MARLIN_PROMPTS))
        return;
    board_say(&m->board, "//action:prompt_end\n//action:prompt_begin %s\n", title);
    board_say(&m->board, "//action:prompt_button %s\n", first);
    if (second != NULL)
        board_say(&m->board, "//action:prompt_button %s\n", second);
    board_say(&m->board, "//action:prompt_show\n");
}

void marlin_person_answers(struct marlin *m)
{
    if (m->wait == MARLIN_FOR_PERSON || m->wait == MARLIN_FOR_HEAT)
        m->answered = true;
}

/* The words of "M0 Change the sheet"; "" when there are only S or P. */
static const char *message(const char *args)
{
    const char *text = args + strspn(args, " ");
    double value;

    if ((*text == 'S' || *text == 'P') &&
        (words_value(text, 'S', &value) || words_value(text, 'P', &value)))
        return "";
    return text;
}

enum marlin_progress marlin_stop_for_person(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    const char *words = message(call->args);
    double seconds = 0;
    int64_t until = NEVER;

    if (m->stage == 0)
        return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
    if (m->stage > 1)
        return MARLIN_DONE;
    if (*words != '\0')
        board_say(&m->board, "echo:%s\n", words);
    prompt(m, *words != '\0' ? words : call->code == 0 ? "M0 Stop" : "M1 Stop", "Continue", NULL);
    if (words_value(call->args, 'S', &seconds))
        until = m->board.now_us + (int64_t)(seconds * 1e6);
    m->answered = false;
    return marlin_wait_until(m, MARLIN_FOR_PERSON, until);
}

/* M600, as recorded: park, wait for a person, load, ask again, heat, back to the print. */
enum marlin_progress marlin_change_filament(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    int64_t now = m->board.now_us;

    m->answered = false;
    switch (m->stage) {
    case 0:
        return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
    case 1:
        if (marlin_has(m, MARLIN_PROMPTS))
            board_say(&m->board, "//action:paused\n");
        prompt(m, "Pause", "Dismiss", NULL);
        return marlin_wait_until(m, MARLIN_FOR_TIME, now + 15 * BOARD_SECOND);
    case 2:
        marlin_say_position(m);
        board_say(&m->board, "echo:Insert filament and send M108\n");
        prompt(m, "Nozzle Parked", "Continue", NULL);
        return marlin_wait_until(m, MARLIN_FOR_PERSON, NEVER);
    case 3:
        return marlin_wait_until(m, MARLIN_FOR_TIME, now + 18 * BOARD_SECOND);
    case 4:
        prompt(m, "Paused", "PurgeMore", "Continue");
        return marlin_wait_until(m, MARLIN_FOR_PERSON, NEVER);
    case 5:
        if (marlin_has(m, MARLIN_PROMPTS))
            board_say(&m->board, "//action:prompt_end\n");
        return marlin_wait_until(m, MARLIN_FOR_TIME, now + 23 * BOARD_SECOND);
    default:
        if (marlin_has(m, MARLIN_PROMPTS))
            board_say(&m->board, "//action:resumed\n");
        prompt(m, "Resuming", "Dismiss", NULL);
        return MARLIN_DONE;
    }
}
