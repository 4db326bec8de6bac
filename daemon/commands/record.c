/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "people/audit.h"

struct record {
    struct audit_row row;
    bool outsider; /* only what was tried in earnest is recorded */
    struct people *people;
    struct answer *answer;
    void (*tell)(struct answer *answer);
};

static void add_detail(struct audit_row *row, const struct command *command, const cJSON *fields)
{
    cJSON *shown = cJSON_CreateObject();
    char *text;

    for (size_t i = 0; i < command->field_count; i++) {
        const struct json_field *field = &command->fields[i];
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(fields, field->name);

        if (value == NULL)
            continue;
        if (field->secret)
            cJSON_AddStringToObject(shown, field->name, "***");
        else
            cJSON_AddItemToObject(shown, field->name, cJSON_Duplicate(value, true));
    }
    text = cJSON_GetArraySize(shown) > 0 ? cJSON_PrintUnformatted(shown) : NULL;
    snprintf(row->detail, sizeof row->detail, "%s", text != NULL ? text : "");
    cJSON_free(text);
    cJSON_Delete(shown);
}

/* Who came by a link that may have been passed on shall not fill the disk by being refused. */
static bool by_link(const struct access *access)
{
    return access->who.kind == WHO_TOKEN && access->who.token->kind == TOKEN_MAKER;
}

static bool is_audited(const struct command *command, const struct access *access)
{
    if (access->who.kind == WHO_NOBODY && command->role != ROLE_ANYONE)
        return false; /* strangers shall not fill the disk */
    return command->audited || strncmp(command->route, "GET ", 4) != 0;
}

static void fill(struct audit_row *row, struct office *office, const struct command *command,
                 const struct asking *asking, const struct access *access)
{
    row->at_ms = clock_wall(office->clock);
    snprintf(row->who, sizeof row->who, "%s", access->name);
    who_via(&access->who, row->via);
    if (access->caller->via[0] != '\0')
        snprintf(row->via, sizeof row->via, "%s", access->caller->via);
    snprintf(row->address, sizeof row->address, "%s", access->caller->address);
    snprintf(row->command, sizeof row->command, "%s", command->name);
    snprintf(row->object, sizeof row->object, "%s", asking->id);
    snprintf(row->site, sizeof row->site, "%s", access->site);
    add_detail(row, command, asking->fields);
}

void record_begin(struct office *office, const struct command *command, const struct asking *asking,
                  const struct access *access, struct answer *answer)
{
    const cJSON *login = cJSON_GetObjectItemCaseSensitive(asking->fields, "login");
    struct record *record;

    if (!is_audited(command, access))
        return;
    record = calloc(1, sizeof *record);
    if (record == NULL) {
        log_error("audit: out of memory: %s by %s", command->name, access->name);
        return;
    }
    record->people = office->people;
    record->outsider = command->role == ROLE_ANYONE || by_link(access);
    fill(&record->row, office, command, asking, access);
    if (command->role == ROLE_ANYONE && cJSON_IsString(login))
        snprintf(record->row.object, sizeof record->row.object, "%s", login->valuestring);
    answer->record = record;
}

void record_refused(struct office *office, const struct command *command,
                    const struct asking *asking, const struct access *access)
{
    struct audit_row row = {.status = err_http(access->err)};

    if (!is_audited(command, access) || by_link(access))
        return;
    fill(&row, office, command, asking, access);
    snprintf(row.outcome, sizeof row.outcome, "%s", access->text);
    audit_add(office->people, &row, NULL, NULL);
}

void record_outcome(struct record *record, const char *text)
{
    if (record != NULL)
        snprintf(record->row.outcome, sizeof record->row.outcome, "%s", text);
}

void record_who(struct record *record, const char *login)
{
    if (record != NULL)
        snprintf(record->row.who, sizeof record->row.who, "%s", login);
}

static void on_written(void *context, enum err err, const char *text)
{
    struct record *record = context;

    (void)err; /* audit_add has logged it */
    (void)text;
    record->tell(record->answer);
    free(record);
}

void record_end(struct answer *answer, void (*tell)(struct answer *answer))
{
    struct record *record = answer->record;

    answer->record = NULL;
    if (record->outsider && answer->status >= 400 && answer->status != err_http(ERR_UNAUTHORIZED)) {
        free(record);
        tell(answer);
        return;
    }
    record->answer = answer;
    record->tell = tell;
    record->row.status = answer->status;
    if (answer->status < 400)
        record_outcome(record, "done");
    audit_add(record->people, &record->row, on_written, record);
}
