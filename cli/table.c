/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { GAP = 2, NARROWEST = 8 };

void table_begin(struct table *table, const char *head)
{
    memset(table, 0, sizeof *table);
    while (*head != '\0' && table->columns < TABLE_COLUMNS_MAX) {
        size_t c = table->columns++;
        size_t n;

        table->right[c] = *head == '>';
        table->shrink[c] = *head == '~';
        head += strspn(head, ">~");
        n = strcspn(head, "|");
        snprintf(table->titles[c], sizeof table->titles[c], "%.*s", (int)n, head);
        head += n + (head[n] == '|');
    }
}

void table_cell(struct table *table, const char *format, ...)
{
    char *text = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        text = NULL;
    va_end(args);
    if (table->count == table->room && !table->failed) {
        size_t room = table->room * 2 + 64;
        char **cells = realloc(table->cells, room * sizeof *cells);

        table->failed = cells == NULL;
        if (cells != NULL) {
            table->cells = cells;
            table->room = room;
        }
    }
    if (text == NULL || table->failed) {
        table->failed = true;
        free(text);
        return;
    }
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    table->cells[table->count++] = text;
}

size_t table_width(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static void measure(const struct table *table, size_t widths[TABLE_COLUMNS_MAX])
{
    for (size_t c = 0; c < table->columns; c++)
        widths[c] = table_width(table->titles[c]);
    for (size_t i = 0; i < table->count; i++) {
        size_t width = table_width(table->cells[i]);

        if (width > widths[i % table->columns])
            widths[i % table->columns] = width;
    }
}

/* Takes from the widest column that may be cut, until the row fits or nothing can give. */
static void fit(const struct table *table, size_t widths[TABLE_COLUMNS_MAX], size_t width)
{
    size_t total = (table->columns - 1) * GAP;

    for (size_t c = 0; c < table->columns; c++)
        total += widths[c];
    while (width > 0 && total > width) {
        size_t widest = table->columns;

        for (size_t c = 0; c < table->columns; c++)
            if (table->shrink[c] && widths[c] > NARROWEST &&
                (widest == table->columns || widths[c] > widths[widest]))
                widest = c;
        if (widest == table->columns)
            return;
        widths[widest]--;
        total--;
    }
}

static void print_cell(const char *text, size_t width, bool right, bool last, FILE *out)
{
    size_t w = table_width(text);
    size_t shown = 0;

    if (w > width) {
        for (; *text != '\0' && shown < width; text++) {
            shown += ((unsigned char)text[1] & 0xc0) != 0x80;
            if (shown == width)
                break;
            fputc(*text, out);
        }
        fputs("…", out);
        w = width;
        text = "";
    }
    if (right)
        fprintf(out, "%*s%s", (int)(width - w), "", text);
    else if (last)
        fputs(text, out);
    else
        fprintf(out, "%s%*s", text, (int)(width - w), "");
    if (!last)
        fprintf(out, "%*s", GAP, "");
}

static void release(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i]);
    free(table->cells);
}

void table_print(struct table *table, FILE *out, size_t width)
{
    size_t widths[TABLE_COLUMNS_MAX];

    measure(table, widths);
    fit(table, widths, width);
    for (size_t c = 0; c < table->columns; c++)
        print_cell(table->titles[c], widths[c], table->right[c], c + 1 == table->columns, out);
    fputc('\n', out);
    for (size_t i = 0; i < table->count; i++) {
        size_t c = i % table->columns;
        bool last = c + 1 == table->columns;

        print_cell(table->cells[i], widths[c], table->right[c], last, out);
        if (last)
            fputc('\n', out);
    }
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
        fprintf(out, "%s%s", c > 0 ? "," : "", table->titles[c]);
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
