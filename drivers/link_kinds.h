/* SPDX-License-Identifier: Apache-2.0 */
/* One opener per kind of link, each with the contract of link_open. link_open chooses; tests call
 * them directly. */
#ifndef USINE_DRIVERS_LINK_KINDS_H
#define USINE_DRIVERS_LINK_KINDS_H

#include "link.h"

/* spec->port: the path of a real serial port, links resolved. libserialport, 8N1, no flow control.
 */
enum err link_serial_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                          char *text, size_t size);

/* spec->port: the path of a pty, or of any tty that libserialport does not know. Plain termios. */
enum err link_pty_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                       char *text, size_t size);

/* spec->port: tcp://HOST:PORT or tcp://[V6]:PORT. Returns at once; bytes written before the
 * connection stands wait in the queue. */
enum err link_tcp_open(struct link_set *set, const struct link_spec *spec, struct link **link,
                       char *text, size_t size);

#endif
