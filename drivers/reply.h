/* SPDX-License-Identifier: Apache-2.0 */
/* What dialects share in reading replies: the walk over a table of prefixes, and the two forms of
 * status that several firmwares speak: "T:… B:…" fields and Grbl's "<…>". Pure. */
#ifndef USINE_DRIVERS_REPLY_H
#define USINE_DRIVERS_REPLY_H

#include "dialect.h"

/* One row: lines that start with prefix are of this kind; read (may be NULL) takes what follows the
 * prefix and may fill fields or change the kind. */
struct reply_row {
    const char *prefix;
    enum reply_kind kind;
    void (*read)(const char *rest, struct reply *reply);
};

/* Everything absent, kind NOISE, text = line. */
void reply_begin(struct reply *reply, const char *line);

/* Applies the first of n rows whose prefix fits reply->text. Without one the kind stays. */
void reply_walk(const struct reply_row *rows, size_t n, struct reply *reply);

/* "ok…": true when text is an acknowledgement; its fields (N P B T: X:) are read. */
bool reply_read_ok(const char *text, struct reply *reply);

/* Fields of Marlin's "T:205.1 /205.0 B:60.0 /60.0 @:0 B@:0", "X:1.00 Y:…", "N12 P15 B15", in any
 * order; stops at "Count", skips what it does not know. */
void reply_read_fields(const char *text, struct reply *reply);

/* The line number of "Resend: 71", "Resend:N71", "rs N71": what follows the word. */
void reply_read_resend(const char *rest, struct reply *reply);

/* "pause", "paused", "prompt_begin …": what follows "//action:". */
void reply_read_action(const char *rest, struct reply *reply);

/* Grbl's "<Run|MPos:1.5,0,0|Bf:14,128|FS:1200,500>" (also the commas of Grbl 0.9 and Smoothie):
 * what follows the "<". A mangled report becomes NOISE. */
void reply_read_report(const char *rest, struct reply *reply);

#endif
