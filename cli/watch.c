/* SPDX-License-Identifier: Apache-2.0 */
/* All machines, live. The daemon sends a whole status first, then what changes; a broken stream is
 * opened again. Without a terminal it prints the log, a line a fact. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "member.h"
#include "run.h"
#include "table.h"

enum { EVENT_MAX = 64 * 1024 * 1024, RETRY_S = 2 };

struct watch {
    const struct asked *asked; /* borrowed */
    char *bytes;               /* owned: what has come of the next event */
    size_t used, room;
    cJSON *status; /* owned: the whole, kept current */
    bool screen;   /* standard output is a terminal */
    bool heard;
    bool changed; /* since the last drawing */
};

static void put_machine(cJSON *machines, cJSON *machine)
{
    const char *id = member_text(machine, "id");
    const cJSON *old;
    int i = 0;

    cJSON_ArrayForEach(old, machines)
    {
        if (strcmp(member_text(old, "id"), id) == 0) {
            cJSON_ReplaceItemInArray(machines, i, machine);
            return;
        }
        i++;
    }
    cJSON_AddItemToArray(machines, machine);
}

static void take_event(struct watch *watch, const char *name, cJSON *data)
{
    cJSON *machines = cJSON_GetObjectItemCaseSensitive(watch->status, "machines");
    cJSON *items = cJSON_GetObjectItemCaseSensitive(data, "items");

    watch->changed = watch->changed || strcmp(name, "log") != 0;
    if (strcmp(name, "snapshot") == 0) {
        cJSON_Delete(watch->status);
        watch->status = data;
        return;
    }
    if (strcmp(name, "machines") == 0)
        while (cJSON_GetArraySize(items) > 0)
            put_machine(machines, cJSON_DetachItemFromArray(items, 0));
    else if (strcmp(name, "today") == 0 && watch->status != NULL) {
        cJSON_DeleteItemFromObjectCaseSensitive(watch->status, "today");
        cJSON_AddItemToObject(watch->status, "today", data);
        return;
    }
    cJSON_Delete(data);
}

static void print_log(const cJSON *row)
{
    char at[MEMBER_TEXT_MAX];

    printf("%s %s%s%s\n", member_time(row, "at", at), member_text(row, "machine"),
           *member_text(row, "machine") != '\0' ? ": " : "", member_text(row, "text"));
    fflush(stdout);
}

/* Waiting first, then running, then the rest: what people act on is on top. */
static int rank(const cJSON *machine)
{
    const char *state = member_text(machine, "state");

    if (strcmp(state, "locked") == 0)
        return 0;
    if (*member_text(machine, "waiting_for") != '\0')
        return 1;
    if (cJSON_IsObject(member(machine, "run")))
        return 2;
    return strcmp(state, "offline") == 0 ? 4 : 3;
}

static void add_row(struct table *table, const cJSON *machine)
{
    const cJSON *run = member(machine, "run");
    const char *waiting = member_text(machine, "waiting_for");
    double progress = member_number(run, "progress");
    char left[MEMBER_TEXT_MAX];
    int bar = (int)(progress * 20);

    table_cell(table, "%s", member_text(machine, "id"));
    table_cell(table, "%s", member_text(machine, "state"));
    table_cell(table, "%s", *waiting != '\0' ? waiting : "-");
    table_cell(table, "%s", cJSON_IsObject(run) ? member_text(run, "part") : "-");
    if (cJSON_IsObject(run))
        table_cell(table, "%.*s%.*s %3.0f%%", bar, "====================", 20 - bar,
                   "....................", 100 * progress);
    else
        table_cell(table, "-");
    table_cell(table, "%s", member_duration(run, "eta_s", left));
    if (cJSON_IsNumber(member(member(machine, "temps"), "nozzle")))
        table_cell(table, "%.0f", member_number(member(machine, "temps"), "nozzle"));
    else
        table_cell(table, "-");
    table_cell(table, "%s", member_text(machine, "message"));
}

static void redraw(const struct watch *watch)
{
    const cJSON *today = member(watch->status, "today");
    const cJSON *machine;
    struct winsize size = {0};
    struct table table;
    char good[200];
    int shown = 0, room;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        size = (struct winsize){.ws_row = 24, .ws_col = 80};
    room = size.ws_row > 6 ? size.ws_row - 5 : 1;
    member_join(member(today, "good"), good, sizeof good);
    printf("\033[H\033[J%.0f of %.0f %s today   good: %s\n\n", member_number(today, "done"),
           member_number(today, "target"), member_text(today, "product"), good);
    table_begin(&table, "MACHINE|STATE|WAITS FOR|~PART|PROGRESS|>LEFT|?>NOZZLE|~MESSAGE");
    for (int r = 0; r <= 4; r++)
        cJSON_ArrayForEach(machine, member(watch->status, "machines"))
        {
            if (rank(machine) == r && shown++ < room)
                add_row(&table, machine);
        }
    table_print(&table, stdout, size.ws_col);
    if (shown > room)
        printf("and %d more\n", shown - room);
    fflush(stdout);
}

/* One event: "event: NAME\ndata: JSON". */
static void read_event(struct watch *watch, char *text)
{
    char *data = strstr(text, "\ndata: ");
    cJSON *json;

    if (strncmp(text, "event: ", 7) != 0 || data == NULL)
        return; /* a ping */
    *data = '\0';
    json = cJSON_Parse(data + 7);
    if (json == NULL)
        return;
    watch->heard = true;
    if (watch->asked->json) {
        puts(data + 7);
        fflush(stdout);
    } else if (!watch->screen && strcmp(text + 7, "log") == 0) {
        print_log(json);
    }
    take_event(watch, text + 7, json);
}

static bool on_bytes(void *context, const char *bytes, size_t n)
{
    struct watch *watch = context;
    char *end;

    if (watch->used + n + 1 > watch->room) {
        size_t room = (watch->used + n + 1) * 2;
        char *longer = room < EVENT_MAX ? realloc(watch->bytes, room) : NULL;

        if (longer == NULL)
            return false;
        watch->bytes = longer;
        watch->room = room;
    }
    memcpy(watch->bytes + watch->used, bytes, n);
    watch->used += n;
    watch->bytes[watch->used] = '\0';
    while ((end = strstr(watch->bytes, "\n\n")) != NULL) {
        size_t size = (size_t)(end - watch->bytes) + 2;

        *end = '\0';
        read_event(watch, watch->bytes);
        watch->used -= size;
        memmove(watch->bytes, watch->bytes + size, watch->used + 1);
    }
    if (watch->screen && watch->changed && watch->status != NULL)
        redraw(watch);
    watch->changed = false;
    return true;
}

enum exit_code run_watch(struct client *client, const struct asked *asked)
{
    struct watch watch = {.asked = asked, .screen = isatty(STDOUT_FILENO) && !asked->json};
    struct client_call call = {
        .method = "GET", .path = asked->word->path, .on_bytes = on_bytes, .context = &watch};
    enum exit_code code;

    do {
        struct client_reply reply;

        watch.used = 0;
        watch.heard = false;
        code = client_do(client, &call, &reply);
        free(reply.text);
        if (watch.heard)
            sleep(RETRY_S);
    } while (watch.heard); /* it was there a moment ago: try again */
    cJSON_Delete(watch.status);
    free(watch.bytes);
    return code;
}
