/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a file that comes in chunks: the same lines, whatever the chunks. Skips a UTF-8 BOM at
 * the start of the file. Pure. */
#ifndef USINE_GCODE_READER_H
#define USINE_GCODE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "line.h"

enum { READER_LINE_MAX = 4096 }; /* what comes after in a line is cut off */

struct reader {
    const char *at, *end; /* of the chunk; borrowed */
    uint64_t offset;      /* in the file, of `at` less what is carried */
    uint32_t number;      /* lines given out */
    size_t carried;       /* bytes of an unfinished line; may exceed what carry holds */
    char carry[READER_LINE_MAX];
};

struct reader_line {
    const char *text; /* without line end; valid until the next call */
    size_t len;
    size_t room;     /* bytes from text on that may be looked at, at least len */
    bool cut;        /* it was longer than READER_LINE_MAX */
    uint32_t number; /* from 1 */
    uint64_t offset; /* of its first byte in the file */
};

void reader_init(struct reader *reader);

/* Gives the next chunk; the one before must have been read until reader_next() said false. */
void reader_feed(struct reader *reader, const char *bytes, size_t n);

/* The next whole line of the chunk; false: feed more. */
bool reader_next(struct reader *reader, struct reader_line *line);

/* Instead of reader_next(), for who has found the line's end in the chunk himself; nothing of it
 * may have been carried over. */
static inline void reader_pass(struct reader *reader, const char *newline)
{
    reader->offset += (uint64_t)(newline + 1 - reader->at);
    reader->number++;
    reader->at = newline + 1;
}

/* After the last chunk: the last line if no line end closed it. */
bool reader_rest(struct reader *reader, struct reader_line *line);

/* gcode_line_parse() of a line; one that was cut off inside a command is GCODE_LINE_TOO_LONG. */
void reader_parse(const struct reader_line *from, struct gcode_line *line,
                  enum gcode_flavour flavour);

#endif
