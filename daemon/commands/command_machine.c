/* SPDX-License-Identifier: Apache-2.0 */
/* Machines: what they are doing, and what a person may tell them. Orders go to the floor, which
 * decides; its word is the answer. */
#include <stdio.h>
#include <string.h>

#include "noun_json.h"
#include "rows.h"

static const struct machine_view *find(struct office *office, const struct call *call,
                                       struct answer *answer)
{
    const struct machine_view *view = queue_view(office->queue, call->id);

    if (view == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "no machine \"%.64s\"; `usine machines` lists them",
                    call->id);
    return view;
}

cJSON *machine_current(struct office *office, const struct asking *asking)
{
    const struct machine_view *view = queue_view(office->queue, asking->id);

    return view != NULL ? machine_to_json(office, view) : NULL;
}

struct list_args {
    char site[ID_SIZE];
    char state[16];
};

static const struct json_field list_fields[] = {
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, site),
     .size = ID_SIZE,
     .help = "only machines of this site"},
    {.name = "state",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, state),
     .size = 16,
     .words = "offline greeting idle heating running held finishing stopping locked",
     .help = "only machines in this state"},
};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    size_t count;
    const struct machine_view *views = queue_views(office->queue, &count);
    cJSON *items;
    cJSON *list = list_to_json(&items);

    for (size_t i = 0; i < count; i++) {
        if (*args->site != '\0' && strcmp(views[i].site, args->site) != 0)
            continue;
        if (*args->state != '\0' && strcmp(machine_state_name(views[i].state), args->state) != 0)
            continue;
        cJSON_AddItemToArray(items, machine_to_json(office, &views[i]));
    }
    answer_json(answer, list);
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct machine_view *view = find(office, call, answer);

    if (view != NULL)
        answer_json(answer, machine_to_json(office, view));
}

/* An order that needs no more than the machine's name. */
static void order(struct office *office, const struct call *call, enum order_kind kind,
                  const char *done, struct answer *answer)
{
    const struct machine_view *view = find(office, call, answer);
    struct order details = {0};

    if (view == NULL)
        return;
    memcpy(details.machine, view->id, sizeof details.machine);
    memcpy(details.site, view->site, sizeof details.site);
    snprintf(details.by, sizeof details.by, "%s", call->by);
    chronicle_add(&office->chronicle, view->id, call->by, "%s", done);
    office_order(office, kind, &details, answer);
}

static void run_pause(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_PAUSE, "pause asked", answer);
}

static void run_resume(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_RESUME, "resume asked", answer);
}

static void run_cancel(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_CANCEL, "cancel asked", answer);
}

static void run_estop(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_ESTOP, "emergency stop", answer);
}

static void run_unlock(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_UNLOCK, "unlock asked", answer);
}

static void run_test(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_TEST, "link test asked", answer);
}

static void run_out(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_OUT, "out of service", answer);
}

static void run_in(struct office *office, const struct call *call, struct answer *answer)
{
    order(office, call, ORDER_IN, "back in service", answer);
}

struct send_args {
    char line[128];
};

static const struct json_field send_fields[] = {
    {.name = "line",
     .type = JSON_STRING,
     .offset = offsetof(struct send_args, line),
     .size = sizeof(((struct order *)0)->line),
     .required = true,
     .min = 1,
     .help = "one line of G-code, without line end"},
};

static void run_send(struct office *office, const struct call *call, struct answer *answer)
{
    const struct send_args *args = call->args;
    const struct machine_view *view = find(office, call, answer);
    struct order details = {0};

    if (view == NULL)
        return;
    memcpy(details.machine, view->id, sizeof details.machine);
    memcpy(details.line, args->line, sizeof details.line);
    snprintf(details.by, sizeof details.by, "%s", call->by);
    chronicle_add(&office->chronicle, view->id, call->by, "sent \"%s\"", args->line);
    office_order(office, ORDER_SEND, &details, answer);
}

static void on_wire(struct answer *answer, const char *machine, const char *text)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *lines;

    cJSON_AddStringToObject(body, "machine", machine);
    lines = cJSON_AddArrayToObject(body, "lines");
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        char line[512];

        snprintf(line, sizeof line, "%.*s", (int)(n < 511 ? n : 511), text);
        for (char *c = line; *c != '\0'; c++)
            if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7f)
                *c = '?';
        cJSON_AddItemToArray(lines, cJSON_CreateString(line));
        text += n + (text[n] != '\0');
    }
    answer_json(answer, body);
}

static void run_wire(struct office *office, const struct call *call, struct answer *answer)
{
    const struct machine_view *view = find(office, call, answer);
    struct order details = {0};

    if (view == NULL)
        return;
    memcpy(details.machine, view->id, sizeof details.machine);
    office_order_text(office, ORDER_WIRE, &details, answer, on_wire);
}

#define MACHINE_ORDER(word, least, recent, text)                                                   \
    const struct command command_machine_##word = {                                                \
        .name = "machine." #word,                                                                  \
        .route = "POST /api/v1/machines/{id}/" #word,                                              \
        .role = least,                                                                             \
        .fresh = recent,                                                                           \
        .help = text,                                                                              \
        .current = machine_current,                                                                \
        .run = run_##word,                                                                         \
    }
MACHINE_ORDER(pause, ROLE_OPERATOR, false,
              "Hold the machine; its head moves aside, heaters stay on.");
MACHINE_ORDER(resume, ROLE_OPERATOR, false, "Go on after a pause.");
MACHINE_ORDER(cancel, ROLE_OPERATOR, false, "End the run now; the bed is then to be judged.");
MACHINE_ORDER(unlock, ROLE_OPERATOR, true,
              "Unlock after a stop or a fault, by a person at the machine.");
MACHINE_ORDER(test, ROLE_TECHNICIAN, false, "Test the link; lifts the quarantine when it passes.");
MACHINE_ORDER(out, ROLE_TECHNICIAN, false, "Take the machine out of service.");
MACHINE_ORDER(in, ROLE_TECHNICIAN, false, "Put the machine back in service.");
#undef MACHINE_ORDER

const struct command command_machine_estop = {
    .name = "machine.estop",
    .route = "POST /api/v1/machines/{id}/estop",
    .role = ROLE_OPERATOR,
    .tablet = true,
    .help = "Emergency stop of this machine, ahead of everything.",
    .run = run_estop,
};

const struct command command_machine_list = {
    .name = "machine.list",
    .route = "GET /api/v1/machines",
    .role = ROLE_VIEWER,
    .help = "All machines, or those of one site or state.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_machine_show = {
    .name = "machine.show",
    .route = "GET /api/v1/machines/{id}",
    .role = ROLE_VIEWER,
    .help = "One machine.",
    .current = machine_current,
    .run = run_show,
};

const struct command command_machine_send = {
    .name = "machine.send",
    .route = "POST /api/v1/machines/{id}/send",
    .role = ROLE_TECHNICIAN,
    .help = "Send one line to a machine that is idle or held.",
    FIELDS(send_fields),
    .args_size = sizeof(struct send_args),
    .run = run_send,
};

const struct command command_machine_wire = {
    .name = "machine.wire",
    .route = "GET /api/v1/machines/{id}/wire",
    .role = ROLE_TECHNICIAN,
    .help = "The last lines on the wire, both ways.",
    .run = run_wire,
};
