/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"

#include "latin.h"

void label_add(struct label *label, enum label_weight weight, const char *utf8)
{
    char *text = label->text + label->used;
    size_t room = LABEL_TEXT_MAX - label->used, n;

    if (*utf8 == '\0' || room < 2 || label->line_count == LABEL_LINES_MAX)
        return;
    n = latin_write(text, room, utf8);
    if (n == 0)
        return;
    label->lines[label->line_count++] = (struct label_line){weight, text};
    label->used += n + 1;
}
