/* SPDX-License-Identifier: Apache-2.0 */
/* Options of the words about stock and work by hand; a part of the table in words.c, which alone
 * includes this. */
#ifndef USINE_CLI_WORDS_GOODS_H
#define USINE_CLI_WORDS_GOODS_H

#include "words.h"

/* clang-format off */
static const struct option_row stock_options[] = {
    { "--site", "site", OPTION_TEXT, false, "SITE", "only this site" },
    { "--lots", "lots", OPTION_FLAG, false, "",     "each lot by itself" },
    { 0 },
};
#define GOODS_SITE    { "--site",     "site",     OPTION_TEXT,   true,  "SITE",    "where" }
#define GOODS_PART    { "--part",     "part",     OPTION_TEXT,   false, "PART",    "what" }
#define GOODS_PRODUCT { "--product",  "product",  OPTION_TEXT,   false, "PRODUCT", "what, if it is finished kits" }
#define GOODS_N(text) { "--quantity", "quantity", OPTION_NUMBER, true,  "N",       text }
#define GOODS_LOT     { "--lot",      "lot",      OPTION_TEXT,   false, "LOT",     "of this lot" }
#define GOODS_WHY(must) { "--reason", "reason",   OPTION_TEXT,   must,  "TEXT",    "why" }
static const struct option_row receive_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT, GOODS_N("pieces that came in"), GOODS_LOT, GOODS_WHY(false), { 0 },
};
static const struct option_row move_options[] = {
    GOODS_SITE, { "--to", "to", OPTION_TEXT, true, "SITE", "where they go" },
    GOODS_PART, GOODS_PRODUCT, GOODS_N("pieces that go"), GOODS_LOT, GOODS_WHY(false), { 0 },
};
static const struct option_row assemble_options[] = {
    GOODS_SITE,
    { "--product", "product", OPTION_TEXT, false, "PRODUCT", "without it: the first of the config" },
    GOODS_N("kits put together"),
    { "--order", "order", OPTION_NUMBER, false, "ID", "for this order; without it: whose turn it is" },
    GOODS_LOT, { 0 },
};
static const struct option_row ship_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT, GOODS_N("what leaves for good"),
    { "--for", "for", OPTION_TEXT, true, "NAME", "who is given it" }, GOODS_LOT, { 0 },
};
static const struct option_row lot_word_options[] = {
    GOODS_WHY(true),
    { "--with-assembled", "with_assembled", OPTION_FLAG, false, "", "also the kits it went into" }, { 0 },
};
static const struct option_row load_options[] = {
    { "--material", "material", OPTION_TEXT, false, "M",   "PETG, PLA; without it: the config's" },
    { "--lot",      "lot",      OPTION_TEXT, false, "LOT", "of the spool or the sheets" },
    { 0 },
};
static const struct option_row discard_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT, GOODS_N("pieces that are no good"), GOODS_LOT, GOODS_WHY(true), { 0 },
};
static const struct option_row count_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT, GOODS_N("pieces that are really there"), GOODS_LOT, GOODS_WHY(false), { 0 },
};
static const struct option_row steps_options[] = {
    { "--site", "site", OPTION_TEXT, false, "SITE", "only this site" },
    { "--all",  "all",  OPTION_FLAG, false, "",     "steps for which nothing waits, too" },
    { 0 },
};
static const struct option_row step_batches_options[] = {
    { "--site",  "site",  OPTION_TEXT,   false, "SITE", "only this site" },
    { "--limit", "limit", OPTION_NUMBER, false, "N",    "so many; without it 20" },
    { 0 },
};
static const struct option_row step_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT,
    { "--quantity", "quantity", OPTION_NUMBER, false, "N", "pieces that are done" },
    { "--scrap",    "scrap",    OPTION_NUMBER, false, "N", "pieces found bad at it" },
    GOODS_LOT, GOODS_WHY(false),
    { "--note", "note", OPTION_TEXT, false, "TEXT", "how; without it: the config's method" }, { 0 },
};
static const struct option_row step_back_options[] = {
    GOODS_SITE, GOODS_PART, GOODS_PRODUCT,
    { "--quantity", "quantity", OPTION_NUMBER, false, "N", "pieces that wait for it again" },
    { "--scrap",    "scrap",    OPTION_NUMBER, false, "N", "pieces thrown away at it that are good" },
    GOODS_LOT, GOODS_WHY(false), { 0 },
};
#undef GOODS_SITE
#undef GOODS_PART
#undef GOODS_PRODUCT
#undef GOODS_N
#undef GOODS_LOT
#undef GOODS_WHY
/* clang-format on */

#endif
