/* SPDX-License-Identifier: Apache-2.0 */
/* What a label says of a lot, by its story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/lot_label.h"

#define NOON 1586260800000 /* 2020-04-07 12:00 UTC */

static const char text[] =
    "{\"sites\": [{\"id\": \"caen\", \"name\": \"Le Dome\", \"town\": \"Caen\","
    "   \"contact\": \"caen@example.org\"}, {\"id\": \"rouen\"}],"
    " \"labels\": {\"contact\": \"usine@example.org\"},"
    " \"parts\": [{\"id\": \"visor\", \"name\": \"Visor\", \"version\": \"v3\"},"
    "   {\"id\": \"spool\", \"material\": \"PETG\", \"process\": \"buy\", \"unit\": \"gram\"}],"
    " \"products\": [{\"id\": \"shield\", \"name\": \"Shield\", \"version\": \"N2\", \"pack\": 10,"
    "   \"parts\": {\"visor\": 1}, \"cleaning\": {\"fr\": \"A laver\"},"
    "   \"notice\": {\"fr\": \"Pas un masque\", \"en\": \"Not a mask\"}}]}";

static struct config *config_of(void)
{
    struct config_faults faults;
    struct config *config = NULL;

    assert_int_equal(config_parse("test", text, strlen(text), &config, &faults), ERR_OK);
    config_faults_finish(&faults);
    return config;
}

static const char *material_of(void *context, const struct lot_row *made)
{
    (void)context;
    return strcmp(made->machine, "p01") == 0 ? "PETG" : "PLA";
}

static struct lot_row row(enum lot_event event, const char *lot, const char *item, int64_t qty)
{
    struct lot_row r = {.event = event, .qty = qty, .at_ms = NOON, .site = "caen"};

    snprintf(r.lot, sizeof r.lot, "%s", lot);
    snprintf(r.item, sizeof r.item, "%s", item);
    snprintf(r.machine, sizeof r.machine, "p01");
    return r;
}

/* All lines, each ended by '|'. */
static void lines_of(const struct label *label, char out[2000])
{
    *out = '\0';
    for (int i = 0; i < label->line_count; i++)
        snprintf(out + strlen(out), 2000 - strlen(out), "%s|", label->lines[i].text);
}

struct printed {
    size_t kinds;
    int copies[2];
    char lines[2][2000];
    char url[512];
};

static struct printed print(const struct lot_label_asked *how, const struct lot_row *rows, size_t n)
{
    struct lot_label_asked asked = *how;
    struct config *config = config_of();
    struct label *labels = NULL;
    struct printed printed = {0};

    asked.base = "https://usine.example.org";
    asked.material = material_of;
    printed.kinds = lot_label(&asked, config, rows, n, &labels);
    for (size_t i = 0; i < printed.kinds; i++) {
        printed.copies[i] = labels[i].copies;
        lines_of(&labels[i], printed.lines[i]);
        memcpy(printed.url, labels[i].url, sizeof printed.url);
    }
    free(labels);
    config_unref(config);
    return printed;
}

static void kits_are_labelled_by_the_parcel(void **state)
{
    struct lot_row rows[] = {row(LOT_MADE, "L1", "visor", 30),
                             row(LOT_ASSEMBLED, "K1", "shield", 27),
                             row(LOT_IN_STOCK, "K1", "shield", 25)};
    struct printed p = print(&(struct lot_label_asked){.lot = "K1", .language = "fr"}, rows, 3);

    (void)state;
    assert_int_equal(p.kinds, 2);
    assert_int_equal(p.copies[0], 2);
    assert_int_equal(p.copies[1], 1);
    assert_string_equal(p.lines[0], "Shield N2|Lot K1|Quantit\xE9 : 10|Assembl\xE9 le 07/04/2020|"
                                    "Le Dome, Caen|PETG|A laver|caen@example.org|Pas un masque|");
    assert_non_null(strstr(p.lines[1], "|Quantit\xE9 : 5|"));
    assert_string_equal(p.url, "https://usine.example.org/lots/K1");
}

static void in_english_too_and_what_is_not_translated_stays(void **state)
{
    struct lot_row rows[] = {row(LOT_ASSEMBLED, "K1", "shield", 3)};
    struct printed p = print(&(struct lot_label_asked){.lot = "K1", .language = "en"}, rows, 1);

    (void)state;
    assert_int_equal(p.kinds, 1);
    assert_string_equal(p.lines[0], "Shield N2|Lot K1|Quantity: 3|Assembled on 2020-04-07|"
                                    "Le Dome, Caen|A laver|caen@example.org|Not a mask|");
}

static void parts_say_what_they_are_made_of_each_material_once(void **state)
{
    struct lot_row rows[] = {row(LOT_MADE, "L1", "visor", 4), row(LOT_MADE, "L1", "visor", 3)};
    struct printed p;

    (void)state;
    strcpy(rows[0].site, "rouen");
    strcpy(rows[1].machine, "p02");
    p = print(&(struct lot_label_asked){.lot = "L1", .language = "en", .copies = 4}, rows, 2);
    assert_int_equal(p.kinds, 1);
    assert_int_equal(p.copies[0], 4);
    assert_string_equal(p.lines[0], "Visor v3|Lot L1|Quantity: 7|Made on 2020-04-07|rouen|"
                                    "PETG, PLA|usine@example.org|");
}

static void goods_of_a_strange_lot_and_item(void **state)
{
    struct lot_row rows[] = {row(LOT_RECEIVED, "a/b \xC3\xA9?", "spool", 850),
                             row(LOT_RECEIVED, "x", "gone", 2)};
    struct printed p =
        print(&(struct lot_label_asked){.lot = "a/b \xC3\xA9?", .language = "en"}, rows, 2);

    (void)state;
    assert_string_equal(p.url, "https://usine.example.org/lots/a%2Fb%20%C3%A9%3F");
    assert_string_equal(p.lines[0], "spool|Lot a/b \xE9?|Quantity: 850 g|Received on 2020-04-07|"
                                    "Le Dome, Caen|PETG|caen@example.org|");
    p = print(&(struct lot_label_asked){.lot = "x", .language = "en"}, rows, 2);
    assert_non_null(strstr(p.lines[0], "gone|Lot x|Quantity: 2|")); /* no longer in the config */
    p = print(&(struct lot_label_asked){.lot = "PETG-7", .language = "en"}, rows, 2);
    assert_int_equal(p.kinds, 0); /* of a spool nobody booked in there is nothing to say */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kits_are_labelled_by_the_parcel),
        cmocka_unit_test(in_english_too_and_what_is_not_translated_stays),
        cmocka_unit_test(parts_say_what_they_are_made_of_each_material_once),
        cmocka_unit_test(goods_of_a_strange_lot_and_item),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
