/* SPDX-License-Identifier: Apache-2.0 */
/* prepared_hash CONFIG MODEL FILE [--lines]: prints the SHA-256 and the line count of the prepared
 * stream of a program for a model, or the stream itself: what a machine must have executed when the
 * run is over. The demo, the fleet tests and the campaigns compare it with what usine-sim's
 * machines did; it asks nothing of the daemon whose work they judge. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "config/load.h"
#include "gcode/prepare.h"

static void print_faults(const struct config_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s:%d:%d: %s\n", faults->file, faults->items[i].line,
                faults->items[i].column, faults->items[i].text);
}

static enum err print_lines(const char *path, const struct profile *model)
{
    struct prepared *prepared = NULL;
    struct prepared_line line = {.kind = PREPARED_ACTION};
    bool end = false;
    enum err err = prepared_open(&prepared, path, model);

    while (err == ERR_OK && !end) {
        if (line.kind == PREPARED_SEND)
            printf("%.*s\n", (int)line.len, line.text);
        err = prepared_next(prepared, &line, &end);
    }
    prepared_close(prepared);
    return err;
}

static enum err print_hash(const char *path, const struct profile *model)
{
    char hash[HASH_TEXT_SIZE];
    uint64_t lines = 0;
    enum err err = prepared_hash(path, model, hash, &lines);

    if (err == ERR_OK)
        printf("%s %" PRIu64 "\n", hash, lines);
    return err;
}

int main(int argc, char **argv)
{
    struct config *config = NULL;
    struct config_faults faults;
    const struct profile *model;
    bool lines = argc == 5 && strcmp(argv[4], "--lines") == 0;
    enum err err;

    if (argc != 4 && !lines) {
        fprintf(stderr, "usage: prepared_hash CONFIG MODEL FILE [--lines]\n");
        return 2;
    }
    if (config_load(argv[1], &config, &faults) != ERR_OK) {
        print_faults(&faults);
        config_faults_finish(&faults);
        return 1;
    }
    config_faults_finish(&faults);
    model = config_model(config, argv[2]);
    if (model == NULL)
        err = ERR_NOT_FOUND;
    else
        err = lines ? print_lines(argv[3], model) : print_hash(argv[3], model);
    config_unref(config);
    if (err != ERR_OK) {
        fprintf(stderr, "prepared_hash: %s for %s: %s\n", argv[3], argv[2], err_words(err));
        return 1;
    }
    return 0;
}
