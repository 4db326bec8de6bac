/* SPDX-License-Identifier: Apache-2.0 */
#include "diff_table.h"

#include <stdint.h>
#include <string.h>

#include "load.h"

/* One list of a struct. */
struct list_view {
    const char *items;
    size_t count;
};

static struct list_view view(const struct option *option, const char *base)
{
    struct list_view list;

    memcpy(&list.items, base + option->offset, sizeof list.items);
    memcpy(&list.count, base + option->count_offset, sizeof list.count);
    return list;
}

static bool diff_texts(const struct list_view *a, const struct list_view *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(((char *const *)(const void *)a->items)[i],
                   ((char *const *)(const void *)b->items)[i]) != 0)
            return true;
    return false;
}

static bool diff_list(const struct option *option, const char *a, const char *b)
{
    struct list_view one = view(option, a), other = view(option, b);

    if (one.count != other.count)
        return true;
    if (option->type == OPTION_TEXTS)
        return diff_texts(&one, &other);
    for (size_t i = 0; i < one.count; i++)
        if (diff_table(option->table, one.items + i * option->table->size,
                       other.items + i * option->table->size))
            return true;
    return false;
}

/* Rows name parts and products by index: when those themselves changed, that row of the table
 * tells. */
static bool diff_bom(const struct config_product *a, const struct config_product *b)
{
    if (a->bom_count != b->bom_count)
        return true;
    for (size_t i = 0; i < a->bom_count; i++)
        if (a->bom[i].part != b->bom[i].part || a->bom[i].product != b->bom[i].product ||
            a->bom[i].quantity != b->bom[i].quantity)
            return true;
    return false;
}

bool diff_option(const struct option *option, const void *a, const void *b)
{
    const char *one = (const char *)a + option->offset, *other = (const char *)b + option->offset;

    if ((option->flags & OPTION_LATE) != 0 && option->type != OPTION_PARTS &&
        option->type != OPTION_OBJECT)
        return false;
    switch (option->type) {
    case OPTION_TEXT:
        return strcmp(one, other) != 0;
    case OPTION_WORD:
    case OPTION_INT:
        return memcmp(one, other, sizeof(int)) != 0;
    case OPTION_INT64:
        return memcmp(one, other, sizeof(int64_t)) != 0;
    case OPTION_NUMBER:
        return *(const double *)(const void *)one != *(const double *)(const void *)other;
    case OPTION_BOOLEAN:
        return *(const bool *)one != *(const bool *)other;
    case OPTION_OBJECT:
        return diff_table(option->table, one, other);
    case OPTION_TEXTS:
    case OPTION_OBJECTS:
        return diff_list(option, a, b);
    case OPTION_PARTS:
        return diff_bom(a, b);
    }
    return true;
}

bool diff_table(const struct option_table *table, const void *a, const void *b)
{
    for (size_t i = 0; i < table->count; i++)
        if (diff_option(&table->rows[i], a, b))
            return true;
    return false;
}
