/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and columns for a terminal: as wide as it is, never wider; or CSV. */
#ifndef USINE_CLI_TABLE_H
#define USINE_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS_MAX = 24 };

struct table_column {
    char title[24];
    bool right;  /* aligned right */
    bool shrink; /* cut when the terminal is too narrow */
    bool spare;  /* left out when it is too narrow, the last one first */
    bool wrap;   /* the last one only: goes on in the next line in place of being cut */
    size_t width;
    bool out; /* left out of this print */
};

struct table {
    struct table_column column[TABLE_COLUMNS_MAX];
    size_t columns;
    char **cells; /* owned, row by row */
    size_t count, room;
    bool failed; /* out of memory: prints what there is */
};

/* head: "ID|>GOOD|?>LEFT|~NAME|=MESSAGE": '>' aligns right, '~' may be cut, '?' may be left out,
 * '=' (the last column) is wrapped. */
void table_begin(struct table *table, const char *head);

/* The next cell; control bytes are shown as '?'. */
void table_cell(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* width 0: as wide as it takes. Frees the table. */
void table_print(struct table *table, FILE *out, size_t width);
void table_print_csv(struct table *table, FILE *out);

/* Prints it on standard output: as CSV, as wide as the terminal, or `none` when it has no row.
 * Frees the table. */
void table_finish(struct table *table, bool csv, const char *none);

/* Columns of the terminal behind out; 0: it is none. */
size_t table_terminal(FILE *out);

#endif
