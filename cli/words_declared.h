/* SPDX-License-Identifier: Apache-2.0 */
/* The words about what makers without a daemon declare. For words.c alone. */
#ifndef USINE_CLI_WORDS_DECLARED_H
#define USINE_CLI_WORDS_DECLARED_H

#include "show.h"
#include "show_declared.h"
#include "words.h"

/* clang-format off */
static const struct option_row maker_add_options[] = {
    { "--name",    "name",    OPTION_TEXT, true,  "NAME", "who makes them, as lots will say" },
    { "--part",    "parts",   OPTION_LIST, true,  "P…",   "what they make" },
    { "--site",    "sites",   OPTION_LIST, false, "S…",   "where they may drop it; without it: at all" },
    { "--contact", "contact", OPTION_TEXT, false, "TEXT", "how to reach them" },
    { "--expires", "expires", OPTION_TEXT, false, "DATE", "2026-12-31; without it: in 60 days" },
    { 0 },
};
static const struct option_row declare_options[] = {
    { "--part",     "part",     OPTION_TEXT,   true,  "PART", "what you made" },
    { "--quantity", "quantity", OPTION_NUMBER, true,  "N",    "good pieces" },
    { "--site",     "site",     OPTION_TEXT,   true,  "SITE", "where you drop them" },
    { "--made",     "made",     OPTION_TEXT,   false, "DAY",  "2020-04-07; without it: today" },
    { "--material", "material", OPTION_TEXT,   false, "M",    "PETG, PLA" },
    { "--note",     "note",     OPTION_TEXT,   false, "TEXT", "for who receives them" },
    { 0 },
};
static const struct option_row declarations_options[] = {
    { "--site",   "site",   OPTION_TEXT,   false, "SITE", "only those dropped there" },
    { "--maker",  "maker",  OPTION_NUMBER, false, "ID",   "only those of this link" },
    { "--all",    "all",    OPTION_FLAG,   false, "",     "also what was received, refused or withdrawn" },
    { "--limit",  "limit",  OPTION_NUMBER, false, "N",    "at most so many; 100 without it" },
    { "--before", "before", OPTION_NUMBER, false, "ID",   "only older ones" },
    { 0 },
};
static const struct option_row reception_options[] = {
    { "--good",   "good",   OPTION_NUMBER, true,  "N",    "good pieces that are there" },
    { "--scrap",  "scrap",  OPTION_NUMBER, false, "N",    "pieces that are no good" },
    { "--reason", "reason", OPTION_TEXT,   false, "TEXT", "why; the maker reads it" },
    { 0 },
};
static const struct option_row refusal_options[] = {
    { "--reason", "reason", OPTION_TEXT, true, "TEXT", "why; the maker reads it" },
    { 0 },
};

#define DECLARED_WORDS \
    { .words = "maker list", .method = "GET", .path = "/api/v1/makers", .rest = "", .rest_name = "", .show = show_makers, \
      .help = "links by which makers without usined declare what they made" },                     \
    { .words = "maker add", .method = "POST", .path = "/api/v1/makers", .options = maker_add_options, \
      .rest = "", .rest_name = "", .show = show_maker_link, .help = "make such a link; it is printed this once" }, \
    { .words = "maker remove *", .method = "DELETE", .path = "/api/v1/makers/{id}", .rest = "", .rest_name = "", \
      .show = show_message, .help = "revoke such a link, at once" },                               \
    { .words = "declare", .method = "POST", .path = "/api/v1/declare", .options = declare_options, \
      .rest = "", .rest_name = "", .show = show_declared,                                          \
      .help = "say what you made, with the link's secret as --token" },                            \
    { .words = "declarations", .method = "GET", .path = "/api/v1/declarations",                    \
      .options = declarations_options, .rest = "", .rest_name = "", .show = show_declarations,     \
      .help = "what makers declared and nobody has received yet" },                                \
    { .words = "declaration * receive", .method = "POST",                                          \
      .path = "/api/v1/declarations/{id}/receive", .options = reception_options, .rest = "", .rest_name = "", \
      .show = show_message, .help = "count it in" },                                               \
    { .words = "declaration * refuse", .method = "POST", .path = "/api/v1/declarations/{id}/refuse", \
      .options = refusal_options, .rest = "", .rest_name = "", .show = show_message, .help = "take none of it" },
/* clang-format on */

#endif
