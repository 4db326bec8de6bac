/* SPDX-License-Identifier: Apache-2.0 */
/* What the words about labels take; of words.c alone. */
#ifndef USINE_CLI_WORDS_LABELS_H
#define USINE_CLI_WORDS_LABELS_H

#include "words.h"

/* clang-format off */
#define LABEL_OPTIONS                                                                               \
    { "--format",   "format",   OPTION_TEXT,   false, "F", "a4-14 (the usual), a4-24, a4-8, 100x50 or 62x29" }, \
    { "--copies",   "copies",   OPTION_NUMBER, false, "N", "so many labels of each" },              \
    { "--start",    "start",    OPTION_NUMBER, false, "N", "the first free place of a sheet already begun" }, \
    { "--language", "language", OPTION_TEXT,   false, "L", "fr or en; without it: the config's" },  \
    { "--base",     "base",     OPTION_TEXT,   false, "URL", "where phones reach the pages; without it: the config's url" }
static const struct option_row lot_label_options[] = {
    LABEL_OPTIONS,
    { "--quantity", "quantity", OPTION_NUMBER, false, "N", "pieces in a parcel; a label for each" },
    { 0 },
};
static const struct option_row labels_options[] = {
    LABEL_OPTIONS,
    { "--site",    "site",    OPTION_TEXT, false, "SITE", "only the machines of this site" },
    { "--machine", "machine", OPTION_TEXT, false, "ID",   "only this one" },
    { 0 },
};
#undef LABEL_OPTIONS
/* clang-format on */

#endif
