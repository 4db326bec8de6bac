/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "run.h"

static const char head[] =
    "usine: the command line of the workshop\n"
    "\n"
    "  usine [--socket PATH | --url URL [--token T]] [--as NAME] WORDS… [--json | --csv]\n"
    "\n"
    "The daemon's socket is --socket, or $USINE_SOCKET, or /run/usine/usine.sock.\n"
    "From afar: --url or $USINE_URL, with a token (usine token add) in $USINE_TOKEN, where others "
    "on\n"
    "this computer do not see it; $USINE_CA names a PEM file when the certificate is our own.\n"
    "Exit: 0 done, 1 refused with a reason, 2 wrong use, 3 daemon unreachable.\n";

const char *help_name(const struct word *word, char name[HELP_NAME_MAX])
{
    size_t n = 0;

    for (const char *c = word->words; *c != '\0' && n + 3 < HELP_NAME_MAX; c++)
        n += (size_t)sprintf(name + n, *c == '*' ? "ID" : "%c", *c);
    return name;
}

static int print_words(const struct word *word, FILE *out)
{
    char name[HELP_NAME_MAX];

    return fprintf(out, *word->rest_name != '\0' ? "%s %s" : "%s", help_name(word, name),
                   word->rest_name);
}

/* Does the row begin with this word, or its plural? Rows without help are not for people. */
static bool begins(const struct word *word, const char *first)
{
    size_t n = strlen(first);

    return *word->help != '\0' && strncmp(word->words, first, n) == 0 &&
           (word->words[n] == '\0' || word->words[n] == ' ' || strcmp(word->words + n, "s") == 0);
}

void help_unknown(const char *first)
{
    bool found = false;

    for (const struct word *word = word_table; word->words != NULL; word++) {
        if (!begins(word, first))
            continue;
        if (!found)
            fprintf(stderr, "usine: \"%s\" wants more words:\n", first);
        found = true;
        fputs("  usine ", stderr);
        print_words(word, stderr);
        fputc('\n', stderr);
    }
    if (!found)
        fprintf(stderr, "usine: \"%s\" is no command; see usine help\n", first);
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
        n = print_words(word, stdout);
        printf("%*s%s\n", n < 28 ? 28 - n : 2, "", word->help);
    }
    puts("\nusine help WORD shows the options of a command.");
}

void help_word(const struct word *word)
{
    const struct option_row *row = word->options;

    printf("usine ");
    print_words(word, stdout);
    printf("\n  %s\n", word->help);
    for (; row != NULL && row->name != NULL; row++) {
        size_t n = strlen(row->name) + columns_of(row->value);

        printf("  %s %s%*s%s%s\n", row->name, row->value, n < 22 ? (int)(22 - n) : 1, "", row->help,
               row->required ? " (needed)" : "");
    }
}

enum exit_code run_help(struct client *client, const struct asked *asked)
{
    bool found = false;

    (void)client;
    if (asked->file == NULL || *asked->file == '\0') {
        print_all();
        return EXIT_DONE;
    }
    for (const struct word *word = word_table; word->words != NULL; word++) {
        if (!begins(word, asked->file))
            continue;
        help_word(word);
        found = true;
    }
    if (!found)
        fprintf(stderr, "usine: \"%s\" is no command; see usine help\n", asked->file);
    return found ? EXIT_DONE : EXIT_USAGE;
}
