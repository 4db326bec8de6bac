/* SPDX-License-Identifier: Apache-2.0 */
/* The label of a machine, to print and stick on it: its QR code opens the machine's page, ready to
 * empty its bed. */
#include <ctype.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "queue/roster.h"
#include "rows.h"

struct label_args {
    char base[201];
};

static const struct json_field fields[] = {
    {.name = "base",
     .type = JSON_STRING,
     .offset = offsetof(struct label_args, base),
     .size = 201,
     .help = "where the pages are, as phones reach them: https://usine.example.org; default: the "
             "first address it listens on"},
};

enum { QUIET = 4 }; /* modules of margin that readers need */

/* scheme://host and nothing behind it. */
static bool is_origin(const char *base)
{
    const char *host = strstr(base, "://");

    if (host == NULL || (strncmp(base, "http://", 7) != 0 && strncmp(base, "https://", 8) != 0))
        return false;
    host += 3;
    return *host != '\0' && host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789-._:[]")] == '\0';
}

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

/* "caen-p03" at caen is P03 on the floor. */
static void short_name(const struct config_machine *machine, char *text, size_t size)
{
    size_t n = strlen(machine->site);
    bool prefixed = strncmp(machine->id, machine->site, n) == 0 && machine->id[n] == '-';

    snprintf(text, size, "%s", machine->id + (prefixed ? n + 1 : 0));
    for (char *c = text; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
}

static void write_label(FILE *out, const struct office *office,
                        const struct config_machine *machine, const QRcode *code)
{
    const struct config_site *site = config_site(office->config, machine->site);
    const char *town = site == NULL ? machine->site : *site->town != '\0' ? site->town : site->name;
    int wide = code->width + 2 * QUIET;
    char name[ID_SIZE];

    short_name(machine, name, sizeof name);
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
    write_line(out, 27, 6, town);
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

    snprintf(url, sizeof url, "%s/machines/%s?qr", base, machine->id);
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
    char base[220];

    if (machine == NULL) {
        answer_fail(answer, ERR_NOT_FOUND, "no machine \"%.64s\"; `usine machines` lists them",
                    call->id);
        return;
    }
    snprintf(base, sizeof base, "%s", args->base);
    if (*base == '\0' && office->addresses != NULL && office->addresses[0] != NULL)
        snprintf(base, sizeof base, "http://%.200s", office->addresses[0]);
    if (!is_origin(base))
        answer_fault(answer, ERR_INVALID, "base",
                     "\"base\" must be where the pages are, as in https://usine.example.org", NULL);
    else
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
