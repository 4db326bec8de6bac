/* SPDX-License-Identifier: Apache-2.0 */
/* The papers that labels are printed on: A4 sheets of adhesive labels, and rolls of label printers,
 * where each label is a page. Millimetres. Pure. */
#ifndef USINE_LABELS_FORMAT_H
#define USINE_LABELS_FORMAT_H

struct label_format {
    const char *name;
    double page_w, page_h;
    double left, top;        /* of the first label, from the corner of the page */
    double width, height;    /* of a label */
    double pitch_x, pitch_y; /* from one label to the next */
    int columns, rows;
    double pad_x, pad_y; /* kept empty inside each label: cutting and feeding are not exact, and
                            printers leave some 4 mm of a sheet's edge white */
};

/* The names, space separated, as a field table wants them. The first is the usual one. */
#define LABEL_FORMATS "a4-14 a4-24 a4-8 100x50 62x29"

/* NULL: no such format. Constant. */
const struct label_format *label_format(const char *name);

/* How many labels a page holds. */
int label_format_room(const struct label_format *format);

#endif
