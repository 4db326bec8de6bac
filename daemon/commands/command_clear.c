/* SPDX-License-Identifier: Apache-2.0 */
/* The word of the person who emptied the bed: consent to one start, and the verdict of the run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "queue/bed.h"
#include "queue/correct.h"
#include "rows.h"

struct clear_args {
    int64_t good, scrap, hold_s;
    char reason[96];
    bool more;
    const cJSON *parts;
};

/* clang-format off */
#define COUNT_FIELDS                                                                               \
    {.name = "good", .type = JSON_INTEGER, .offset = offsetof(struct clear_args, good), .min = -1, \
     .max = 100000, .preset = "-1", .help = "good pieces; -1 or absent: all that is not scrap"},   \
    {.name = "scrap", .type = JSON_INTEGER, .offset = offsetof(struct clear_args, scrap),          \
     .min = -1, .max = 100000, .preset = "-1", .help = "pieces that are no good; absent: none"},   \
    {.name = "reason", .type = JSON_STRING, .offset = offsetof(struct clear_args, reason),         \
     .size = 96, .help = "why there is scrap, or more pieces than the program makes"},             \
    {.name = "more", .type = JSON_BOOLEAN, .offset = offsetof(struct clear_args, more),            \
     .preset = "false", .help = "there really are more pieces than the program makes"},            \
    {.name = "parts", .type = JSON_ANY, .offset = offsetof(struct clear_args, parts),              \
     .help = "for programs with several parts: [{part, good, scrap, reason, more}]"}
/* clang-format on */

static const struct json_field clear_fields[] = {
    COUNT_FIELDS,
    {.name = "hold_s",
     .type = JSON_INTEGER,
     .offset = offsetof(struct clear_args, hold_s),
     .min = 0,
     .max = 60,
     .preset = "0",
     .help = "the next start waits this long for a change of mind"},
};

static const struct json_field count_fields[] = {COUNT_FIELDS};
#undef COUNT_FIELDS

static const struct json_field part_fields[] = {
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct clear_part, part),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "part id"},
    {.name = "good",
     .type = JSON_INTEGER,
     .offset = offsetof(struct clear_part, good),
     .min = -1,
     .max = 100000,
     .preset = "-1",
     .help = "good pieces"},
    {.name = "scrap",
     .type = JSON_INTEGER,
     .offset = offsetof(struct clear_part, scrap),
     .min = 0,
     .max = 100000,
     .preset = "0",
     .help = "pieces that are no good"},
    {.name = "reason",
     .type = JSON_STRING,
     .offset = offsetof(struct clear_part, reason),
     .size = 96,
     .help = "why"},
    {.name = "more",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct clear_part, more),
     .preset = "false",
     .help = "there really are more than the program makes"},
};

/* Reads the parts array; false when the answer was given. */
static bool read_parts(const cJSON *array, struct clear_part parts[PROGRAM_YIELDS_MAX],
                       size_t *count, struct answer *answer)
{
    const struct json_table table = {part_fields, sizeof part_fields / sizeof *part_fields,
                                     sizeof *parts};
    struct json_fault fault;
    const cJSON *item;

    if (!cJSON_IsArray(array) || cJSON_GetArraySize(array) > PROGRAM_YIELDS_MAX) {
        answer_fault(answer, ERR_INVALID, "parts", "\"parts\" must be a list of at most 8", NULL);
        return false;
    }
    cJSON_ArrayForEach(item, array)
    {
        struct clear_part *part = &parts[*count];

        if (json_read(item, &table, part, &fault) != ERR_OK) {
            answer_fault(answer, ERR_INVALID, "parts", fault.text, NULL);
            return false;
        }
        ++*count;
    }
    return true;
}

struct word_given {
    struct answer *answer;
    char machine[ID_SIZE];
    char by[ID_SIZE];
};

