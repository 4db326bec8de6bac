/* SPDX-License-Identifier: Apache-2.0 */
#include "agenda.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t now(void *context)
{
    return ((struct agenda *)context)->now_ms;
}

struct clock agenda_clock(struct agenda *agenda)
{
    return (struct clock){.mono_ms = now, .wall_ms = now, .context = agenda};
}

static bool before(const struct agenda_item *a, const struct agenda_item *b)
{
    return a->at_ms < b->at_ms || (a->at_ms == b->at_ms && a->order < b->order);
}

static void grow(struct agenda *agenda)
{
    size_t room = agenda->room == 0 ? 256 : 2 * agenda->room;
    struct agenda_item *items = realloc(agenda->items, room * sizeof *items);

    if (items == NULL) {
        fputs("operation: out of memory\n", stderr);
        exit(2);
    }
    agenda->items = items;
    agenda->room = room;
}

void agenda_add(struct agenda *agenda, double after_s, agenda_happen happen, void *context,
                int64_t turn)
{
    struct agenda_item item = {.at_ms = agenda->now_ms + SECOND * (int64_t)ceil(fmax(after_s, 0)),
                               .order = agenda->added++,
                               .happen = happen,
                               .context = context,
                               .turn = turn};
    size_t i = agenda->count;

    if (agenda->count == agenda->room)
        grow(agenda);
    agenda->count++;
    for (; i > 0 && before(&item, &agenda->items[(i - 1) / 2]); i = (i - 1) / 2)
        agenda->items[i] = agenda->items[(i - 1) / 2];
    agenda->items[i] = item;
}

int64_t agenda_next(const struct agenda *agenda)
{
    return agenda->count > 0 ? agenda->items[0].at_ms : INT64_MAX;
}

static struct agenda_item take(struct agenda *agenda)
{
    struct agenda_item first = agenda->items[0];
    struct agenda_item last = agenda->items[--agenda->count];
    size_t i = 0, child;

    while ((child = 2 * i + 1) < agenda->count) {
        if (child + 1 < agenda->count && before(&agenda->items[child + 1], &agenda->items[child]))
            child++;
        if (!before(&agenda->items[child], &last))
            break;
        agenda->items[i] = agenda->items[child];
        i = child;
    }
    agenda->items[i] = last;
    return first;
}

void agenda_reach(struct agenda *agenda, int64_t now_ms)
{
    agenda->now_ms = now_ms;
    while (agenda_next(agenda) <= now_ms) {
        struct agenda_item item = take(agenda);

        item.happen(item.context, item.turn);
    }
}

void agenda_finish(struct agenda *agenda)
{
    free(agenda->items);
}
