/* SPDX-License-Identifier: Apache-2.0 */
/* The command line, taken apart by the table of words. */
#ifndef USINE_CLI_ARGUMENTS_H
#define USINE_CLI_ARGUMENTS_H

#include "words.h"

struct asked {
    const struct word *word; /* constant */
    const char *id;          /* what stood at '*'; "" if none */
    cJSON *fields;           /* owned */
    const char *file;        /* first word of `rest` as it stood (uploads, backups); NULL: none */
    char **args;             /* all words after the global options; borrowed */
    int count;
    bool json, csv, help;
    const char *socket, *url, *token, *by; /* NULL: not given */
};

/* False: what is wrong has been printed on standard error (exit 2). Free with arguments_finish. */
bool arguments_read(struct asked *asked, int argc, char **argv);
void arguments_finish(struct asked *asked);

/* The row whose words begin (or are) args; *used says how many it took, *id what stood at '*'.
 * NULL: none. */
const struct word *arguments_word(char **args, int count, int *used, const char **id);

/* Method, path with {id} and query, and body, as the row wants them; malloc'ed. */
char *arguments_path(const struct asked *asked);
char *arguments_body(const struct asked *asked); /* NULL: none */

#endif
