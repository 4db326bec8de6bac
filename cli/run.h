/* SPDX-License-Identifier: Apache-2.0 */
/* Words that do more than ask and show. */
#ifndef USINE_CLI_RUN_H
#define USINE_CLI_RUN_H

#include "arguments.h"

/* Asks, then shows: what a row without its own function does. */
enum exit_code run_ask(struct client *client, const struct asked *asked);

enum exit_code run_verify(struct client *client, const struct asked *asked);
enum exit_code run_upload(struct client *client, const struct asked *asked);
enum exit_code run_save(struct client *client, const struct asked *asked);
enum exit_code run_raw(struct client *client, const struct asked *asked);
enum exit_code run_watch(struct client *client, const struct asked *asked);
enum exit_code run_completion(struct client *client, const struct asked *asked);
enum exit_code run_complete(struct client *client, const struct asked *asked);
enum exit_code run_help(struct client *client, const struct asked *asked);

enum { HELP_NAME_MAX = 64 };

/* The row's words for people: "machine ID pause". Returns name. */
const char *help_name(const struct word *word, char name[HELP_NAME_MAX]);

/* The help of one row. */
void help_word(const struct word *word);

/* Says on standard error what could be meant by words that are no command. */
void help_unknown(const char *first);

#endif
