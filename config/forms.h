/* SPDX-License-Identifier: Apache-2.0 */
/* The forms a text or number option may have to follow, beyond type and range. */
#ifndef USINE_CONFIG_FORMS_H
#define USINE_CONFIG_FORMS_H

#include <stdbool.h>
#include <stddef.h>

enum form {
    FORM_ANY,
    FORM_ID,       /* a-z 0-9 - _ . and begins with a letter or digit */
    FORM_PATH,     /* a file or folder; a relative one counts from the config's folder */
    FORM_PORT,     /* where a machine is plugged in */
    FORM_HOURS,    /* hours.h */
    FORM_ZONE,     /* a time zone of the system's tz database */
    FORM_LISTEN,   /* ADDRESS:PORT, [IPv6]:PORT or :PORT */
    FORM_HOST,     /* an IP address or network "10.0.0.0/8" */
    FORM_STORE,    /* sqlite:FILE or postgresql://... */
    FORM_HTTP,     /* http:// or https:// */
    FORM_SMTP,     /* smtp:// or smtps:// */
    FORM_MAIL,     /* an e-mail address, maybe with a name: "Usine <usine@example.org>" */
    FORM_COMMANDS, /* G-code commands: "M907 M42" */
    FORM_BAUD,     /* a rate serial ports know */
};

/* False and why (a sentence without the option's name: "is not ...: write ...") when value does not
 * have the form. Looks at the disk for FORM_ZONE only. */
bool form_accepts(enum form form, const char *value, char *why, size_t size);

/* The same for numbers (FORM_BAUD; every other form takes any). */
bool form_accepts_number(enum form form, double value, char *why, size_t size);

/* The form as an ECMA regular expression for the schema, or NULL. */
const char *form_pattern(enum form form);

/* The rates of FORM_BAUD; *count says how many. */
const int *form_baud_rates(size_t *count);

#endif
