/* SPDX-License-Identifier: Apache-2.0 */
/* What the labels of a lot say: by its story and the config. Pure but for the local time zone. */
#ifndef USINE_COMMANDS_LOT_LABEL_H
#define USINE_COMMANDS_LOT_LABEL_H

#include "config/load.h"
#include "labels/label.h"
#include "store/store_lot.h"

struct lot_label_asked {
    const char *lot;
    const char *base;     /* "https://usine.example.org" */
    const char *language; /* "fr" or "en" */
    int64_t quantity;     /* in a parcel; 0: the product's `pack`, else all of it */
    int64_t copies;       /* 0: one for each parcel, the last with what is left */
    /* What a run was made of: "PETG"; "": not known. context is the caller's. */
    const char *(*material)(void *context, const struct lot_row *made);
    void *context;
};

/* The labels (malloc'ed), at most two kinds: of full parcels, and of what is left. 0: no memory, or
 * (*labels is NULL) none of these rows says what the lot is. */
size_t lot_label(const struct lot_label_asked *asked, const struct config *config,
                 const struct lot_row *rows, size_t count, struct label **labels);

#endif
