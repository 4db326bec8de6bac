/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and columns for a terminal: as wide as it is, never wider; or CSV. */
#ifndef USINE_CLI_TABLE_H
#define USINE_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS_MAX = 16 };

struct table {
    char titles[TABLE_COLUMNS_MAX][24];
    bool right[TABLE_COLUMNS_MAX];  /* aligned right */
    bool shrink[TABLE_COLUMNS_MAX]; /* cut when the terminal is too narrow */
    size_t columns;
    char **cells; /* owned, row by row */
    size_t count, room;
    bool failed; /* out of memory: prints what there is */
};

/* head: "ID|>GOOD|~MESSAGE": '>' aligns right, '~' may be cut. */
void table_begin(struct table *table, const char *head);

/* The next cell; control bytes are shown as '?'. */
void table_cell(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* width 0: as wide as it takes. Frees the table. */
void table_print(struct table *table, FILE *out, size_t width);
void table_print_csv(struct table *table, FILE *out);

/* Columns of the terminal behind out; 0: it is none. */
size_t table_terminal(FILE *out);

/* Code points of UTF-8 text. */
size_t table_width(const char *text);

#endif
