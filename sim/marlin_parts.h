/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the emulated Marlin: what its files say to each other. */
#ifndef USINE_SIM_MARLIN_PARTS_H
#define USINE_SIM_MARLIN_PARTS_H

#include "marlin.h"

/* What a command says when it is called: done, or call me again when m->wait is over. */
enum marlin_progress { MARLIN_DONE, MARLIN_WAITING, MARLIN_ANSWERED /* done, said its own ok */ };

struct marlin_call {
    struct marlin *m;
    const char *args; /* behind the command's number */
    int code;
};

/* marlin_input.c: the wire, the receive buffer and the queue. */
void marlin_receive(struct board *board, const char *bytes, size_t n);
void marlin_take_lines(struct marlin *m); /* receive buffer -> queue, as far as there is room */

/* marlin_run.c: the queue's head, waiting and its answers. */
void marlin_run(struct marlin *m); /* as far as it goes; safe after any event */
enum marlin_progress marlin_wait_until(struct marlin *m, enum marlin_wait wait, int64_t us);
bool marlin_wait_over(const struct marlin *m);

/* marlin_commands.c, marlin_motion.c: what each command does. */
enum marlin_progress marlin_execute(struct marlin *m, const struct marlin_command *command);
enum marlin_progress marlin_move(const struct marlin_call *call);
enum marlin_progress marlin_arc(const struct marlin_call *call);
enum marlin_progress marlin_home(const struct marlin_call *call);
enum marlin_progress marlin_set_position(const struct marlin_call *call);
enum marlin_progress marlin_beam(const struct marlin_call *call);
enum marlin_progress marlin_fan(const struct marlin_call *call);

/* marlin_pause.c: people and filament. */
enum marlin_progress marlin_stop_for_person(const struct marlin_call *call);
enum marlin_progress marlin_change_filament(const struct marlin_call *call);
void marlin_person_answers(struct marlin *m); /* M108, M876 */

/* marlin_heat.c */
enum marlin_progress marlin_heat(const struct marlin_call *call); /* M104 M109 M140 M190 */
void marlin_say_heat(struct marlin *m, const char *before, bool waiting);
void marlin_watch_heaters(struct marlin *m); /* the protection that ends in a halt */
bool marlin_is_heating(const struct marlin *m);

/* marlin.c */
void marlin_kill(struct marlin *m, const char *first_line); /* halts until a reset */
void marlin_say_position(struct marlin *m);
void marlin_beam_account(struct marlin *m); /* after anything that starts or ends beam or motion */

/* marlin_text.c */
void marlin_say_banner(struct marlin *m);
enum marlin_progress marlin_say_capabilities(const struct marlin_call *call);
enum marlin_progress marlin_say_settings(const struct marlin_call *call);

static inline bool marlin_has(const struct marlin *m, unsigned feature)
{
    return (m->features & feature) != 0;
}

#endif
