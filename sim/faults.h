/* SPDX-License-Identifier: Apache-2.0 */
/* The script of what goes wrong, for whom and when. docs/simulator.md tells its language; each line
 *     [at line N of | at T s of] WHO: WHAT [values]
 * where WHO is a machine id, a pattern (caen-*), all, printers or lasers. */
#ifndef USINE_SIM_FAULTS_H
#define USINE_SIM_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "board.h"

enum fault_when { FAULT_ALWAYS, FAULT_AT_LINE, FAULT_AT_TIME };

enum fault_kind {
    FAULT_MISHAP,   /* `mishap` befalls the board */
    FAULT_UNPLUG,   /* the cable, for `value` seconds */
    FAULT_BUILD,    /* `word`: which Marlin build this machine runs */
    FAULT_NOISE_IN, /* `value`: errors per byte from the host */
    FAULT_NOISE_OUT,
    FAULT_NOISE_BOTH,
    FAULT_SWALLOW_OK, /* `value`: share */
    FAULT_DROP_LINE,
    FAULT_RESEND_WITHOUT_OK,
    FAULT_RESEND_TWICE,
    FAULT_RESEND_SHORT,
    FAULT_RESET_ON_OPEN,
};

struct fault {
    char who[64];
    enum fault_when when;
    double at; /* line of the run (from 1), or real seconds since the start */
    enum fault_kind kind;
    enum mishap mishap;
    double value;
    char word[16];
};

struct faults {
    struct fault *items; /* owned */
    size_t count;
};

/* Reads a script. On a fault of the script itself: ERR_INVALID (or ERR_NOT_FOUND, ERR_DISK,
 * ERR_NO_MEMORY) and text says file, line and what would be right. */
enum err faults_load(struct faults *faults, const char *path, char *text, size_t size);

/* The same from memory; `name` is used in messages. */
enum err faults_parse(struct faults *faults, const char *name, const char *script, char *text,
                      size_t size);

void faults_finish(struct faults *faults);

/* True if the fault is meant for this machine. */
bool fault_concerns(const struct fault *fault, const char *machine, bool laser);

/* Makes a FAULT_ALWAYS fault (or any that only spoils the link) act on the board. False: it is not
 * of that sort. */
bool fault_spoil(const struct fault *fault, struct board *board, const struct rng *rng);

/* The script's language in a few lines, for --help. */
extern const char faults_help[];

#endif
