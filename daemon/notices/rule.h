/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants to be told, and by what way: the words, and the checks of what they write.
 * Pure. */
#ifndef USINE_NOTICES_RULE_H
#define USINE_NOTICES_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"
#include "store/store_notice.h"

enum notice_kind {
    NOTICE_NEEDS, /* a machine waits for a person */
    NOTICE_DOWN,  /* a machine does not work: locked, lost in a run, quarantined, out of service */
    NOTICE_DONE,  /* a job has reached its quantity */
    NOTICE_TEST,  /* only shows that the way is open */
};

enum notice_channel { CHANNEL_MAIL, CHANNEL_NTFY, CHANNEL_JSON };

enum { QUIET_SIZE = 16, NOTICE_DAY = 24 * 60 };

struct person;
struct parcel;

struct rule {
    struct list node; /* in notices->rules */
    int64_t id, person;
    enum notice_kind kind;
    enum notice_channel channel;
    char address[NOTICE_ADDRESS_SIZE]; /* of a webhook: as good as a password */
    char token[NOTICE_TOKEN_SIZE];     /* the same */
    char sites[NOTICE_SITES_SIZE];     /* "caen rouen"; "": all that the person may see */
    int64_t delay_ms;                  /* a condition must have lasted so long */
    char quiet[QUIET_SIZE];            /* "22:00-07:00"; "": never */
    int64_t added_ms;
    int64_t last_ms;          /* wall: when its newest message was or is due; 0: none */
    int64_t sent_ms;          /* wall: when a message last arrived, since usined started; 0: none */
    char error[160];          /* of the last try, when that failed */
    struct parcel *open;      /* that still gathers; NULL; borrowed */
    bool removing;            /* that is being written: it tells nothing more */
    const struct person *who; /* looked up anew in each round; NULL: not to be told */
};

const char *notice_kind_name(enum notice_kind kind);          /* "needs" */
const char *notice_channel_name(enum notice_channel channel); /* "mail" */

/* The list names this site, or none. */
bool rule_covers(const char *sites, const char *site);

/* False: text is neither "" nor "HH:MM-HH:MM". */
bool quiet_good(const char *text);

/* Minutes from this minute of the day (0..1439) until the quiet ends; 0: it is not quiet. */
int quiet_left(const char *text, int minute);

#endif
