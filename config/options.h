/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all that the owner may set. The loader, the schema, the reload report and the
 * documents read the same rows. */
#ifndef USINE_CONFIG_OPTIONS_H
#define USINE_CONFIG_OPTIONS_H

#include <stddef.h>

#include "forms.h"

enum option_type {
    OPTION_TEXT,    /* char[size]; with words: one of them */
    OPTION_WORD,    /* an enum whose value is the index in words */
    OPTION_INT,     /* int */
    OPTION_INT64,   /* int64_t */
    OPTION_NUMBER,  /* double */
    OPTION_BOOLEAN, /* bool */
    OPTION_TEXTS,   /* list of texts: char ** at offset, size_t at count_offset; owned */
    OPTION_OBJECT,  /* the struct of table, at offset */
    OPTION_OBJECTS, /* list: pointer to structs of table at offset, size_t at count_offset; owned */
    OPTION_PARTS,   /* a product's parts: {part: pieces} or a list of parts in full; products.c */
};

enum option_reload {
    RELOAD_LIVE,    /* taken over at once */
    RELOAD_MACHINE, /* that machine reconnects, after its run */
    RELOAD_RESTART, /* only when the daemon starts */
};

enum {
    OPTION_REQUIRED = 1,
    OPTION_LATE = 2, /* filled by its own file, not by fill_object: what it needs comes first */
};

struct option_table;

struct option {
    const char *name;
    enum option_type type;
    enum option_reload reload;
    unsigned flags;
    size_t offset, size, count_offset;
    double min, max; /* inclusive, numbers; lists: most elements = max; texts: least bytes = min */
    const char *words;  /* space separated */
    const char *preset; /* JSON; NULL: zero */
    enum form form;
    const struct option_table *table;
    const char *help; /* one line */
};

struct option_table {
    const char *noun; /* "machine": what one of them is called in messages */
    const struct option *rows;
    size_t count;
    size_t size; /* of the struct the rows fill */
};

extern const struct option_table options_config;       /* struct config */
extern const struct option_table options_machine;      /* struct config_machine */
extern const struct option_table options_product_part; /* struct part_entry: a part in full */
extern const struct option_table options_model;   /* struct model_entry: a profile of its own */
extern const struct option_table options_profile; /* struct profile: overrides in a machine */

#endif
