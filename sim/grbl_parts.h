/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the emulated Grbl: what its files say to each other. */
#ifndef USINE_SIM_GRBL_PARTS_H
#define USINE_SIM_GRBL_PARTS_H

#include "grbl.h"

enum {
    GRBL_OK = 0,
    GRBL_WAIT = -1,
    GRBL_SILENT = -2,
    GRBL_NOT_MINE = -3
}; /* else an error number */

/* One parsed line; every field is set, from the line or from the modal state. */
struct grbl_block {
    struct grbl_modal modal;
    unsigned axes;   /* bits of X Y Z given */
    bool has_motion; /* G0..G3 stands in the line */
    bool has_spindle;
    int action;  /* 4, 10, 28, 30, 92: the non-modal G; 0: none */
    int program; /* 0, 1, 2, 30; -1: none */
    double axis[3], offset[2], radius, dwell_s;
    bool has_offset, has_radius, has_dwell, has_power;
};

/* grbl_input.c */
void grbl_receive(struct board *board, const char *bytes, size_t n);
void grbl_run(struct grbl *g); /* reads lines as far as it goes; safe after any event */

/* grbl_parse.c: GRBL_OK or the error number. */
int grbl_parse(const struct grbl *g, const char *line, struct grbl_block *block);

/* grbl_block.c */
int grbl_execute(struct grbl *g, const char *line); /* GRBL_WAIT: again when g->wait is over */
int grbl_jog(struct grbl *g, const char *line);
int grbl_wait_until(struct grbl *g, enum grbl_wait wait, int64_t us);

/* grbl_system.c */
int grbl_system(struct grbl *g, const char *line);
double grbl_setting(const struct grbl *g, int number);
bool grbl_get(const struct grbl *g, int number, double *value); /* false: it keeps no such one */
void grbl_say_settings(struct grbl *g);

/* grbl_hal.c: where grblHAL differs. */
int grbl_hal_system(struct grbl *g, const char *line); /* GRBL_NOT_MINE: as Grbl does it */
void grbl_hal_report(struct grbl *g);

/* grbl_report.c */
const char *grbl_state_words(const struct grbl *g);
void grbl_report(struct grbl *g);
void grbl_override(struct grbl *g, unsigned char byte);

/* grbl.c */
void grbl_reset(struct grbl *g);           /* 0x18 */
void grbl_hold(struct grbl *g, bool door); /* `!`, 0x84 */
void grbl_cycle(struct grbl *g);           /* `~` */
void grbl_alarm(struct grbl *g, int number);
void grbl_beam_account(struct grbl *g);

#endif
