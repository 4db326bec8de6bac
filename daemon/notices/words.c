/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"

/* clang-format off */
static const struct {
    const char *name;
    enum words what, todo;
} whats[] = {
    [WHAT_CLEAR]       = { "clear",       WORDS_CLEAR,       WORDS_CLEAR_DO },
    [WHAT_LOAD]        = { "load",        WORDS_LOAD,        WORDS_LOAD_DO },
    [WHAT_UNLOCK]      = { "unlock",      WORDS_UNLOCK,      WORDS_UNLOCK_DO },
    [WHAT_MATERIAL]    = { "material",    WORDS_MATERIAL,    WORDS_MATERIAL_DO },
    [WHAT_RESUME]      = { "resume",      WORDS_RESUME,      WORDS_RESUME_DO },
    [WHAT_LOCKED]      = { "locked",      WORDS_LOCKED,      WORDS_LOCKED_DO },
    [WHAT_LOST]        = { "lost",        WORDS_LOST,        WORDS_LOST_DO },
    [WHAT_QUARANTINED] = { "quarantined", WORDS_QUARANTINED, WORDS_QUARANTINED_DO },
    [WHAT_OUT]         = { "out",         WORDS_OUT,         WORDS_OUT_DO },
    [WHAT_DONE]        = { "done",        WORDS_DONE,        WORDS_DONE_DO },
};
/* clang-format on */

const char *notice_what_name(enum notice_what what)
{
    return whats[what].name;
}

enum notice_what notice_what_of(const char *name)
{
    for (int i = 0; i < WHAT_COUNT; i++)
        if (strcmp(whats[i].name, name) == 0)
            return (enum notice_what)i;
    return WHAT_COUNT;
}

enum words words_what(enum notice_what what)
{
    return whats[what].what;
}

enum words words_do(enum notice_what what)
{
    return whats[what].todo;
}

const char *words_of(enum words words, const char *language)
{
    static const char *const texts[][2] = {
#define X(key, french, english) {french, english},
        WORDS_TABLE(X)
#undef X
    };

    return texts[words][strcmp(language, "fr") == 0 ? 0 : 1];
}

static bool is_place(const char *text)
{
    return text[0] == '{' && (text[1] == '0' || text[1] == '1') && text[2] == '}';
}

void words_fill(char *out, size_t size, const char *words, const char *const values[2])
{
    size_t used = 0;

    while (*words != '\0' && used + 1 < size) {
        if (is_place(words)) {
            int n = snprintf(out + used, size - used, "%s", values[words[1] - '0']);

            used = used + (size_t)n < size ? used + (size_t)n : size - 1;
            words += 3;
        } else {
            out[used++] = *words++;
        }
    }
    for (int i = 0; i < 3 && used > 0 && !json_utf8(out, used); i++)
        used--; /* cut within a letter */
    out[used] = '\0';
}
