/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "run.h"
#include "table.h"

static const char head[] =
    "usine: the command line of the workshop\n"
    "\n"
    "  usine [--socket PATH | --url URL [--token T]] [--as NAME] WORDS… [--json | --csv]\n"
    "\n"
    "The daemon's socket is --socket, or $USINE_SOCKET, or /run/usine/usine.sock.\n"
    "Exit: 0 done, 1 refused with a reason, 2 wrong use, 3 daemon unreachable.\n";

/* "machine * pause" as "machine ID pause". */
static int print_words(const struct word *word)
{
    int n = 0;

    for (const char *c = word->words; *c != '\0'; c++)
        n += *c == '*' ? printf("ID") : printf("%c", *c);
    if (*word->rest_name != '\0')
        n += printf(" %s", word->rest_name);
    return n;
}

static void print_all(void)
{
    fputs(head, stdout);
    putchar('\n');
    for (const struct word *word = word_table; word->words != NULL; word++) {
        int n;

        if (*word->help == '\0')
            continue;
        printf("  ");
        n = print_words(word);
        printf("%*s%s\n", n < 28 ? 28 - n : 2, "", word->help);
    }
    puts("\nusine help WORD shows the options of a command.");
}

void help_word(const struct word *word)
{
    const struct option_row *row = word->options;

    printf("usine ");
    print_words(word);
    printf("\n  %s\n", word->help);
    for (; row != NULL && row->name != NULL; row++) {
        size_t n = strlen(row->name) + table_width(row->value);

        printf("  %s %s%*s%s%s\n", row->name, row->value, n < 22 ? (int)(22 - n) : 1, "", row->help,
               row->required ? " (needed)" : "");
    }
}

enum exit_code run_help(struct client *client, const struct asked *asked)
{
    bool found = false;
    size_t n = asked->file != NULL ? strlen(asked->file) : 0;

    (void)client;
    if (n == 0) {
        print_all();
        return EXIT_DONE;
    }
    for (const struct word *word = word_table; word->words != NULL; word++) {
        if (strncmp(word->words, asked->file, n) != 0 ||
            (word->words[n] != '\0' && word->words[n] != ' ' && strcmp(word->words + n, "s") != 0))
            continue;
        help_word(word);
        found = true;
    }
    if (!found)
        fprintf(stderr, "usine: \"%s\" is no command; see usine help\n", asked->file);
    return found ? EXIT_DONE : EXIT_USAGE;
}
