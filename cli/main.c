/* SPDX-License-Identifier: Apache-2.0 */
/* usine: the command line client. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static const char *first(const char *a, const char *b, const char *c)
{
    if (a != NULL)
        return a;
    return b != NULL && *b != '\0' ? b : c;
}

static enum exit_code run(const struct asked *asked)
{
    struct client client = {
        .socket = first(asked->socket, getenv("USINE_SOCKET"), "/run/usine/usine.sock"),
        .url = asked->socket == NULL ? first(asked->url, getenv("USINE_URL"), NULL) : NULL,
        .token = first(asked->token, getenv("USINE_TOKEN"), NULL),
        .ca = first(NULL, getenv("USINE_CA"), NULL),
        .by = first(asked->by, getenv("USER"), "cli"),
    };
    enum exit_code code;

    if (asked->word == NULL)
        return run_help(NULL, asked);
    if (asked->help) {
        help_word(asked->word);
        return EXIT_DONE;
    }
    code = client_open(&client);
    if (code != EXIT_DONE)
        return code;
    code = asked->word->run != NULL ? asked->word->run(&client, asked) : run_ask(&client, asked);
    client_close(&client);
    return code;
}

int main(int argc, char **argv)
{
    struct asked asked;
    enum exit_code code = EXIT_USAGE;

    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("usine " USINE_VERSION);
        return EXIT_DONE;
    }
    if (argc < 2) {
        fputs("usine: say what to do; usine help lists it\n", stderr);
        return EXIT_USAGE;
    }
    if (arguments_read(&asked, argc, argv))
        code = run(&asked);
    arguments_finish(&asked);
    return fflush(stdout) == 0 ? (int)code : EXIT_REFUSED;
}
