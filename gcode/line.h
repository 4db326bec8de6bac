/* SPDX-License-Identifier: Apache-2.0 */
/* One line of G-code -> words, comment stripped. The one tokeniser of the policy, the analyser, the
 * sender and the simulator: it reads text as the firmware does, or says that it cannot. Pure. */
#ifndef USINE_GCODE_LINE_H
#define USINE_GCODE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/profile.h"

enum {
    GCODE_WORDS_MAX = 32,
    GCODE_TEXT_MAX = 256, /* longest source line kept, comment excluded */
};

struct gcode_word {
    double value;     /* 0 without value */
    uint16_t at, len; /* where it stands in text */
    char letter;      /* 'A'..'Z' */
    bool has_value;   /* "G28 W": W has none */
};

enum gcode_line_fault {
    GCODE_LINE_OK,
    GCODE_LINE_TOO_LONG,   /* the command, without comment, beyond GCODE_TEXT_MAX */
    GCODE_LINE_BAD_BYTE,   /* a byte FAULTS.md section 8 refuses; `fault_at` says where */
    GCODE_LINE_BAD_NUMBER, /* "X1.2.3", "X-" */
    GCODE_LINE_BAD_FORM,   /* text that is no word where a word must stand */
    GCODE_LINE_TOO_MANY_WORDS,
    GCODE_LINE_BAD_CHECKSUM, /* N… *sum that does not fit */
    GCODE_LINE_REPEATED,     /* "X1 X2": firmwares differ on which one counts */
};

struct gcode_line {
    enum gcode_line_fault fault;
    uint16_t fault_at;
    /* Only what `count` and `len` cover is ever written: a parse costs nothing for the rest.
     * What goes on the wire: comments, line number, checksum, leading and trailing blanks removed,
     * inner text untouched. Points into the caller's text when nothing had to be cut out of the
     * middle, else into `copy`. len 0: nothing to execute (blank or comment). */
    const char *text;
    uint16_t len;
    char letter;  /* of the command: 'G', 'M', 'T', '$', '@', 'D'…; 0: modal words only ("X10") */
    int number;   /* 28 of G28; -1 if none or not whole; G43.1 is number 43, sub 1 */
    int sub;      /* digits after the point of the command number, else 0 */
    bool has_n;   /* carried a line number (stripped) */
    bool has_sum; /* and a checksum, which fits (stripped) */
    bool has_string; /* the rest of the line is free text (M117, M118, M862.3 P "…") */
    uint32_t n;
    uint32_t letters; /* which letters stand after the command; bit 0 is A */
    uint32_t bare;    /* those of them without a value */
    uint8_t count;    /* words, the command word first when there is one */
    struct gcode_word words[GCODE_WORDS_MAX];
    double values[32]; /* of the first word with each of `letters`, at GCODE_INDEX(letter) */
    char copy[GCODE_TEXT_MAX];
};

/* Bit of an upper-case letter in gcode_line.letters. */
#define GCODE_LETTER(letter) (1u << ((letter) - 'A'))

/* Place of a letter in gcode_line.values: whatever the byte, there is such a place. */
#define GCODE_INDEX(letter) ((unsigned char)(letter)&31)

/* How a fault reads for people: "holds a byte that must not reach a machine". */
const char *gcode_fault_words(enum gcode_line_fault fault);

/* Parses one line of n bytes (no line end needed; a trailing CR or LF is ignored). Never fails:
 * what is wrong is in line->fault. `line` must outlive nothing; `text` must outlive `line`. */
void gcode_line_parse(struct gcode_line *line, const char *text, size_t n,
                      enum gcode_flavour flavour);

/* The same for a line in a larger text: `room` (at least n) bytes from `text` on may be looked at.
 * They make no difference but in speed. */
void gcode_line_parse_within(struct gcode_line *line, const char *text, size_t n, size_t room,
                             enum gcode_flavour flavour);

/* The value of the first word with this letter after the command; false if absent or valueless. */
bool gcode_line_value(const struct gcode_line *line, char letter, double *value);

/* True if a word with this letter follows the command, with or without a value. */
bool gcode_line_has(const struct gcode_line *line, char letter);

/* True if the command is e.g. ('G', 28) without sub number. */
static inline bool gcode_line_is(const struct gcode_line *line, char letter, int number)
{
    return line->letter == letter && line->number == number && line->sub == 0;
}

#endif
