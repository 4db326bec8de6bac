/* SPDX-License-Identifier: Apache-2.0 */
/* prepared_hash CONFIG MODEL FILE: prints the SHA-256 and the line count of the prepared stream of
 * a program for a model, which is what a machine must have executed when the run is over. The demo
 * and the fleet tests compare it with usine-sim's report; it asks nothing of the daemon whose work
 * they judge. */
#include <inttypes.h>
#include <stdio.h>

#include "base/err.h"
#include "config/load.h"
#include "gcode/prepare.h"

static void print_faults(const struct config_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s:%d:%d: %s\n", faults->file, faults->items[i].line,
                faults->items[i].column, faults->items[i].text);
}

int main(int argc, char **argv)
{
    struct config *config = NULL;
    struct config_faults faults;
    char hash[HASH_TEXT_SIZE];
    uint64_t lines = 0;
    const struct profile *model;
    enum err err;

    if (argc != 4) {
        fprintf(stderr, "usage: prepared_hash CONFIG MODEL FILE\n");
        return 2;
    }
    if (config_load(argv[1], &config, &faults) != ERR_OK) {
        print_faults(&faults);
        config_faults_finish(&faults);
        return 1;
    }
    config_faults_finish(&faults);
    model = config_model(config, argv[2]);
    err = model == NULL ? ERR_NOT_FOUND : prepared_hash(argv[3], model, hash, &lines);
    config_unref(config);
    if (err != ERR_OK) {
        fprintf(stderr, "prepared_hash: %s for %s: %s\n", argv[3], argv[2], err_words(err));
        return 1;
    }
    printf("%s %" PRIu64 "\n", hash, lines);
    return 0;
}
