/* SPDX-License-Identifier: Apache-2.0 */
#include "fact.h"

#include <string.h>

static const char *const kinds[FACT_KINDS] = {
    [FACT_MADE] = "made",
    [FACT_SCRAPPED] = "scrapped",
    [FACT_RAN] = "ran",
    [FACT_RECEIVED] = "received",
    [FACT_MOVED] = "moved",
    [FACT_ASSEMBLED] = "assembled",
    [FACT_ALLOCATED] = "allocated",
    [FACT_SHIPPED] = "shipped",
    [FACT_DELIVERED] = "delivered",
    [FACT_CORRECTED] = "corrected",
    [FACT_CORRECTED_SCRAP] = "corrected_scrap",
    [FACT_COUNTED] = "counted",
    [FACT_DISCARDED] = "discarded",
    [FACT_USED] = "used",
    [FACT_CLAIMED] = "claimed",
    [FACT_STEPPED] = "stepped",
    [FACT_BLOCKED] = "blocked",
    [FACT_RELEASED] = "released",
    [FACT_RUNNING] = "running",
    [FACT_HEATING] = "heating",
    [FACT_WAITING] = "waiting",
    [FACT_IDLE] = "idle",
    [FACT_DOWN] = "down",
    [FACT_OFFLINE] = "offline",
};

const char *fact_kind_name(enum fact_kind kind)
{
    return kinds[kind];
}

bool fact_kind_parse(const char *name, enum fact_kind *kind)
{
    for (int i = 0; i < FACT_KINDS; i++)
        if (name[0] == kinds[i][0] && strcmp(name, kinds[i]) == 0) { /* read by the million */
            *kind = (enum fact_kind)i;
            return true;
        }
    return false;
}

bool fact_moves_stock(enum fact_kind kind)
{
    static const unsigned moving = 1u << FACT_MADE | 1u << FACT_RECEIVED | 1u << FACT_MOVED |
                                   1u << FACT_ASSEMBLED | 1u << FACT_SHIPPED |
                                   1u << FACT_CORRECTED | 1u << FACT_COUNTED |
                                   1u << FACT_DISCARDED | 1u << FACT_USED;

    return (moving >> kind & 1u) != 0;
}
