/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include <string.h>

#include "latin.h"

#define LARGEST 1.5
#define SMALLEST 0.7 /* 4.9 points for the small print */
#define STEP 0.05
#define LEADING 1.2
#define ASCENT 0.95 /* from a row's upper edge to its baseline, in letters' size */

static const struct {
    double size;
    bool bold;
    int rows; /* at most */
} weights[] = {
    [LABEL_TITLE] = {12, true, 2},
    [LABEL_STRONG] = {9, true, 2},
    [LABEL_PLAIN] = {9, false, 2},
    [LABEL_SMALL] = {7, false, LAYOUT_ROWS_MAX},
};

struct fitting {
    const struct layout_font *font;
    struct layout *layout;
    double width, scale;
};

static double letter_width(const struct fitting *fitting, const struct layout_row *row, char letter)
{
    return fitting->font->width[row->bold][(unsigned char)letter] * row->size;
}

/* How many letters go into a row: whole words, or as much as there is room for of a long one. */
static size_t fill(const struct fitting *fitting, const struct layout_row *row)
{
    double room = fitting->width;
    size_t word = 0, n = 0;

    for (; row->text[n] != '\0'; n++) {
        room -= letter_width(fitting, row, row->text[n]);
        if (row->text[n] == ' ')
            word = n;
        if (room < 0)
            break;
    }
    if (row->text[n] == '\0')
        return n;
    return word > 0 ? word : n > 0 ? n : 1;
}

/* Makes room for an ellipsis. */
static void cut(const struct fitting *fitting, struct layout_row *row)
{
    double room = fitting->width - letter_width(fitting, row, LATIN_ELLIPSIS);

    for (size_t i = 0; i < row->n; i++)
        room -= letter_width(fitting, row, row->text[i]);
    for (; row->n > 0 && (room < 0 || row->text[row->n - 1] == ' '); row->n--)
        room += letter_width(fitting, row, row->text[row->n - 1]);
    row->cut = true;
}

static void add_line(const struct fitting *fitting, const struct label_line *line)
{
    struct layout *layout = fitting->layout;
    const char *text = line->text;

    for (int i = 0; *text != '\0' && layout->count < LAYOUT_ROWS_MAX; i++) {
        struct layout_row *row = &layout->rows[layout->count];

        if (i == weights[line->weight].rows) {
            cut(fitting, row - 1);
            return;
        }
        *row = (struct layout_row){.text = text,
                                   .bold = weights[line->weight].bold,
                                   .size = weights[line->weight].size * fitting->scale};
        row->n = fill(fitting, row);
        text += row->n;
        text += strspn(text, " ");
        layout->count++;
    }
    if (*text != '\0')
        cut(fitting, &layout->rows[layout->count - 1]);
}

static double height_of(const struct layout *layout)
{
    double height = 0;

    for (int i = 0; i < layout->count; i++)
        height += layout->rows[i].size * LEADING;
    return height;
}

static bool is_whole(const struct layout *layout)
{
    for (int i = 0; i < layout->count; i++)
        if (layout->rows[i].cut)
            return false;
    return true;
}

/* In the middle of the height. */
static void place(struct layout *layout, double height)
{
    double y = (height - height_of(layout)) / 2;

    for (int i = 0; i < layout->count; i++) {
        layout->rows[i].baseline = y + layout->rows[i].size * ASCENT;
        y += layout->rows[i].size * LEADING;
    }
}

static void set_rows(const struct fitting *fitting, const struct label *label)
{
    fitting->layout->count = 0;
    for (int i = 0; i < label->line_count; i++)
        add_line(fitting, &label->lines[i]);
}

/* The largest letters with which all goes in; or, when a line is longer than it may be, all but
 * the end of that line. */
static bool find_scale(struct fitting *fitting, const struct label *label, double height,
                       bool whole)
{
    for (int steps = (int)((LARGEST - SMALLEST) / STEP + 0.5); steps >= 0; steps--) {
        fitting->scale = SMALLEST + steps * STEP;
        set_rows(fitting, label);
        if (height_of(fitting->layout) <= height && (!whole || is_whole(fitting->layout)))
            return true;
    }
    return false;
}

void layout_fit(struct layout *layout, const struct label *label, const struct layout_font *font,
                double width, double height)
{
    struct fitting fitting = {font, layout, width, LARGEST};

    if (!find_scale(&fitting, label, height, true) && !find_scale(&fitting, label, height, false))
        while (layout->count > 1 && height_of(layout) > height)
            cut(&fitting, &layout->rows[--layout->count - 1]);
    place(layout, height);
}