static void on_given(void *context, enum err err, const char *text, int64_t id)
{
    struct word_given *given = context;
    struct answer *answer = given->answer;
    cJSON *body;

    if (err == ERR_OK)
        chronicle_add(&answer->office->chronicle, given->machine, "", "%s, says %s", text,
                      given->by);
    free(given);
    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    body = cJSON_CreateObject();
    if (id != 0)
        cJSON_AddNumberToObject(body, "consent", (double)id);
    json_add_text(body, "message", text);
    answer_json(answer, body);
}

/* NULL: out of memory, and the answer was given. */
static struct word_given *given_create(const struct call *call, struct answer *answer)
{
    struct word_given *given = calloc(1, sizeof *given);

    if (given == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return NULL;
    }
    given->answer = answer;
    snprintf(given->machine, sizeof given->machine, "%s", call->id);
    snprintf(given->by, sizeof given->by, "%s", call->by);
    return given;
}

static void clear(struct office *office, const struct call *call, bool count_only,
                  struct answer *answer)
{
    const struct clear_args *args = call->args;
    struct clear_part parts[PROGRAM_YIELDS_MAX] = {0};
    struct clear_request request = {
        .hold_ms = args->hold_s * 1000, .count_only = count_only, .parts = parts};
    struct word_given *given;

    snprintf(request.machine, sizeof request.machine, "%s", call->id);
    snprintf(request.by, sizeof request.by, "%s", call->by);
    if (args->parts != NULL && !read_parts(args->parts, parts, &request.part_count, answer))
        return;
    if (args->parts == NULL && (args->good >= 0 || args->scrap >= 0)) {
        parts[0].good = args->good;
        parts[0].scrap = args->scrap >= 0 ? args->scrap : 0;
        memcpy(parts[0].reason, args->reason, sizeof parts[0].reason);
        request.part_count = 1;
    }
    for (size_t i = 0; i < request.part_count; i++)
        parts[i].more |= args->more;
    given = given_create(call, answer);
    if (given != NULL)
        queue_clear(office->queue, &request, on_given, given);
}

static void run_clear(struct office *office, const struct call *call, struct answer *answer)
{
    clear(office, call, false, answer);
}

static void run_count(struct office *office, const struct call *call, struct answer *answer)
{
    clear(office, call, true, answer);
}

static void run_undo(struct office *office, const struct call *call, struct answer *answer)
{
    struct word_given *given = given_create(call, answer);

    if (given != NULL)
        queue_undo(office->queue, call->id, call->by, on_given, given);
}

static void run_withdraw(struct office *office, const struct call *call, struct answer *answer)
{
    struct word_given *given = given_create(call, answer);

    if (given != NULL)
        queue_withdraw(office->queue, call->id, call->by, on_given, given);
}

const struct command command_machine_clear = {
    .name = "machine.clear",
    .route = "POST /api/v1/machines/{id}/clear",
    .role = ROLE_OPERATOR,
    .help = "The bed is empty: count the last run's pieces and let the next run start.",
    FIELDS(clear_fields),
    .args_size = sizeof(struct clear_args),
    .current = machine_current,
    .run = run_clear,
};

const struct command command_machine_count = {
    .name = "machine.count",
    .route = "POST /api/v1/machines/{id}/count",
    .role = ROLE_OPERATOR,
    .help = "Count the last run's pieces; the bed stays occupied.",
    FIELDS(count_fields),
    .args_size = sizeof(struct clear_args),
    .current = machine_current,
    .run = run_count,
};

const struct command command_machine_undo = {
    .name = "machine.undo",
    .route = "POST /api/v1/machines/{id}/undo",
    .role = ROLE_OPERATOR,
    .help = "Take one's last count back, within a minute and before the next start: nothing is "
            "counted, the bed is uncertain.",
    .current = machine_current,
    .run = run_undo,
};

const struct command command_machine_withdraw = {
    .name = "machine.withdraw",
    .route = "POST /api/v1/machines/{id}/withdraw",
    .role = ROLE_OPERATOR,
    .help = "Take the word back that the bed is clear, if no start has used it.",
    .current = machine_current,
    .run = run_withdraw,
};
