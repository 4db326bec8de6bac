/* SPDX-License-Identifier: Apache-2.0 */
/* Which serial ports exist, by stable identity: by-id, by-path and usb:VID:PID[:SERIAL]. */
#ifndef USINE_DRIVERS_PORTS_H
#define USINE_DRIVERS_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "base/err.h"

struct port {
    char device[64];   /* /dev/ttyUSB0 */
    char by_id[256];   /* /dev/serial/by-id/…; "" if none */
    char by_path[256]; /* /dev/serial/by-path/…; "" if none */
    char usb[96];      /* usb:2c99:0002:CZPX… ; "" if not USB */
    char about[128];   /* maker and product, printable */
    char interface[8]; /* USB: number of the interface, of adapters with several ports; "" else */
    bool twin;         /* another port says the same of itself: only by_path tells them apart */
};

struct ports {
    struct port *items; /* owned */
    size_t count;
};

/* Lists what is plugged in. Reads /sys and /dev: a few ms; never on the floor thread. */
enum err ports_list(struct ports *ports);
void ports_finish(struct ports *ports); /* zeroed is harmless */

/* The text to write as "port" in the config for this port: by-id, or by-path for twins, or what is
 * stable else. */
const char *port_best_name(const struct port *port);

/* The device path for a config's port text (by-id, by-path, usb:…, or a path itself), as it is now.
 * ERR_NOT_FOUND: not plugged in. ERR_REFUSED: several match (text says which). */
enum err ports_resolve(const char *spec, char *device, size_t size, char *text, size_t text_size);

/* Watches for plugging, by udev with a 5 s scan as fallback; calls on_change on loop (debounced).
 */
struct ports_watch;
enum err ports_watch_start(struct ports_watch **watch, uv_loop_t *loop,
                           void (*on_change)(void *owner), void *owner);
void ports_watch_stop(
    struct ports_watch *watch); /* closes its handles; frees itself from the loop */

#endif
