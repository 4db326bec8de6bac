/* SPDX-License-Identifier: Apache-2.0 */
#include "diff.h"

#include <stdio.h>
#include <string.h>

#include "diff_table.h"

enum { NAMED = 8 }; /* machines named of each sort; the rest is counted */

/* Text that stops at its end: what does not fit is left out, and "..." says so. */
struct words {
    char *text;
    size_t size, used;
    bool full;
};

static void add(struct words *words, const char *separator, const char *text)
{
    size_t n = strlen(separator) + strlen(text);
    size_t room = words->size - words->used;

    if (words->full || words->size < sizeof "...")
        return;
    words->full = n + sizeof " ..." > room;
    if (!words->full)
        words->used += (size_t)snprintf(words->text + words->used, room, "%s%s", separator, text);
    else if (room >= sizeof " ...")
        words->used += (size_t)snprintf(words->text + words->used, room, " ...");
}

enum config_change config_diff_machine(const struct config *from, const struct config *to,
                                       const char *id)
{
    const struct config_machine *before = from != NULL ? config_machine(from, id) : NULL;
    const struct config_machine *after = to != NULL ? config_machine(to, id) : NULL;

    if (before == NULL)
        return after == NULL ? CONFIG_SAME : CONFIG_ADDED;
    if (after == NULL)
        return CONFIG_REMOVED;
    return before->profile.kind != after->profile.kind ||
                   diff_table(&options_machine, before, after)
               ? CONFIG_CHANGED
               : CONFIG_SAME;
}

/* "2 machines changed (caen-p02, caen-p03)": those of `list` that differ in this way. */
static void tell_machines(struct words *words, const struct config *from, const struct config *to,
                          enum config_change change)
{
    static const char *const verbs[] = {[CONFIG_SAME] = "",
                                        [CONFIG_ADDED] = "added",
                                        [CONFIG_CHANGED] = "changed",
                                        [CONFIG_REMOVED] = "removed"};
    const struct config *list = change == CONFIG_REMOVED ? from : to;
    char head[64];
    size_t n = 0, named = 0;

    for (size_t i = 0; list != NULL && i < list->machine_count; i++)
        n += config_diff_machine(from, to, list->machines[i].id) == change;
    if (n == 0)
        return;
    snprintf(head, sizeof head, "%zu machine%s %s", n, n == 1 ? "" : "s", verbs[change]);
    add(words, words->used > 0 ? ", " : "", head);
    for (size_t i = 0; i < list->machine_count && named < NAMED; i++)
        if (config_diff_machine(from, to, list->machines[i].id) == change)
            add(words, named++ == 0 ? " (" : ", ", list->machines[i].id);
    add(words, n > NAMED ? ", ..." : "", ")");
}

/* Options other than machines that differ and are taken over live, or need a restart. */
static void tell_options(struct words *words, const struct config *from, const struct config *to,
                         bool restart)
{
    size_t n = 0;

    for (size_t i = 0; i < options_config.count; i++) {
        const struct option *option = &options_config.rows[i];

        if (option->reload == RELOAD_MACHINE || (option->reload == RELOAD_RESTART) != restart ||
            !diff_option(option, from, to))
            continue;
        if (n++ == 0 && words->used > 0)
            add(words, "; ", option->name);
        else
            add(words, n == 1 ? "" : ", ", option->name);
    }
    if (n > 0)
        add(words, " ", !restart ? "changed" : n == 1 ? "needs a restart" : "need a restart");
}

void config_diff_words(const struct config *from, const struct config *to, char *text, size_t size)
{
    struct words words = {.text = text, .size = size};

    if (size > 0)
        text[0] = '\0';
    tell_machines(&words, from, to, CONFIG_CHANGED);
    tell_machines(&words, from, to, CONFIG_ADDED);
    tell_machines(&words, from, to, CONFIG_REMOVED);
    if (from != NULL && to != NULL) {
        tell_options(&words, from, to, false);
        tell_options(&words, from, to, true);
    }
    if (words.used == 0)
        add(&words, "", "nothing changed");
}
