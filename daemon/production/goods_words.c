/* SPDX-License-Identifier: Apache-2.0 */
#include "goods_words.h"

#include <stdio.h>
#include <string.h>

/* " (rouen has 12)": the other site that has most. */
static void elsewhere(const struct goods_lack *lack, char *words, size_t size)
{
    const struct stock_row *row, *best = NULL;

    for (size_t i = 0; (row = stock_at(lack->view->stock, i)) != NULL; i++)
        if (strcmp(row->part, lack->item) == 0 && strcmp(row->site, lack->site) != 0 &&
            row->qty > 0 && (best == NULL || row->qty > best->qty))
            best = row;
    words[0] = '\0';
    if (best != NULL)
        snprintf(words, size, " (%s has %lld)", best->site, (long long)best->qty);
}

enum err goods_too_few(const struct goods_lack *lack, int64_t there, char text[GOODS_TEXT_SIZE])
{
    char hint[100];

    elsewhere(lack, hint, sizeof hint);
    snprintf(text, GOODS_TEXT_SIZE,
             "there %s %lld %s at %s, %lld %s needed: receive or move some%s, or take stock",
             there == 1 ? "is" : "are", (long long)(there > 0 ? there : 0), lack->item, lack->site,
             (long long)lack->needed, lack->needed == 1 ? "is" : "are", hint);
    return ERR_REFUSED;
}

enum err goods_not_ready(const struct goods_lack *lack, int64_t ready, char text[GOODS_TEXT_SIZE])
{
    int64_t waiting;
    const struct config_step *step = hand_awaited(lack->view, lack->site, lack->item, &waiting);

    snprintf(text, GOODS_TEXT_SIZE,
             "%lld %s are ready at %s, not %lld: %lld wait for the step %.80s",
             (long long)(ready > 0 ? ready : 0), lack->item, lack->site, (long long)lack->needed,
             (long long)waiting, step != NULL ? step->name.en : "");
    return ERR_REFUSED;
}

enum err goods_blocked(const struct goods_lack *lack, int64_t usable, char text[GOODS_TEXT_SIZE])
{
    struct available view = {lack->view->stock, lack->view->blocks};
    const struct lot_block *block = blocks_find(view.blocks, lack->lot);

    if (block == NULL)
        available_blocked(&view, lack->site, lack->item, &block);
    snprintf(
        text, GOODS_TEXT_SIZE,
        "%lld %s may be used at %s, not %lld: lot %s is blocked by %.40s (%.80s): take others, or "
        "have a coordinator release it",
        (long long)(usable > 0 ? usable : 0), lack->item, lack->site, (long long)lack->needed,
        block != NULL ? block->lot : "", block != NULL ? block->by : "",
        block != NULL ? block->reason : "");
    return ERR_REFUSED;
}
