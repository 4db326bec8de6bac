/* SPDX-License-Identifier: Apache-2.0 */
/* Labels to print and stick: on parcels of a lot, and on the machines. */
#include <stdlib.h>
#include <string.h>

#include "lot_label.h"
#include "machine_label.h"
#include "pages_at.h"
#include "press.h"
#include "production/story.h"
#include "queue/load.h"
#include "queue/programs.h"
#include "rows.h"

static const char *language_of(const struct office *office, const struct press_args *args)
{
    return *args->language != '\0' ? args->language : office->config->language;
}

/* ---- of a lot ---- */

struct lot_args {
    struct press_args press;
    int64_t quantity;
};

static const struct json_field lot_fields[] = {
    PRESS_FIELDS(struct lot_args),
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct lot_args, quantity),
     .min = 1,
     .max = 1000000,
     .help = "pieces in a parcel; default: the product's `pack`, else all of the lot. Without "
             "`copies`: one label for each parcel, the last with what is left"},
};

struct lot_asking {
    struct office *office; /* borrowed */
    struct answer *answer; /* borrowed until it is ended */
    struct lot_args args;
    char lot[64];
    char base[PAGES_AT_MAX];
};

/* By the program; a laser's says nothing, so by what the config says the machine is loaded with. */
static const char *material_of(void *context, const struct lot_row *made)
{
    const struct office *office = context;
    const struct program *program = queue_program_find(office->queue, made->sha256);
    const struct config_machine *machine = config_machine(office->config, made->machine);

    if (program != NULL && *program->material != '\0')
        return program->material;
    return machine != NULL ? machine->material : "";
}

static void on_story(void *context, enum err err, const char *text, const struct lot_row *rows,
                     size_t count)
{
    struct lot_asking *asking = context;
    struct office *office = asking->office;
    const struct lot_label_asked asked = {
        .lot = asking->lot,
        .base = asking->base,
        .language = language_of(office, &asking->args.press),
        .quantity = asking->args.quantity,
        .copies = asking->args.press.copies,
        .material = material_of,
        .context = office,
    };
    struct label *labels = NULL;
    size_t n = err == ERR_OK ? lot_label(&asked, office->config, rows, count, &labels) : 0;

    if (err != ERR_OK)
        answer_fail(asking->answer, err, "%s", text);
    else if (n == 0)
        answer_fail(asking->answer, ERR_REFUSED,
                    "lot \"%s\" was loaded and never booked in: `usine stock receive` does that",
                    asking->lot);
    else
        press_print(office, &(struct press_job){&asking->args.press, labels, n, asking->lot},
                    asking->answer);
    free(asking);
}

static void run_lot(struct office *office, const struct call *call, struct answer *answer)
{
    const struct lot_args *args = call->args;
    char base[PAGES_AT_MAX];
    struct lot_asking *asking;

    if (!pages_at_said(office, args->press.base, base, answer))
        return;
    asking = calloc(1, sizeof *asking);
    if (asking == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    asking->office = office;
    asking->answer = answer;
    asking->args = *args;
    snprintf(asking->lot, sizeof asking->lot, "%s", call->id);
    memcpy(asking->base, base, sizeof base);
    story_read(queue_store(office->queue), asking->lot, on_story, asking);
}

const struct command command_lot_label = {
    .name = "lot.label",
    .route = "GET /api/v1/lots/{id}/label",
    .role = ROLE_VIEWER,
    .help = "Labels of a lot as a PDF to print: what it is, how many, from where and when, with a "
            "QR code that opens its page.",
    FIELDS(lot_fields),
    .args_size = sizeof(struct lot_args),
    .run = run_lot,
};

/* ---- of machines ---- */

struct machines_args {
    struct press_args press;
    char site[ID_SIZE];
    char machine[ID_SIZE];
};

static const struct json_field machines_fields[] = {
    PRESS_FIELDS(struct machines_args),
    JSON_TEXT_ROW(struct machines_args, site, "only the machines of this site"),
    JSON_TEXT_ROW(struct machines_args, machine, "only this machine"),
};

static bool wanted(const struct machines_args *args, const struct config_machine *machine)
{
    return (*args->site == '\0' || strcmp(args->site, machine->site) == 0) &&
           (*args->machine == '\0' || strcmp(args->machine, machine->id) == 0);
}

static size_t count_wanted(const struct config *config, const struct machines_args *args)
{
    size_t n = 0;

    for (size_t i = 0; i < config->machine_count; i++)
        n += wanted(args, &config->machines[i]);
    return n;
}

static const char *name_of(const struct machines_args *args)
{
    if (*args->machine != '\0')
        return args->machine;
    return *args->site != '\0' ? args->site : "machines";
}

static void print_machines(struct office *office, const struct machines_args *args,
                           const char *base, struct answer *answer)
{
    const struct config *config = office->config;
    struct label *labels = calloc(count_wanted(config, args), sizeof *labels);
    size_t n = 0;

    if (labels == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    for (size_t i = 0; i < config->machine_count; i++)
        if (wanted(args, &config->machines[i])) {
            labels[n].copies = args->press.copies > 0 ? (int)args->press.copies : 1;
            machine_label(&labels[n++], config, &config->machines[i], base);
        }
    press_print(office, &(struct press_job){&args->press, labels, n, name_of(args)}, answer);
}

static void run_machines(struct office *office, const struct call *call, struct answer *answer)
{
    const struct machines_args *args = call->args;
    char base[PAGES_AT_MAX];

    if (*args->site != '\0' && config_site(office->config, args->site) == NULL)
        answer_fault(answer, ERR_INVALID, "site", "no such site in the config", NULL);
    else if (count_wanted(office->config, args) == 0)
        answer_fault(answer, ERR_INVALID, "machine",
                     "no such machine there: `usine machines` lists them", NULL);
    else if (pages_at_said(office, args->press.base, base, answer))
        print_machines(office, args, base, answer);
}

const struct command command_labels = {
    .name = "labels",
    .route = "GET /api/v1/labels",
    .role = ROLE_VIEWER,
    .help = "Labels of the machines as a PDF to print; the QR code of each opens its page.",
    FIELDS(machines_fields),
    .args_size = sizeof(struct machines_args),
    .run = run_machines,
};
