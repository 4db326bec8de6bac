/* SPDX-License-Identifier: Apache-2.0 */
/* Why there are not so many pieces as a hand wants to take, and what to do about it. Pure. */
#ifndef USINE_PRODUCTION_GOODS_WORDS_H
#define USINE_PRODUCTION_GOODS_WORDS_H

#include "base/err.h"
#include "hand_work.h"

enum { GOODS_TEXT_SIZE = 320 };

struct goods_lack {
    const struct hand_view *view; /* borrowed, as the ids */
    const char *site, *item;
    const char *lot; /* the one asked for; "": any */
    int64_t needed;  /* pieces */
};

/* All write text, and return ERR_REFUSED. */

/* There are not so many, wherever they lie at the site. */
enum err goods_too_few(const struct goods_lack *lack, int64_t there, char text[GOODS_TEXT_SIZE]);

/* There are enough that may be used, but too few have passed their steps by hand. */
enum err goods_not_ready(const struct goods_lack *lack, int64_t ready, char text[GOODS_TEXT_SIZE]);

/* There are enough, but of some nothing may be used: their lots are blocked. */
enum err goods_blocked(const struct goods_lack *lack, int64_t usable, char text[GOODS_TEXT_SIZE]);

#endif
