/* SPDX-License-Identifier: Apache-2.0 */
#include "assembly.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum err assembly_init(struct assembly *assembly, const struct plan *plan)
{
    const struct outlook *o = plan->outlook;
    size_t parts = o->dispatch.part_count;

    *assembly = (struct assembly){.plan = plan};
    assembly->stock = calloc(parts + 1, sizeof *assembly->stock);
    assembly->wanted = calloc(o->order_count + 1, sizeof *assembly->wanted);
    assembly->order_done_s = calloc(o->order_count + 1, sizeof *assembly->order_done_s);
    assembly->order_short = calloc(o->order_count * parts + 1, sizeof *assembly->order_short);
    assembly->today = calloc(o->product_count + 1, sizeof *assembly->today);
    return assembly->stock != NULL && assembly->wanted != NULL && assembly->order_done_s != NULL &&
                   assembly->order_short != NULL && assembly->today != NULL
               ? ERR_OK
               : ERR_NO_MEMORY;
}

void assembly_finish(struct assembly *assembly)
{
    free(assembly->stock);
    free(assembly->wanted);
    free(assembly->order_done_s);
    free(assembly->order_short);
    free(assembly->today);
    *assembly = (struct assembly){0};
}

void assembly_reset(struct assembly *assembly)
{
    const struct outlook *o = assembly->plan->outlook;

    assembly->open = 0;
    assembly->waited_s = 0;
    for (size_t i = 0; i < o->dispatch.part_count; i++)
        assembly->stock[i] = o->parts[i].stock + (int64_t)assembly->plan->bought_more[i];
    for (size_t i = 0; i < o->order_count; i++) {
        int64_t left = o->orders[i].quantity - o->orders[i].done;

        assembly->wanted[i] = left > 0 ? left : 0;
        assembly->open += assembly->wanted[i];
        assembly->order_done_s[i] = left > 0 ? (double)INFINITY : 0;
    }
    memset(assembly->order_short, 0,
           o->order_count * o->dispatch.part_count * sizeof *assembly->order_short);
    memset(assembly->today, 0, o->product_count * sizeof *assembly->today);
}

/* Kits that the stock makes; *limit: the part of which there is least. */
static int64_t possible(const struct assembly *assembly, const struct outlook_product *product,
                        size_t *limit)
{
    int64_t least = INT64_MAX;

    for (size_t i = 0; i < product->need_count; i++) {
        int64_t n = assembly->stock[product->needs[i].part] / product->needs[i].quantity;

        if (n < least) {
            least = n;
            *limit = product->needs[i].part;
        }
    }
    return product->need_count > 0 && least > 0 ? least : 0;
}

static int64_t make(struct assembly *assembly, size_t product, int64_t most, double at)
{
    const struct outlook_product *p = &assembly->plan->outlook->products[product];
    size_t limit;
    int64_t n = possible(assembly, p, &limit);

    n = n < most ? n : most;
    for (size_t i = 0; i < p->need_count; i++)
        assembly->stock[p->needs[i].part] -= n * p->needs[i].quantity;
    assembly->today[product] += at <= assembly->plan->today_s ? n : 0;
    return n;
}

static int64_t serve(struct assembly *assembly, size_t order, int64_t most, double at)
{
    const struct outlook *o = assembly->plan->outlook;
    size_t product = o->orders[order].product, limit = SIZE_MAX;
    int64_t want = assembly->wanted[order] < most ? assembly->wanted[order] : most;
    int64_t n = make(assembly, product, want, at);

    assembly->wanted[order] -= n;
    assembly->open -= n;
    assembly->waited_s += at * (double)n;
    if (assembly->wanted[order] == 0) {
        assembly->order_done_s[order] = at;
    } else if (n < want) {
        possible(assembly, &o->products[product], &limit);
        if (limit != SIZE_MAX)
            assembly->order_short[order * o->dispatch.part_count + limit]++;
    }
    return n;
}

void assembly_round(struct assembly *assembly, double at, double most)
{
    const struct outlook *o = assembly->plan->outlook;
    int64_t left = most < 1e15 ? (int64_t)most : INT64_MAX;

    for (size_t i = 0; i < o->order_count; i++)
        if (assembly->wanted[i] > 0)
            left -= serve(assembly, i, left, at);
    for (size_t i = 0; i < o->product_count && o->order_count == 0; i++)
        left -= make(assembly, i, left, at);
}
