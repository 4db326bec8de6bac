/* SPDX-License-Identifier: Apache-2.0 */
/* Fits the lines of a label into a box: the largest letters with which all of it goes in. With the
 * smallest ones that can be read, the last rows are left out, and an ellipsis says so. Points of
 * 1/72 inch. Pure. */
#ifndef USINE_LABELS_LAYOUT_H
#define USINE_LABELS_LAYOUT_H

#include <stdbool.h>

#include "label.h"

enum { LAYOUT_ROWS_MAX = 48 };

struct layout_row {
    const char *text; /* borrowed from the label */
    size_t n;         /* of text */
    bool bold;
    bool cut;        /* an ellipsis follows: there was more */
    double size;     /* of the letters */
    double baseline; /* from the box's upper edge */
};

struct layout {
    int count;
    struct layout_row rows[LAYOUT_ROWS_MAX];
};

/* How wide each letter is at size 1: plain, and bold. */
struct layout_font {
    double width[2][256];
};

void layout_fit(struct layout *layout, const struct label *label, const struct layout_font *font,
                double width, double height);

#endif
