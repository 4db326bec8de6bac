/* SPDX-License-Identifier: Apache-2.0 */
#include "chronicle.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"

void chronicle_init(struct chronicle *chronicle, const struct clock *clock)
{
    chronicle->clock = clock;
    chronicle->last = 0;
    chronicle->rows = calloc(CHRONICLE_ROWS, sizeof *chronicle->rows);
}

void chronicle_finish(struct chronicle *chronicle)
{
    free(chronicle->rows);
    chronicle->rows = NULL;
}

/* Words of machines go in here: what is not UTF-8 (also when cut in the middle) is shown as '?'. */
static void make_readable(char *text)
{
    size_t n = strlen(text);

    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            text[i] = '?';
    while (!json_utf8(text, n)) {
        size_t good = n;

        while (good > 0 && !json_utf8(text, good))
            good--;
        text[good] = '?';
    }
}

void chronicle_add(struct chronicle *chronicle, const char *machine, const char *by,
                   const char *format, ...)
{
    struct chronicle_row row = {.seq = chronicle->last + 1, .at_ms = clock_wall(chronicle->clock)};
    va_list args;

    snprintf(row.machine, sizeof row.machine, "%s", machine);
    snprintf(row.by, sizeof row.by, "%s", by);
    va_start(args, format);
    vsnprintf(row.text, sizeof row.text, format, args);
    va_end(args);
    make_readable(row.text);
    if (*by != '\0' || *machine == '\0') /* what machines do by themselves, the floor logs */
        log_info("%s%s%s%s%s%s", row.machine, *row.machine != '\0' ? ": " : "", row.text,
                 *row.by != '\0' ? " (" : "", row.by, *row.by != '\0' ? ")" : "");
    if (chronicle->rows == NULL)
        return;
    chronicle->last = row.seq;
    chronicle->rows[row.seq % CHRONICLE_ROWS] = row;
}

const struct chronicle_row *chronicle_row(const struct chronicle *chronicle, uint64_t seq)
{
    const struct chronicle_row *row;

    if (chronicle->rows == NULL || seq == 0)
        return NULL;
    row = &chronicle->rows[seq % CHRONICLE_ROWS];
    return row->seq == seq ? row : NULL;
}
