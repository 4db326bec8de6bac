/* SPDX-License-Identifier: Apache-2.0 */
/* The plan: a page for each sheet, the labels row by row, copies of one label beside each other;
 * its QR code is one picture that all its copies show. libharu tells faults to on_fault and goes
 * on: the first one ends the drawing after the label, and the document is thrown away. */
#include "sheet.h"

#include <hpdf.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#include "latin.h"
#include "layout.h"

#define POINTS_MM (72 / 25.4)
#define CODE_SHARE 0.35 /* of the width, at most: the text needs the rest */

enum {
    QUIET = 4, /* modules of white around a code that readers need */
    DOTS = 8,  /* of the picture for each module: a byte wide, one bit a dot */
    /* bytes that libharu takes: for a document, a code, and a label that is a page by itself */
    FIXED_ROOM = 256 << 10,
    CODE_ROOM = 16 << 10,
    LABEL_ROOM = 16 << 10,
};

struct press {
    HPDF_Doc pdf; /* owned */
    HPDF_Page page;
    HPDF_Font fonts[2]; /* plain, bold; the document's */
    struct layout_font widths;
    const struct label_format *format;
    int place;         /* the next free one of the page, from 0 */
    HPDF_STATUS fault; /* the first; HPDF_OK: none */
};

static void on_fault(HPDF_STATUS fault, HPDF_STATUS detail, void *context)
{
    struct press *press = context;

    (void)detail;
    if (press->fault == HPDF_OK)
        press->fault = fault;
}

static void measure(struct press *press)
{
    for (int bold = 0; bold < 2; bold++)
        for (int letter = ' '; letter < 256; letter++) {
            HPDF_BYTE text = (HPDF_BYTE)letter;

            press->widths.width[bold][letter] =
                HPDF_Font_TextWidth(press->fonts[bold], &text, 1).width / 1000.0;
        }
}

static void start(struct press *press)
{
    HPDF_SetCompressionMode(press->pdf, HPDF_COMP_ALL);
    /* A sheet must not be made smaller to fit a printer's margins. */
    HPDF_SetViewerPreference(press->pdf, HPDF_PRINT_SCALING_NONE);
    press->fonts[0] = HPDF_GetFont(press->pdf, "Helvetica", "WinAnsiEncoding");
    press->fonts[1] = HPDF_GetFont(press->pdf, "Helvetica-Bold", "WinAnsiEncoding");
    if (press->fault == HPDF_OK)
        measure(press);
}

/* Modules black on white, one bit a dot; malloc'ed. */
static HPDF_BYTE *dots_of(const QRcode *code)
{
    size_t n = (size_t)code->width;
    HPDF_BYTE *dots = malloc(n * n * DOTS);

    if (dots == NULL)
        return NULL;
    for (size_t y = 0; y < n * DOTS; y++)
        for (size_t x = 0; x < n; x++)
            dots[y * n + x] = (code->data[y / DOTS * n + x] & 1) != 0 ? 0x00 : 0xFF;
    return dots;
}

/* The picture of a label's code, and the share of its width that is white on each side. NULL: no
 * memory, or press->fault says why. */
static HPDF_Image picture(struct press *press, const char *url, double *quiet)
{
    QRcode *code = QRcode_encodeString8bit(url, 0, QR_ECLEVEL_M);
    HPDF_BYTE *dots = code != NULL ? dots_of(code) : NULL;
    HPDF_Image image = NULL;

    if (dots != NULL) {
        unsigned side = (unsigned)code->width * DOTS;

        image = HPDF_LoadRawImageFromMem(press->pdf, dots, side, side, HPDF_CS_DEVICE_GRAY, 1);
        *quiet = QUIET / (double)(code->width + 2 * QUIET);
    }
    free(dots);
    QRcode_free(code);
    return image;
}

static void add_page(struct press *press)
{
    press->page = HPDF_AddPage(press->pdf);
    if (press->page == NULL)
        return; /* press->fault says why */
    HPDF_Page_SetWidth(press->page, (HPDF_REAL)(press->format->page_w * POINTS_MM));
    HPDF_Page_SetHeight(press->page, (HPDF_REAL)(press->format->page_h * POINTS_MM));
}

static void write_rows(const struct press *press, const struct layout *layout, double x, double top)
{
    static const char ellipsis[] = {LATIN_ELLIPSIS, '\0'};
    char text[LABEL_TEXT_MAX + 2];

    HPDF_Page_BeginText(press->page);
    for (int i = 0; i < layout->count && press->fault == HPDF_OK; i++) {
        const struct layout_row *row = &layout->rows[i];

        HPDF_Page_SetFontAndSize(press->page, press->fonts[row->bold], (HPDF_REAL)row->size);
        snprintf(text, sizeof text, "%.*s%s", (int)row->n, row->text, row->cut ? ellipsis : "");
        HPDF_Page_TextOut(press->page, (HPDF_REAL)x, (HPDF_REAL)(top - row->baseline), text);
    }
    HPDF_Page_EndText(press->page);
}

