/* SPDX-License-Identifier: Apache-2.0 */
/* How a config names the place a machine is plugged in. Pure. */
#ifndef USINE_CONFIG_FORM_PORT_H
#define USINE_CONFIG_FORM_PORT_H

#include <stdbool.h>
#include <stddef.h>

/* /dev/..., usb:VID:PID[:SERIAL], tcp://HOST:PORT. False and why when it is none of these. */
bool form_port(const char *value, char *why, size_t size);

/* True when text is a TCP port: 1 to 65535 in digits. */
bool form_port_number(const char *text);

#endif
