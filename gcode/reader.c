/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

#include <string.h>

void reader_init(struct reader *reader)
{
    reader->at = reader->end = NULL;
    reader->offset = 0;
    reader->number = 0;
    reader->carried = 0;
}

void reader_feed(struct reader *reader, const char *bytes, size_t n)
{
    reader->at = bytes;
    reader->end = bytes + n;
}

/* Adds to the unfinished line; counts what does not fit. */
static void carry(struct reader *reader, const char *bytes, size_t n)
{
    size_t room = reader->carried < READER_LINE_MAX ? READER_LINE_MAX - reader->carried : 0;

    if (n > 0 && room > 0)
        memcpy(reader->carry + reader->carried, bytes, n < room ? n : room);
    reader->carried += n;
}

/* A line of n bytes of the file, without its line end. */
static void give(struct reader *reader, const char *text, size_t n, struct reader_line *line)
{
    line->text = text;
    line->cut = n > READER_LINE_MAX;
    line->len = line->cut ? READER_LINE_MAX : n;
    line->room = text == reader->carry ? line->len : (size_t)(reader->end - text);
    line->number = ++reader->number;
    line->offset = reader->offset;
    if (reader->offset == 0 && line->len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        line->text += 3;
        line->len -= 3;
        line->room -= 3;
    }
    reader->offset += n;
}

bool reader_next(struct reader *reader, struct reader_line *line)
{
    size_t left = (size_t)(reader->end - reader->at);
    const char *at = reader->at, *newline = left > 0 ? memchr(at, '\n', left) : NULL;

    if (newline == NULL) {
        carry(reader, at, left);
        reader->at = reader->end;
        return false;
    }
    reader->at = newline + 1;
    if (reader->carried == 0) {
        give(reader, at, (size_t)(newline - at), line);
    } else {
        carry(reader, at, (size_t)(newline - at));
        give(reader, reader->carry, reader->carried, line);
        reader->carried = 0;
    }
    reader->offset++;
    return true;
}

bool reader_rest(struct reader *reader, struct reader_line *line)
{
    if (reader->carried == 0)
        return false;
    give(reader, reader->carry, reader->carried, line);
    reader->carried = 0;
    return true;
}

void reader_parse(const struct reader_line *from, struct gcode_line *line,
                  enum gcode_flavour flavour)
{
    gcode_line_parse_within(line, from->text, from->len, from->room, flavour);
    if (from->cut && line->fault == GCODE_LINE_OK && memchr(from->text, ';', from->len) == NULL) {
        line->fault = GCODE_LINE_TOO_LONG;
        line->fault_at = 0;
    }
}