/* What one label and its copies look like; points. */
struct face {
    HPDF_Image image;
    double side;  /* of the code with its margin */
    double quiet; /* of its margin */
    double gap;   /* between code and text */
    struct layout layout;
};

/* False: no memory, or press->fault says why. */
static bool prepare(struct press *press, const struct label *label, struct face *face)
{
    const struct label_format *format = press->format;
    double width = (format->width - 2 * format->pad_x) * POINTS_MM;
    double height = (format->height - 2 * format->pad_y) * POINTS_MM, quiet;

    face->image = picture(press, label->url, &quiet);
    if (face->image == NULL)
        return false;
    face->side = height < width * CODE_SHARE ? height : width * CODE_SHARE;
    face->quiet = quiet * face->side;
    face->gap = 1 * POINTS_MM;
    layout_fit(&face->layout, label, &press->widths, width - face->side - face->gap, height);
    return true;
}

static void draw(struct press *press, const struct face *face)
{
    const struct label_format *format = press->format;
    int column = press->place % format->columns, row = press->place / format->columns;
    double x = (format->left + column * format->pitch_x + format->pad_x) * POINTS_MM;
    double top = (format->page_h - format->top - row * format->pitch_y - format->pad_y) * POINTS_MM;
    double height = (format->height - 2 * format->pad_y) * POINTS_MM;
    double low = top - (height + face->side) / 2, inner = face->side - 2 * face->quiet;

    HPDF_Page_DrawImage(press->page, face->image, (HPDF_REAL)(x + face->quiet),
                        (HPDF_REAL)(low + face->quiet), (HPDF_REAL)inner, (HPDF_REAL)inner);
    write_rows(press, &face->layout, x + face->side + face->gap, top);
}

static enum err draw_copies(struct press *press, const struct label *label)
{
    struct face face;

    if (!prepare(press, label, &face))
        return press->fault == HPDF_OK ? ERR_NO_MEMORY : ERR_INTERNAL;
    for (int i = 0; i < label->copies && press->fault == HPDF_OK; i++) {
        if (press->page == NULL || press->place == label_format_room(press->format)) {
            press->place = press->page == NULL ? press->place : 0;
            add_page(press);
        }
        if (press->fault == HPDF_OK)
            draw(press, &face);
        press->place++;
    }
    return press->fault == HPDF_OK ? ERR_OK : ERR_INTERNAL;
}

static enum err save(struct press *press, char **pdf, size_t *size)
{
    HPDF_UINT32 n;
    char *bytes;

    HPDF_SaveToStream(press->pdf);
    HPDF_ResetStream(press->pdf);
    n = HPDF_GetStreamSize(press->pdf);
    bytes = press->fault == HPDF_OK ? malloc(n) : NULL;
    if (bytes != NULL)
        HPDF_ReadFromStream(press->pdf, (HPDF_BYTE *)bytes, &n);
    if (bytes == NULL || press->fault != HPDF_OK) {
        free(bytes);
        return press->fault == HPDF_OK ? ERR_NO_MEMORY : ERR_INTERNAL;
    }
    *pdf = bytes;
    *size = n;
    return ERR_OK;
}

/* libharu 2.3 does not survive every allocation that fails, so what it may take is asked for at
 * once beforehand. */
static bool has_room(const struct sheet *sheet)
{
    void *room = malloc(FIXED_ROOM + sheet->count * CODE_ROOM + sheet_labels(sheet) * LABEL_ROOM);

    free(room);
    return room != NULL;
}

size_t sheet_labels(const struct sheet *sheet)
{
    size_t n = 0;

    for (size_t i = 0; i < sheet->count; i++)
        n += (size_t)sheet->labels[i].copies;
    return n;
}

enum err sheet_draw(const struct sheet *sheet, char **pdf, size_t *size)
{
    struct press press = {.format = sheet->format, .place = sheet->start - 1};
    enum err err = ERR_OK;

    if (sheet_labels(sheet) == 0 || sheet_labels(sheet) > SHEET_LABELS_MAX)
        return ERR_INVALID;
    if (!has_room(sheet))
        return ERR_NO_MEMORY;
    press.pdf = HPDF_New(on_fault, &press);
    if (press.pdf == NULL)
        return ERR_NO_MEMORY;
    start(&press);
    for (size_t i = 0; i < sheet->count && press.fault == HPDF_OK && err == ERR_OK; i++)
        err = draw_copies(&press, &sheet->labels[i]);
    if (err == ERR_OK)
        err = save(&press, pdf, size);
    if (press.fault == HPDF_FAILD_TO_ALLOC_MEM)
        err = ERR_NO_MEMORY;
    HPDF_Free(press.pdf);
    return err;
}
