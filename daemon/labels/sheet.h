/* SPDX-License-Identifier: Apache-2.0 */
/* Labels as a PDF to print, by libharu. Each address takes half a millisecond: on the pool. */
#ifndef USINE_LABELS_SHEET_H
#define USINE_LABELS_SHEET_H

#include <stddef.h>

#include "base/err.h"
#include "format.h"
#include "label.h"

enum { SHEET_LABELS_MAX = 2000 }; /* in one document; bounds the memory it takes */

struct sheet {
    const struct label_format *format; /* constant */
    int start;                         /* the first free place of the first page, from 1 */
    struct label *labels;              /* each as often as its `copies` */
    size_t count;
};

/* How many labels there are with all copies. */
size_t sheet_labels(const struct sheet *sheet);

/* *pdf is malloc'ed. ERR_NO_MEMORY; ERR_INVALID: too many labels, or an address longer than a QR
 * code holds. */
enum err sheet_draw(const struct sheet *sheet, char **pdf, size_t *size);

#endif
