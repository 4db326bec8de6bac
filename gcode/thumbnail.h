/* SPDX-License-Identifier: Apache-2.0 */
/* The largest picture a slicer put into its comments:
 *   ; thumbnail begin 160x120 5552      (also thumbnail_JPG, thumbnail_QOI; width x height,
 * characters) ; iVBORw0KGgo...                    base64 ; thumbnail end Sources: PrusaSlicer
 * Thumbnails.cpp, OrcaSlicer, Cura 5 CreateThumbnail.py. */
#ifndef USINE_GCODE_THUMBNAIL_H
#define USINE_GCODE_THUMBNAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct picture {
    unsigned char *bytes; /* owned */
    size_t used, size;
    unsigned long area; /* pixels */
};

struct thumbnail {
    struct picture best, current;
    bool reading;
    unsigned bits, bit_count; /* of base64 not yet written */
};

void thumbnail_init(struct thumbnail *thumbnail);

/* One comment (n > 0), behind its ';' and blanks. True when it belonged to a picture. A picture
 * that is too large or broken is left out; when memory runs out, too. */
bool thumbnail_comment(struct thumbnail *thumbnail, const char *text, size_t n);

/* Hands over the best picture's bytes (the caller frees them), or NULL, and its type. */
char *thumbnail_take(struct thumbnail *thumbnail, size_t *size, const char **type);

void thumbnail_finish(struct thumbnail *thumbnail);

#endif
