/* SPDX-License-Identifier: Apache-2.0 */
/* What the words about notices take; of words.c alone. */
#ifndef USINE_CLI_WORDS_NOTICES_H
#define USINE_CLI_WORDS_NOTICES_H

#include "words.h"

/* clang-format off */
static const struct option_row whose_options[] = {
    { "--user", "user", OPTION_TEXT, true, "LOGIN", "whose" },
    { 0 },
};
static const struct option_row notice_add_options[] = {
    { "--user",    "user",      OPTION_TEXT,   true,  "LOGIN",   "whose" },
    { "--when",    "kind",      OPTION_TEXT,   true,  "WHEN",    "needs (a machine waits for a person), down or done (a job is)" },
    { "--by",      "channel",   OPTION_TEXT,   true,  "CHANNEL", "mail, ntfy or json" },
    { "--site",    "sites",     OPTION_LIST,   false, "S…",      "only about these sites" },
    { "--after",   "delay_min", OPTION_NUMBER, false, "MIN",     "minutes it must have lasted" },
    { "--quiet",   "quiet",     OPTION_TEXT,   false, "HOURS",   "22:00-07:00: nothing then" },
    { "--token",   "token",     OPTION_TEXT,   false, "TOKEN",   "that the webhook wants" },
    { 0 },
};
static const struct option_row outbox_options[] = {
    { "--state",  "state",  OPTION_TEXT,   false, "STATE", "waiting, failed or sent" },
    { "--limit",  "limit",  OPTION_NUMBER, false, "N",     "at most so many; 50 without it" },
    { "--before", "before", OPTION_NUMBER, false, "ID",    "only older ones" },
    { 0 },
};
/* clang-format on */

#endif
