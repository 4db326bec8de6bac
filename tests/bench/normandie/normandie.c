/* SPDX-License-Identifier: Apache-2.0 */
/* Kits a day of the Normandy fleet (config/examples/normandie.json), by our dispatcher and by plain
 * first in, first out, with the samples' real print times: the tables of docs/work.md. Options:
 *   --days N    (14)   the first two are not counted: stock and beds begin empty
 *   --seed N    (1)
 *   --fails P   (0.01) share of prints that fail per hour of printing
 *   --per-day N (500)  kits ordered each day; more than can be made shows what the fleet can
 * Run from the root of the repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "days.h"

enum { SKIP = 2 };

static const char *const chooser_names[] = {[CHOOSE_PLAN] = "ours",
                                            [CHOOSE_FIRST] = "FIFO, first program",
                                            [CHOOSE_LARGEST] = "FIFO, largest program"};

struct bench {
    struct config *config;
    struct works works;
    struct days_setup setup;
};

static double mean(const int64_t *days, int count)
{
    double sum = 0;

    for (int i = SKIP; i < count; i++)
        sum += (double)days[i];
    return sum / (count - SKIP);
}

static double mean_of(const int64_t (*days)[PARTS], int count, size_t part)
{
    double sum = 0;

    for (int i = SKIP; i < count; i++)
        sum += (double)days[i][part];
    return sum / (count - SKIP);
}

static void show(const struct bench *b, const struct days_result *r)
{
    const char *comma = "; without any: ";
    double whole = r->running_s + r->waiting_s + r->idle_s, travel = 0;

    printf("| %s | %.0f | ", chooser_names[b->setup.chooser], mean(r->kits, b->setup.days));
    for (size_t i = 0; i < PARTS; i++)
        printf("%.0f | ", mean_of(r->made, b->setup.days, i));
    for (size_t i = 0; i < PARTS; i++)
        travel += mean_of(r->far, b->setup.days, i);
    printf("%.0f | ", travel);
    printf("%zu of %zu", r->working, r->printers);
    for (int i = 0; i < REFUSALS; i++)
        if (r->refused[i] > 0) {
            printf("%s%zu `%s`", comma, r->refused[i], refusal_key((enum refusal)i));
            comma = ", ";
        }
    printf(" | %.0f %% | %.0f %% | %.0f %% |\n", 100 * r->running_s / whole,
           100 * r->waiting_s / whole, 100 * r->idle_s / whole);
}

static void table(struct bench *b, const char *title)
{
    struct days_result r;

    printf("\n%s\n\n| chooser | kits/day | headbands | visors | clips | pieces that travel | "
           "printers at work | running "
           "| awaiting a person | idle |\n"
           "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
           title);
    for (int i = CHOOSE_PLAN; i <= CHOOSE_LARGEST; i++) {
        b->setup.chooser = (enum chooser)i;
        days_play(b->config, &b->works, &b->setup, &r);
        show(b, &r);
    }
}

static void print_hour(double t)
{
    printf(" day %d %02d:%02d |", (int)(t / 86400) + 1, (int)(t / 3600) % 24, (int)(t / 60) % 60);
}

/* One order for all sites: who makes how much of it, and when each is done. */
static void one_order(struct bench *b)
{
    struct days_result r;
    double first = 1e9, last = 0;

    b->setup.once = true;
    b->setup.chooser = CHOOSE_PLAN;
    days_play(b->config, &b->works, &b->setup, &r);
    printf("\nOne order of %lld kits, at night, PETG everywhere, the sites' own hours\n\n"
           "| site | headbands | its last one |\n| --- | --- | --- |\n",
           (long long)b->setup.per_day);
    for (size_t i = 0; i < b->config->site_count; i++) {
        if (r.headbands[i] == 0)
            continue;
        printf("| %s | %lld |", b->config->sites[i].id, (long long)r.headbands[i]);
        print_hour(r.last_s[i]);
        printf("\n");
        first = r.last_s[i] < first ? r.last_s[i] : first;
        last = r.last_s[i] > last ? r.last_s[i] : last;
    }
    printf("\nFrom the first site that is done to the last: %.1f h\n", (last - first) / 3600);
}

static void tables(struct bench *b)
{
    b->setup.hours = "08:00-20:00";
    b->setup.parts = 2;
    table(b,
          "As the config says: what is loaded (27 printers have PLA), prints end before closing");
    b->setup.alone = true;
    table(b, "Prints may go on at night (`unattended`)");
    b->setup.petg = true;
    table(b, "At night, and PETG loaded everywhere");
    b->setup.alone = false;
    table(b, "PETG everywhere, prints end before closing");
    b->setup.alone = true;
    b->setup.parts = 3;
    table(b, "At night, PETG everywhere, a clip in each kit");
    b->setup.parts = 2;
    b->setup.hours = NULL;
    table(b, "At night, PETG everywhere, the sites' own hours");
    b->setup.per_day *= 4;
    one_order(b);
}

static bool take_option(struct bench *b, const char *name, const char *value)
{
    double number = strtod(value, NULL);

    if (strcmp(name, "--days") == 0 && number > SKIP && number <= DAYS_MAX)
        b->setup.days = (int)number;
    else if (strcmp(name, "--seed") == 0)
        b->setup.seed = (uint64_t)number;
    else if (strcmp(name, "--fails") == 0)
        b->setup.fails_per_hour = number;
    else if (strcmp(name, "--per-day") == 0 && number >= 1)
        b->setup.per_day = (int64_t)number;
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    struct bench *b = calloc(1, sizeof *b);
    struct config_faults faults = {.count = 0};

    if (b == NULL)
        return 1;
    b->setup = (struct days_setup){.days = 14, .per_day = 500, .fails_per_hour = 0.01, .seed = 1};
    for (int i = 1; i < argc; i += 2)
        if (i + 1 == argc || !take_option(b, argv[i], argv[i + 1])) {
            fprintf(stderr, "bench_normandie [--days N] [--seed N] [--fails P] [--per-day N]\n");
            return 2;
        }
    if (config_load("config/examples/normandie.json", &b->config, &faults) != ERR_OK ||
        !works_read(&b->works, b->config))
        return 1;
    for (size_t i = 0; i < WORKS; i++)
        printf("%-16s %2d x %-12s %7.0f s\n",
               b->config->models[b->works.programs[i].models[0].model].id,
               (int)b->works.rows[i].yields[0].pieces, part_names[b->works.programs[i].parts[0]],
               b->works.programs[i].models[0].time_s);
    tables(b);
    config_faults_finish(&faults);
    config_unref(b->config);
    free(b);
    return 0;
}
