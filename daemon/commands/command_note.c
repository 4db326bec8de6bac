/* SPDX-License-Identifier: Apache-2.0 */
/* The notebook of a machine: who noticed or did what, when; ticked off when it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "paging.h"
#include "queue/roster.h"
#include "rows.h"
#include "store/store.h"
#include "store/store_note.h"
#include "version.h"

enum { NOTES_MAX = 200 };

struct note_work {
    struct store_work work; /* first */
    struct answer *answer;  /* borrowed until it is ended */
    char *match;            /* If-Match; NULL: none */
    struct note_row row;
    struct note_range range;
    struct paging paging;
};

/* NULL: out of memory, and the answer was given. */
static struct note_work *work_create(struct answer *answer)
{
    struct note_work *note = calloc(1, sizeof *note);

    if (note == NULL)
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
    else
        note->answer = answer;
    return note;
}

static void work_destroy(struct note_work *note)
{
    free(note->match);
    free(note);
}

static cJSON *note_to_json(const struct note_row *row)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddNumberToObject(item, "id", (double)row->id);
    cJSON_AddStringToObject(item, "machine", row->machine);
    json_add_time(item, "at", row->at_ms);
    cJSON_AddStringToObject(item, "by", row->by);
    cJSON_AddStringToObject(item, "text", row->text);
    json_add_time(item, "done_at", row->done_ms);
    cJSON_AddStringToObject(item, "done_by", row->done_by);
    version_add(item, "id text done_at done_by");
    return item;
}

static bool known(struct office *office, const char *machine, struct answer *answer)
{
    if (queue_view(office->queue, machine) != NULL)
        return true;
    answer_fail(answer, ERR_NOT_FOUND, "no machine \"%.64s\"; `usine machines` lists them",
                machine);
    return false;
}

/* ---- reading ---- */

struct list_args {
    struct paging_args page;
};

static const struct json_field list_fields[] = {
    PAGING_OLDER(struct list_args, page, NOTES_MAX, "50"),
};

static void take_note(void *context, const struct note_row *row)
{
    struct note_work *note = context;

    if (paging_takes(&note->paging, row->id))
        cJSON_AddItemToArray(note->paging.items, note_to_json(row));
}

static enum err list_apply(struct store_work *work, struct db *db)
{
    struct note_work *note = (struct note_work *)(void *)work;

    paging_begin(&note->paging, 0, note->range.limit - 1);
    return store_note_list(db, &note->range, take_note, note);
}

static void list_done(struct store_work *work, enum err err, const char *text)
{
    struct note_work *note = (struct note_work *)(void *)work;

    if (err != ERR_OK) {
        cJSON_Delete(paging_end(&note->paging));
        answer_fail(note->answer, err, "%s", text);
    } else {
        answer_json(note->answer, paging_end(&note->paging));
    }
    work_destroy(note);
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    struct note_work *note = known(office, call->id, answer) ? work_create(answer) : NULL;

    if (note == NULL)
        return;
    snprintf(note->row.machine, sizeof note->row.machine, "%s", call->id);
    note->range = (struct note_range){.machine = note->row.machine,
                                      .before = args->page.from > 0 ? args->page.from : INT64_MAX,
                                      .limit = args->page.limit + 1};
    note->work.apply = list_apply;
    note->work.done = list_done;
    store_read(queue_store(office->queue), &note->work);
}

/* ---- writing ---- */

struct add_args {
    char text[NOTE_TEXT_SIZE];
};

static const struct json_field add_fields[] = {
    {.name = "text",
     .type = JSON_STRING,
     .offset = offsetof(struct add_args, text),
     .size = NOTE_TEXT_SIZE,
     .required = true,
     .min = 1,
     .help = "what was noticed, or done"},
};

static enum err add_apply(struct store_work *work, struct db *db)
{
    return store_note_add(db, &((struct note_work *)(void *)work)->row);
}

