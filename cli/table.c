/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/grow.h"
#include "columns.h"

enum { GAP = 2, NARROWEST = 8, READABLE = 20 };

void table_begin(struct table *table, const char *head)
{
    memset(table, 0, sizeof *table);
    while (*head != '\0' && table->columns < TABLE_COLUMNS_MAX) {
        struct table_column *column = &table->column[table->columns++];
        size_t n;

        for (; *head != '\0' && strchr(">~?=", *head) != NULL; head++) {
            column->right |= *head == '>';
            column->shrink |= *head == '~' || *head == '=';
            column->spare |= *head == '?';
            column->wrap |= *head == '=';
        }
        n = strcspn(head, "|");
        snprintf(column->title, sizeof column->title, "%.*s", (int)n, head);
        head += n + (head[n] == '|');
    }
}

void table_cell(struct table *table, const char *format, ...)
{
    char *text = NULL;
    char **cells;
    va_list args;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        text = NULL;
    va_end(args);
    cells = array_grow(table->cells, table->count, &table->room, sizeof *cells);
    if (cells != NULL)
        table->cells = cells;
    if (text == NULL || cells == NULL || table->failed) {
        table->failed = true;
        free(text);
        return;
    }
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    table->cells[table->count++] = text;
}

static void measure(struct table *table)
{
    for (size_t c = 0; c < table->columns; c++)
        table->column[c].width = columns_of(table->column[c].title);
    for (size_t i = 0; i < table->count; i++) {
        struct table_column *column = &table->column[i % table->columns];
        size_t width = columns_of(table->cells[i]);

        if (width > column->width)
            column->width = width;
    }
}

/* How wide a row is when what may be cut takes `most` at most. */
static size_t row_width(const struct table *table, size_t most)
{
    size_t total = 0;

    for (size_t c = 0; c < table->columns; c++) {
        const struct table_column *column = &table->column[c];

        if (!column->out)
            total += GAP + (column->shrink && column->width > most ? most : column->width);
    }
    return total > 0 ? total - GAP : 0;
}

/* Leaves columns out, from the right, while not even readable cuts would fit. */
static void leave_out(struct table *table, size_t width)
{
    for (size_t c = table->columns; c-- > 0 && row_width(table, READABLE) > width;)
        table->column[c].out = table->column[c].spare;
}

/* Takes from the widest column that may be cut, until the row fits or nothing can give. */
static void fit(struct table *table, size_t width)
{
    while (row_width(table, SIZE_MAX) > width) {
        struct table_column *widest = NULL;

        for (size_t c = 0; c < table->columns; c++) {
            struct table_column *column = &table->column[c];

            if (column->shrink && !column->out && column->width > NARROWEST &&
                (widest == NULL || column->width > widest->width))
                widest = column;
        }
        if (widest == NULL)
            return;
        widest->width--;
    }
}

/* Bytes of text for one line of so many columns: to a blank if there is one. */
static size_t line_length(const char *text, size_t columns)
{
    size_t taken, n = columns_fit(text, columns, &taken), word = n;

    if (text[n] == '\0')
        return n;
    while (word > 0 && text[word] != ' ')
        word--;
    return word > 0 ? word : n > 0 ? n : 1;
}

static void print_wrapped(const char *text, size_t width, size_t indent, FILE *out)
{
    size_t n = line_length(text, width);

    fprintf(out, "%.*s", (int)n, text);
    for (text += n + (text[n] == ' '); *text != '\0'; text += n + (text[n] == ' ')) {
        n = line_length(text, width);
        fprintf(out, "\n%*s%.*s", (int)indent, "", (int)n, text);
    }
}

static void print_cut(const char *text, size_t width, FILE *out)
{
    size_t taken, n = columns_fit(text, width > 0 ? width - 1 : 0, &taken);

    fprintf(out, "%.*s…%*s", (int)n, text, (int)(width - 1 - taken), "");
}

static void print_cell(const struct table_column *column, const char *text, bool last, FILE *out)
{
    size_t w = columns_of(text), pad = w < column->width ? column->width - w : 0;

    if (w > column->width)
        print_cut(text, column->width, out);
    else if (column->right)
        fprintf(out, "%*s%s", (int)pad, "", text);
    else
        fprintf(out, "%s%*s", text, last ? 0 : (int)pad, "");
    if (!last)
        fprintf(out, "%*s", GAP, "");
}

static const char *cell(const struct table *table, size_t row, size_t c)
{
    size_t at = row * table->columns + c;

    return at < table->count ? table->cells[at] : "";
}

/* One row; NULL: the titles. */
static void print_row(const struct table *table, const size_t *row, size_t last, FILE *out)
{
    size_t indent = 0;

    for (size_t c = 0; c <= last; c++) {
        const struct table_column *column = &table->column[c];
        const char *text = row == NULL ? column->title : cell(table, *row, c);

        if (column->out)
            continue;
        if (column->wrap)
            print_wrapped(text, column->width, indent, out);
        else
            print_cell(column, text, c == last, out);
        indent += column->width + GAP;
    }
    fputc('\n', out);
}

static void release(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i]);
    free(table->cells);
}

void table_print(struct table *table, FILE *out, size_t width)
{
    size_t last = table->columns - 1;

    measure(table);
    if (width > 0) {
        leave_out(table, width);
        fit(table, width);
    }
    while (last > 0 && table->column[last].out)
        last--;
    print_row(table, NULL, last, out);
    for (size_t row = 0; row < table->count / table->columns; row++)
        print_row(table, &row, last, out);
    release(table);
}

static void print_csv_cell(const char *text, FILE *out)
{
    if (strpbrk(text, ",\"\n") == NULL) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void table_print_csv(struct table *table, FILE *out)
{
    for (size_t c = 0; c < table->columns; c++)
        fprintf(out, "%s%s", c > 0 ? "," : "", table->column[c].title);
    fputs("\r\n", out);
    for (size_t i = 0; i < table->count; i++) {
        size_t c = i % table->columns;

        if (c > 0)
            fputc(',', out);
        print_csv_cell(table->cells[i], out);
        if (c + 1 == table->columns)
            fputs("\r\n", out);
    }
    release(table);
}

size_t table_terminal(FILE *out)
{
    struct winsize size;

    if (!isatty(fileno(out)))
        return 0;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void table_finish(struct table *table, bool csv, const char *none)
{
    if (csv)
        table_print_csv(table, stdout);
    else if (table->count == 0)
        puts(none);
    else
        table_print(table, stdout, table_terminal(stdout));
}
