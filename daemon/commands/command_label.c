/* SPDX-License-Identifier: Apache-2.0 */
/* The label of a machine, to print and stick on it: its QR code opens the machine's page, ready to
 * empty its bed. */
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine_label.h"
#include "pages_at.h"
#include "rows.h"

struct label_args {
    char base[201];
};

static const struct json_field fields[] = {
    {.name = "base",
     .type = JSON_STRING,
     .offset = offsetof(struct label_args, base),
     .size = 201,
     .help = "where the pages are, as phones reach them: https://usine.example.org; default: "
             "`url` of the config, or the first address it listens on"},
};

enum { QUIET = 4 }; /* modules of margin that readers need */

static void write_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '"')
            fputs("&quot;", out);
        else
            fputc(*text, out);
    }
}

/* One path: dark modules in a row are one stroke. */
static void write_modules(FILE *out, const QRcode *code)
{
    fputs("<path fill=\"#000\" d=\"", out);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = &code->data[y * code->width];

        for (int x = 0; x < code->width; x++) {
            int from = x;

            while (x < code->width && (row[x] & 1))
                x++;
            if (x > from)
                fprintf(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
        }
    }
    fputs("\"/>", out);
}

static void write_line(FILE *out, int y, int size, const char *text)
{
    fprintf(out,
            "<text x=\"52\" y=\"%d\" font-family=\"sans-serif\" font-weight=\"%d\" "
            "font-size=\"%d\" fill=\"#000\">",
            y, size > 6 ? 700 : 400, size);
    write_escaped(out, text);
    fputs("</text>", out);
}

static void write_label(FILE *out, const struct office *office,
                        const struct config_machine *machine, const QRcode *code)
{
    int wide = code->width + 2 * QUIET;
    char name[ID_SIZE];

    machine_short_name(machine, name);
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100mm\" height=\"50mm\" "
          "viewBox=\"0 0 100 50\" role=\"img\"><rect width=\"100\" height=\"50\" fill=\"#fff\"/>",
          out);
    fprintf(out,
            "<svg x=\"1\" y=\"1\" width=\"48\" height=\"48\" viewBox=\"0 0 %d %d\" "
            "shape-rendering=\"crispEdges\">",
            wide, wide);
    write_modules(out, code);
    fputs("</svg>", out);
    write_line(out, 18, 12, name);
    write_line(out, 27, 6, machine_town(office->config, machine));
    write_line(out, 35, 4, machine->profile.name);
    write_line(out, 43, 4, machine->id);
    fputs("</svg>", out);
}

static void answer_label(struct office *office, const struct config_machine *machine,
                         const char *base, struct answer *answer)
{
    char url[400];
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    QRcode *code;

    machine_address(machine, base, url, sizeof url);
    code = QRcode_encodeString8bit(url, 0, QR_ECLEVEL_M);
    if (out != NULL && code != NULL)
        write_label(out, office, machine, code);
    if (out != NULL)
        fclose(out);
    if (code == NULL) {
        free(text);
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
    } else {
        answer_text(answer, "image/svg+xml", text, size);
    }
    QRcode_free(code);
}

static void run_label(struct office *office, const struct call *call, struct answer *answer)
{
    const struct label_args *args = call->args;
    const struct config_machine *machine = config_machine(office->config, call->id);
    char base[PAGES_AT_MAX];

    if (machine == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "no machine \"%.64s\"; `usine machines` lists them",
                    call->id);
    else if (pages_at_said(office, args->base, base, answer))
        answer_label(office, machine, base, answer);
}

const struct command command_machine_label = {
    .name = "machine.label",
    .route = "GET /api/v1/machines/{id}/label.svg",
    .role = ROLE_VIEWER,
    .help = "The machine's label to print, 100 x 50 mm; its QR code opens the machine's page.",
    FIELDS(fields),
    .args_size = sizeof(struct label_args),
    .run = run_label,
};