static void add_done(struct store_work *work, enum err err, const char *text)
{
    struct note_work *note = (struct note_work *)(void *)work;

    if (err != ERR_OK)
        answer_fail(note->answer, err, "%s", text);
    else
        answer_created(note->answer, note_to_json(&note->row));
    work_destroy(note);
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct add_args *args = call->args;
    struct note_work *note = known(office, call->id, answer) ? work_create(answer) : NULL;

    if (note == NULL)
        return;
    snprintf(note->row.machine, sizeof note->row.machine, "%s", call->id);
    snprintf(note->row.by, sizeof note->row.by, "%s", call->by);
    memcpy(note->row.text, args->text, sizeof note->row.text);
    note->row.at_ms = clock_wall(office->clock);
    note->work.apply = add_apply;
    note->work.done = add_done;
    store_write(queue_store(office->queue), &note->work);
}

static void copy_note(void *context, const struct note_row *row)
{
    *(struct note_row *)context = *row;
}

/* The note as it stands in `is`, whose id is 0 when the machine has no such note. */
static enum err look(struct db *db, const struct note_row *asked, struct note_row *is)
{
    const struct note_range range = {
        .machine = asked->machine, .before = asked->id + 1, .limit = 1};
    enum err err;

    *is = (struct note_row){0};
    err = store_note_list(db, &range, copy_note, is);
    if (is->id != asked->id)
        is->id = 0;
    return err;
}

static bool has_version(const struct note_row *row, const char *match)
{
    cJSON *item = note_to_json(row);
    bool same = version_matches(match, version_of(item));

    cJSON_Delete(item);
    return same;
}

static enum err done_apply(struct store_work *work, struct db *db)
{
    struct note_work *note = (struct note_work *)(void *)work;
    struct note_row is;
    enum err err = look(db, &note->row, &is);

    if (err != ERR_OK)
        return err;
    if (is.id != 0 && note->match != NULL && !has_version(&is, note->match)) {
        note->row = is;
        return ERR_STALE;
    }
    is.done_ms = note->row.done_ms;
    memcpy(is.done_by, note->row.done_by, sizeof is.done_by);
    err = store_note_done(db, &note->row);
    if (err == ERR_NOT_FOUND)
        snprintf(work->text, sizeof work->text, "%s has no note %lld, or it is done already",
                 note->row.machine, (long long)note->row.id);
    note->row = is;
    return err;
}

static void done_done(struct store_work *work, enum err err, const char *text)
{
    struct note_work *note = (struct note_work *)(void *)work;

    if (err == ERR_STALE)
        answer_stale(note->answer, note_to_json(&note->row));
    else if (err != ERR_OK)
        answer_fail(note->answer, err, "%s", text);
    else
        answer_json(note->answer, note_to_json(&note->row));
    work_destroy(note);
}

struct done_args {
    int64_t note;
};

static const struct json_field done_fields[] = {
    {.name = "note",
     .type = JSON_INTEGER,
     .offset = offsetof(struct done_args, note),
     .required = true,
     .min = 1,
     .max = 9e15,
     .help = "its number"},
};

static void run_done(struct office *office, const struct call *call, struct answer *answer)
{
    const struct done_args *args = call->args;
    struct note_work *note = work_create(answer);

    if (note == NULL)
        return;
    if (call->match != NULL && (note->match = strdup(call->match)) == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        work_destroy(note);
        return;
    }
    note->row.id = args->note;
    note->row.done_ms = clock_wall(office->clock);
    snprintf(note->row.machine, sizeof note->row.machine, "%s", call->id);
    snprintf(note->row.done_by, sizeof note->row.done_by, "%s", call->by);
    note->work.apply = done_apply;
    note->work.done = done_done;
    store_write(queue_store(office->queue), &note->work);
}

const struct command command_machine_notes = {
    .name = "machine.notes",
    .route = "GET /api/v1/machines/{id}/notes",
    .role = ROLE_VIEWER,
    .help = "The machine's notebook, newest first.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_machine_note = {
    .name = "machine.note",
    .route = "POST /api/v1/machines/{id}/notes",
    .role = ROLE_OPERATOR,
    .help = "Write into the machine's notebook. Notes stay as they are.",
    FIELDS(add_fields),
    .args_size = sizeof(struct add_args),
    .creates = true,
    .run = run_add,
};

const struct command command_note_done = {
    .name = "note.done",
    .route = "POST /api/v1/machines/{id}/notes/done",
    .role = ROLE_OPERATOR,
    .help = "Tick a note of the machine off, with who and when.",
    .matches = true,
    FIELDS(done_fields),
    .args_size = sizeof(struct done_args),
    .run = run_done,
};
