/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON text with comments as a tree that knows where everything stands, and the faults found in
 * it. The faults name places by byte offset until source_settle turns them into line and column. */
#ifndef USINE_CONFIG_SOURCE_H
#define USINE_CONFIG_SOURCE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "load.h"

enum {
    SOURCE_MAX = 8 << 20, /* bytes; 5000 machines take 1 MB */
    SOURCE_VALUES = 400000,
    SOURCE_DEPTH = 32,
    SOURCE_FAULTS = 500, /* more are not shown */
};

/* Where one value stands. */
struct place {
    const cJSON *node;
    size_t key; /* byte offset of its name; that of the value in lists and at the top */
    size_t value;
};

struct source {
    char *text; /* owned; NUL-terminated; comments and a byte order mark are blanks */
    size_t size;
    cJSON *root;          /* owned */
    struct place *places; /* owned; by node address once source_read returns */
    size_t place_count, place_room;
    struct config_faults *faults; /* borrowed */
    const char *folder; /* with its last slash, or ""; relative paths count from it; borrowed */
    bool no_memory;     /* something was lost; the whole reading fails */
};

/* Copies and parses text. ERR_INVALID: faults say why; ERR_NO_MEMORY. Finish it in any case. */
enum err source_read(struct source *source, const char *text, size_t n,
                     struct config_faults *faults);
void source_finish(struct source *source);

/* Notes a fault at a node's value or at its name. Beyond SOURCE_FAULTS they are dropped. */
void source_fault(struct source *source, const cJSON *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void source_fault_name(struct source *source, const cJSON *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void source_fault_at(struct source *source, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The line a node's name stands on, from 1. */
int source_line(const struct source *source, const cJSON *node);

/* Sorts the faults by place and gives each its line and column (in characters, from 1). */
void source_settle(struct source *source);

#endif
