/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the config again, by SIGHUP or when its file changes: checked first on the pool; a bad
 * one is reported and the old one stays in force. */
#ifndef USINE_RELOAD_H
#define USINE_RELOAD_H

#include <stdbool.h>
#include <uv.h>

#include "commands/office.h"

struct reload {
    struct office *office; /* borrowed; its config and report are changed here */
    const char *path;      /* of the file; borrowed */
    char folder[1024];     /* watched, since editors replace the file */
    const char *name;      /* of the file in it; points into path */
    uv_fs_event_t watch;
    uv_timer_t settle; /* waits until an editor has finished writing */
    uv_work_t work;
    bool working; /* on the pool */
    bool again;   /* it changed meanwhile */
    bool closed;
    struct config *read;         /* the pool's result */
    struct config_faults faults; /* the same */
};

/* Watches the file when config->watch says so. */
void reload_init(struct reload *reload, struct office *office, uv_loop_t *loop, const char *path);

/* Reads the file soon. */
void reload_ask(struct reload *reload);

/* Closes its handles; a reading under way is waited for by the loop and thrown away. */
void reload_close(struct reload *reload);

#endif
