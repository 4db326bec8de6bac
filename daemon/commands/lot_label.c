/* SPDX-License-Identifier: Apache-2.0 */
#include "lot_label.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "url.h"

struct words {
    const char *quantity, *made, *received, *assembled; /* the last three: on which day */
    const char *day;                                    /* for strftime */
};

static const struct words french = {"Quantité : %lld%s", "Fabriqué le %s", "Reçu le %s",
                                    "Assemblé le %s", "%d/%m/%Y"};
static const struct words english = {"Quantity: %lld%s", "Made on %s", "Received on %s",
                                     "Assembled on %s", "%Y-%m-%d"};

/* What the ledger and the config say of a lot; borrowed from both. */
struct subject {
    const struct lot_row *row; /* the first of what it is: put together, made, or received */
    const char *name, *version;
    const struct config_product *product; /* NULL: it is a part's, or no longer in the config */
    const struct config_part *part;
    const struct config_site *site;
    int64_t pieces; /* in stock, or what there was */
    char materials[160];
};

static const struct lot_row *first_of(const char *lot, enum lot_event event,
                                      const struct lot_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].event == event && strcmp(rows[i].lot, lot) == 0)
            return &rows[i];
    return NULL;
}

static const struct lot_row *row_of(const char *lot, const struct lot_row *rows, size_t count)
{
    static const enum lot_event what[] = {LOT_ASSEMBLED, LOT_MADE, LOT_RECEIVED};
    const struct lot_row *row = NULL;

    for (size_t i = 0; row == NULL && i < sizeof what / sizeof *what; i++)
        row = first_of(lot, what[i], rows, count);
    return row;
}

static int64_t sum_of(const struct lot_row *like, enum lot_event event, const struct lot_row *rows,
                      size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].event == event && strcmp(rows[i].lot, like->lot) == 0 &&
            strcmp(rows[i].item, like->item) == 0)
            sum += rows[i].qty;
    return sum;
}

static void add_material(char text[160], const char *material)
{
    size_t used = strlen(text);

    if (*material != '\0' && strstr(text, material) == NULL)
        snprintf(text + used, 160 - used, "%s%s", used > 0 ? ", " : "", material);
}

static void read_subject(struct subject *subject, const struct lot_label_asked *asked,
                         const struct config *config, const struct lot_row *rows, size_t count)
{
    const struct lot_row *row = subject->row;

    subject->product = config_product(config, row->item);
    subject->part = config_part(config, row->item);
    subject->site = config_site(config, row->site);
    subject->name = subject->product != NULL ? subject->product->name
                    : subject->part != NULL  ? subject->part->name
                                             : row->item;
    subject->version = subject->product != NULL ? subject->product->version
                       : subject->part != NULL  ? subject->part->version
                                                : "";
    subject->pieces = sum_of(row, LOT_IN_STOCK, rows, count);
    if (subject->pieces <= 0)
        subject->pieces = sum_of(row, row->event, rows, count);
    if (row->event == LOT_RECEIVED && subject->part != NULL)
        add_material(subject->materials, subject->part->material);
    for (size_t i = 0; i < count; i++)
        if (rows[i].event == LOT_MADE)
            add_material(subject->materials, asked->material(asked->context, &rows[i]));
}

/* Text for this language, or in the other one where it is said in that one alone: what is to be
 * known before use is better read in a foreign language than not at all. */
static const char *said(const struct config_text *text, const char *language)
{
    const char *first = strcmp(language, "en") == 0 ? text->en : text->fr;

    return *first != '\0' ? first : *text->fr != '\0' ? text->fr : text->en;
}

static void add_count(struct label *label, const struct subject *subject, const struct words *words,
                      int64_t pieces)
{
    const char *of = subject->row->event == LOT_ASSEMBLED ? words->assembled
                     : subject->row->event == LOT_MADE    ? words->made
                                                          : words->received;
    bool grams = subject->part != NULL && subject->part->unit == UNIT_GRAM;
    time_t seconds = (time_t)(subject->row->at_ms / 1000);
    char text[96], day[24] = "";
    struct tm local;

    snprintf(text, sizeof text, words->quantity, (long long)pieces, grams ? " g" : "");
    label_add(label, LABEL_STRONG, text);
    if (localtime_r(&seconds, &local) != NULL && strftime(day, sizeof day, words->day, &local) > 0)
        snprintf(text, sizeof text, of, day);
    label_add(label, LABEL_PLAIN, text);
}

static void add_place(struct label *label, const struct subject *subject)
{
    const struct config_site *site = subject->site;
    char text[240];

    if (site == NULL)
        snprintf(text, sizeof text, "%s", subject->row->site);
    else if (*site->town == '\0' || strcmp(site->town, site->name) == 0)
        snprintf(text, sizeof text, "%s", site->name);
    else
        snprintf(text, sizeof text, "%s, %s", site->name, site->town);
    label_add(label, LABEL_PLAIN, text);
}

static void write_label(struct label *label, const struct lot_label_asked *asked,
                        const struct config *config, const struct subject *subject, int64_t pieces)
{
    const char *contact = subject->site != NULL ? subject->site->contact : "";
    char text[200];

    url_write(label->url, sizeof label->url, asked->base, "/lots/", asked->lot);
    snprintf(text, sizeof text, "%s%s%s", subject->name, *subject->version != '\0' ? " " : "",
             subject->version);
    label_add(label, LABEL_TITLE, text);
    snprintf(text, sizeof text, "Lot %s", asked->lot);
    label_add(label, LABEL_STRONG, text);
    add_count(label, subject, strcmp(asked->language, "en") == 0 ? &english : &french, pieces);
    add_place(label, subject);
    label_add(label, LABEL_PLAIN, subject->materials);
    if (subject->product != NULL)
        label_add(label, LABEL_STRONG, said(&subject->product->cleaning, asked->language));
    label_add(label, LABEL_PLAIN, *contact != '\0' ? contact : config->labels.contact);
    if (subject->product != NULL)
        label_add(label, LABEL_SMALL, said(&subject->product->notice, asked->language));
}

/* How many are in a parcel. */
static int64_t parcel(const struct lot_label_asked *asked, const struct subject *subject)
{
    if (asked->quantity > 0)
        return asked->quantity;
    if (subject->product != NULL && subject->product->pack > 0 &&
        subject->product->pack < subject->pieces)
        return subject->product->pack;
    return subject->pieces;
}

size_t lot_label(const struct lot_label_asked *asked, const struct config *config,
                 const struct lot_row *rows, size_t count, struct label **labels)
{
    struct subject subject = {.row = row_of(asked->lot, rows, count)};
    struct label *all = subject.row != NULL ? calloc(2, sizeof *all) : NULL;
    int64_t each, full, rest;
    size_t n = 0;

    *labels = all;
    if (all == NULL)
        return 0;
    read_subject(&subject, asked, config, rows, count);
    each = parcel(asked, &subject);
    full = asked->copies > 0 || each <= 0 ? asked->copies : subject.pieces / each;
    rest = asked->copies > 0 || each <= 0 ? 0 : subject.pieces % each;
    if (full > 0) {
        all[n].copies = full < INT_MAX ? (int)full : INT_MAX;
        write_label(&all[n++], asked, config, &subject, each);
    }
    if (rest > 0 || n == 0) {
        all[n].copies = 1;
        write_label(&all[n++], asked, config, &subject, rest);
    }
    return n;
}
