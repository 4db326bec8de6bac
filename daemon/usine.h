/* SPDX-License-Identifier: Apache-2.0 */
/* The one root struct: opens and closes everything, in order. */
#ifndef USINE_USINE_H
#define USINE_USINE_H

#include <stdbool.h>
#include <uv.h>

#include "base/clock.h"
#include "commands/office.h"
#include "config/load.h"
#include "http/http.h"
#include "machines/floor.h"
#include "reload.h"

struct usine {
    uv_loop_t loop;         /* the office: HTTP, commands, queue */
    struct office office;   /* what commands reach */
    struct mailbox mailbox; /* what the floor tells */
    struct floor *floor;    /* the machines' thread; owned */
    struct http *http;      /* owned */
    struct reload reload;   /* the config file and who watches it */
    uv_signal_t hup, term, interrupt;
    char config_path[1024]; /* absolute */
    char upload_dir[512];
    int lock_fd; /* the state folder is ours while it is open */
    bool stopping;
};

struct usine_setup {
    const char *config_path;   /* absolute; copied */
    struct config *config;     /* one reference becomes the root's */
    const struct clock *clock; /* borrowed */
};

/* Opens everything. On failure it says why in text and has closed what it opened. */
enum err usine_open(struct usine *usine, const struct usine_setup *setup, char *text, size_t size);

/* Serves until a signal asks to stop, then closes everything in order and frees it. */
void usine_run(struct usine *usine);

#endif
