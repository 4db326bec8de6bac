/* SPDX-License-Identifier: Apache-2.0 */
/* What stands on a label: a QR code and lines of text, in the order of what may least be missing.
 * Pure. */
#ifndef USINE_LABELS_LABEL_H
#define USINE_LABELS_LABEL_H

#include <stddef.h>

enum { LABEL_LINES_MAX = 10, LABEL_TEXT_MAX = 1600 };

enum label_weight {
    LABEL_TITLE,  /* large, bold; at most two rows */
    LABEL_STRONG, /* bold; at most two rows */
    LABEL_PLAIN,  /* at most two rows */
    LABEL_SMALL,  /* as many rows as there is room for */
};

struct label_line {
    enum label_weight weight;
    const char *text; /* into the label's own text; letters of latin.h */
};

/* Not to be copied: its lines point into it. */
struct label {
    char url[512]; /* what the QR code says */
    int copies;
    int line_count;
    struct label_line lines[LABEL_LINES_MAX];
    char text[LABEL_TEXT_MAX];
    size_t used; /* of text */
};

/* Adds a line of UTF-8, of somebody's choosing: it is cut where the label has no room for more.
 * "" adds none. */
void label_add(struct label *label, enum label_weight weight, const char *utf8);

#endif
