/* SPDX-License-Identifier: Apache-2.0 */
/* Labels drawn on the pool, and answered as a PDF to save. Office thread. */
#ifndef USINE_COMMANDS_PRESS_H
#define USINE_COMMANDS_PRESS_H

#include "labels/sheet.h"
#include "office.h"

/* How labels are to be printed, as the asker said. */
struct press_args {
    char format[16];
    int64_t start;
    int64_t copies; /* 0: not said */
    char language[8];
    char base[201];
};

/* The rows of these members in the field table of args_type, whose member `press` they fill. */
/* clang-format off */
#define PRESS_FIELDS(args_type)                                                                    \
    {.name = "format", .type = JSON_STRING, .offset = offsetof(args_type, press.format),           \
     .size = 16, .words = LABEL_FORMATS, .preset = "\"a4-14\"",                                    \
     .help = "A4 sheets of 14 (99.1 x 38.1 mm), 24 (70 x 37) or 8 (99.1 x 67.7) labels, or one "   \
             "label a page for label printers, mm"},                                               \
    {.name = "start", .type = JSON_INTEGER, .offset = offsetof(args_type, press.start),            \
     .min = 1, .max = 24, .preset = "1",                                                           \
     .help = "the first free place of a sheet already begun, row by row"},                         \
    {.name = "copies", .type = JSON_INTEGER, .offset = offsetof(args_type, press.copies),          \
     .min = 1, .max = SHEET_LABELS_MAX, .help = "so many labels of each"},                         \
    {.name = "language", .type = JSON_STRING, .offset = offsetof(args_type, press.language),       \
     .size = 8, .words = "fr en", .help = "default: the config's"},                                \
    {.name = "base", .type = JSON_STRING, .offset = offsetof(args_type, press.base), .size = 201,  \
     .help = "where the pages are, as phones reach them: https://usine.example.org; default: "     \
             "`url` of the config, or the first address it listens on"}
/* clang-format on */

struct press_job {
    const struct press_args *args;
    struct label *labels; /* malloc'ed, taken */
    size_t count;
    const char *save_as; /* without ".pdf" */
};

/* Draws them and answers with the PDF, or refuses. */
void press_print(struct office *office, const struct press_job *job, struct answer *answer);

#endif
