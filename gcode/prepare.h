/* SPDX-License-Identifier: Apache-2.0 */
/* The prepared stream of a program: comments stripped, harmless commands dropped, waits turned into
 * watching, host actions marked. A pure function of file, profile and POLICY_VERSION (policy.h), so
 * that line k means the same before and after a crash (DESIGN.md section 6). */
#ifndef USINE_GCODE_PREPARE_H
#define USINE_GCODE_PREPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/profile.h"

enum prepared_kind {
    PREPARED_SEND,   /* text goes to the machine and takes the next number */
    PREPARED_ACTION, /* the host does it; takes no number */
};

/* What the host does instead of sending. */
enum host_action {
    ACTION_NONE,
    ACTION_PAUSE,       /* M0 M1 M25 M226 M600: wait for a person */
    ACTION_MESSAGE,     /* M117: text */
    ACTION_WAIT_NOZZLE, /* M109 S: the M104 was sent just before; go on when value is reached */
    ACTION_WAIT_BED,    /* M190 S: the same for M140 */
    ACTION_PROGRESS,    /* M73 P R: value = percent, left_min = R */
};

struct prepared_line {
    enum prepared_kind kind;
    enum host_action action;
    bool wait_cooling; /* M109 R / M190 R: wait also when the target lies below */
    double value;      /* target °C, percent */
    int tool;          /* ACTION_WAIT_NOZZLE: whose; -1: the active one's */
    double left_min;
    const char *text; /* PREPARED_SEND: what to send; ACTION_MESSAGE, ACTION_PAUSE: the words */
    size_t len;
    uint64_t number; /* index k among PREPARED_SEND lines, from 0; for an action: of the next one */
    uint32_t file_line;   /* line in the file, from 1 */
    uint64_t file_offset; /* of that line's first byte */
};

struct prepared; /* a reader over one file */

/* Opens path. Blocks on the disk: pool only, as all calls below. `profile` must outlive it.
 * ERR_NOT_FOUND, ERR_DISK, ERR_NO_MEMORY. */
enum err prepared_open(struct prepared **prepared, const char *path, const struct profile *profile);

/* The next line; *line is valid until the next call. ERR_OK with line->kind; *end true and ERR_OK
 * at the end of the file. ERR_INVALID: the file holds what the policy refuses (it was changed after
 * upload, or the profile became stricter): nothing more comes. ERR_DISK. */
enum err prepared_next(struct prepared *prepared, struct prepared_line *line, bool *end);

/* Moves to just before the line with number k (its host actions before it are not repeated when
 * skip_actions). Reads from the start: for rewinds far back and for recovery. */
enum err prepared_seek(struct prepared *prepared, uint64_t number, bool skip_actions);

void prepared_close(struct prepared *prepared); /* NULL is harmless */

/* SHA-256, in lower-case hex, over all PREPARED_SEND texts of the file in order, each followed by
 * one
 * '\n' and nothing else: no line number, no checksum, no host action. A machine (usine-sim) that
 * hashes each line it executes in the same form, after taking off N and checksum, gets the same.
 * *lines (may be NULL) counts them. Errors as prepared_open() and prepared_next(). */
enum err prepared_hash(const char *path, const struct profile *profile, char text[HASH_TEXT_SIZE],
                       uint64_t *lines);

#endif
