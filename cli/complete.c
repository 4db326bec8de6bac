/* SPDX-License-Identifier: Apache-2.0 */
/* Completion: the shell's script asks `usine complete-words -- typed words` for what may follow;
 * rows give words and options, the daemon gives ids. Silent when it cannot help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "member.h"
#include "run.h"

static const char bash[] =
    "_usine() { local IFS=$'\\n'; COMPREPLY=($(compgen -W \"$(usine complete-words -- "
    "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\" 2>/dev/null)\" -- \"${COMP_WORDS[COMP_CWORD]}\")); }\n"
    "complete -o default -F _usine usine\n";
static const char zsh[] =
    "_usine() { compadd -- ${(f)\"$(usine complete-words -- ${words[2,CURRENT-1]} "
    "2>/dev/null)\"} || _files }\n"
    "compdef _usine usine\n";
static const char fish[] =
    "complete -c usine -a '(usine complete-words -- (commandline -opc)[2..-1] 2>/dev/null)'\n";

enum exit_code run_completion(struct client *client, const struct asked *asked)
{
    static const struct {
        const char *shell, *script;
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

    (void)client;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].shell, asked->file) == 0) {
            fputs(shells[i].script, stdout);
            return EXIT_DONE;
        }
    fprintf(stderr, "usine: no completion for %s: bash, zsh or fish\n", asked->file);
    return EXIT_USAGE;
}

static void print_ids(struct client *client, const char *path)
{
    struct client_call call = {.method = "GET", .path = path};
    struct client_reply reply = {0};
    const cJSON *item;
    cJSON *body;

    if (client_do(client, &call, &reply) != EXIT_DONE) {
        free(reply.text);
        return;
    }
    body = cJSON_Parse(reply.text != NULL ? reply.text : "");
    cJSON_ArrayForEach(item, member(body, "items"))
    {
        const cJSON *id = member(item, cJSON_HasObjectItem(item, "id") ? "id" : "login");

        if (cJSON_IsString(id))
            printf("%.64s\n", id->valuestring);
        else if (cJSON_IsNumber(id))
            printf("%.0f\n", id->valuedouble);
    }
    cJSON_Delete(body);
    free(reply.text);
}

/* Where the ids come from that stand at '*' of such words; NULL: from nowhere we can ask. */
static const char *list_of(const char *words)
{
    static const char *const lists[][2] = {
        {"machine ", "/api/v1/machines"}, {"program ", "/api/v1/programs"},
        {"run ", "/api/v1/runs"},         {"job ", "/api/v1/jobs"},
        {"why ", "/api/v1/jobs"},         {"user ", "/api/v1/users"},
        {"token ", "/api/v1/tokens"},     {"tablet ", "/api/v1/tablets"},
        {"maker ", "/api/v1/makers"},     {"declaration ", "/api/v1/declarations"},
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strncmp(words, lists[i][0], strlen(lists[i][0])) == 0)
            return lists[i][1];
    return NULL;
}

/* Prints the word of `words` that follows the typed ones, if they agree so far; a '*' is noted. */
static void follow(const char *words, char **typed, int count, const char **ids)
{
    for (int i = 0; *words != '\0'; i++) {
        size_t n = strcspn(words, " ");

        if (i == count) {
            if (*words == '*')
                *ids = words;
            else
                printf("%.*s\n", (int)n, words);
            return;
        }
        if (*words != '*' && (strlen(typed[i]) != n || strncmp(words, typed[i], n) != 0))
            return;
        words += n;
        words += *words == ' ';
    }
}

enum exit_code run_complete(struct client *client, const struct asked *asked)
{
    int used, count = asked->count - 1;
    char **typed = asked->args + 1;
    const char *id, *ids = NULL, *last = NULL;
    const struct word *word;

    if (count > 0 && strcmp(typed[0], "--") == 0) {
        typed++;
        count--;
    }
    for (const struct word *row = word_table; row->words != NULL; row++) {
        ids = NULL;
        if (*row->help != '\0')
            follow(row->words, typed, count, &ids);
        if (ids != NULL)
            last = row->words;
    }
    if (last != NULL && list_of(last) != NULL)
        print_ids(client, list_of(last));
    word = arguments_word(typed, count, &used, &id);
    for (const struct option_row *row = word != NULL ? word->options : NULL;
         row != NULL && row->name != NULL; row++)
        puts(row->name);
    return EXIT_DONE;
}
