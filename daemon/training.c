/* SPDX-License-Identifier: Apache-2.0 */
#include "training.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_training(const struct clock *clock)
{
    return clock->pace > 0;
}

bool training_suits(const struct clock *clock, const struct config *config, char *text, size_t size)
{
    char real[PATH_MAX];

    for (size_t i = 0; is_training(clock) && i < config->machine_count; i++) {
        const char *port = config->machines[i].port;

        if (realpath(port, real) != NULL && strncmp(real, "/dev/pts/", 9) == 0)
            continue;
        snprintf(text, size,
                 "--training is for emulated machines; %s at %s is none: start usine-sim and take "
                 "its config.json",
                 config->machines[i].id, port);
        return false;
    }
    return true;
}

static enum err write_mark(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "we");

    if (file != NULL && fputs("This folder is a training's: it may be deleted.\n", file) >= 0 &&
        fclose(file) == 0)
        return ERR_OK;
    snprintf(text, size, "\"state\": cannot write %s: %s", path, strerror(errno));
    return ERR_DISK;
}

enum err training_mark(const struct clock *clock, const char *folder, char *text, size_t size)
{
    char mark[PATH_MAX], database[PATH_MAX];
    bool marked, used;

    snprintf(mark, sizeof mark, "%s/training", folder);
    snprintf(database, sizeof database, "%s/usine.db", folder);
    marked = access(mark, F_OK) == 0;
    used = access(database, F_OK) == 0;
    if (!is_training(clock) && marked) {
        snprintf(text, size,
                 "\"state\": %s is a training's: choose another folder, or delete this one",
                 folder);
        return ERR_REFUSED;
    }
    if (is_training(clock) && used && !marked) {
        snprintf(text, size, "\"state\": %s is a workshop's: a training needs a folder of its own",
                 folder);
        return ERR_REFUSED;
    }
    return is_training(clock) && !marked ? write_mark(mark, text, size) : ERR_OK;
}
