/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "office.h"
#include "record.h"
#include "rows.h"

/* clang-format off */
const struct command *const command_table[] = {
#define X(row) &row,
    COMMAND_ROWS(X)
#undef X
    NULL,
};
/* clang-format on */

/* True, and the answer was given: what it is about has changed since the asker looked. Whether
 * there is such a thing at all says the command. */
static bool is_stale(struct office *office, const struct command *command,
                     const struct asking *asking, struct answer *answer)
{
    cJSON *current = asking->match != NULL ? command->current(office, asking) : NULL;

    if (current == NULL)
        return false;
    if (version_matches(asking->match, version_of(current))) {
        cJSON_Delete(current);
        return false;
    }
    answer_stale(answer, current);
    return true;
}

static void run_under_key(struct office *office, const struct command *command,
                          const struct call *call, struct answer *answer)
{
    struct store_key key;
    bool keyed = office->queue != NULL && remember_key(answer, &key);

    if (keyed)
        queue_under_key(office->queue, &key);
    command->run(office, call, answer);
    if (keyed)
        queue_under_key(office->queue, NULL);
}

static void run(struct office *office, const struct command *command, const struct asking *asking,
                enum role role, struct answer *answer)
{
    struct call call = {.by = asking->by,
                        .role = role,
                        .id = asking->id,
                        .path = asking->path,
                        .upload = asking->upload,
                        .match = command->matches ? asking->match : NULL,
                        .caller = asking->caller};
    const struct json_table table = {command->fields, command->field_count, command->args_size};
    struct json_fault fault;
    void *args = calloc(1, command->args_size + 1);
    enum err err = args != NULL ? json_read(asking->fields, &table, args, &fault) : ERR_NO_MEMORY;

    call.args = args;
    if (args == NULL)
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
    else if (err != ERR_OK)
        answer_fault(answer, err, fault.field, fault.text, NULL);
    else
        run_under_key(office, command, &call, answer);
    if (args != NULL)
        explicit_bzero(args, command->args_size); /* passwords */
    free(args);
}

void command_ask(struct office *office, const struct command *command, const struct asking *asking,
                 struct answer *answer)
{
    struct asking named = *asking;
    struct access access;
    bool may;

    answer->office = office;
    access_find(office, asking->caller, &access);
    may = access_may(office, command, asking, &access);
    named.by = access.name;
    record_begin(office, command, &named, &access, answer);
    if (!may) {
        access_refuse(&access, answer);
        return;
    }
    if (command->creates && asking->key != NULL &&
        remember_begin(&office->remember, command, &named, clock_wall(office->clock), answer))
        return;
    answer->versioned = command->current != NULL || command->matches;
    if (command->current != NULL && is_stale(office, command, &named, answer))
        return;
    run(office, command, &named, access.role, answer);
}

bool command_admit(struct office *office, const struct command *command,
                   const struct asking *asking, struct answer *answer)
{
    struct access access;

    answer->office = office;
    access_find(office, asking->caller, &access);
    if (access_may(office, command, asking, &access))
        return true;
    record_refused(office, command, asking, &access);
    access_refuse(&access, answer);
    return false;
}

int64_t command_number(const char *id)
{
    char *end;
    long long number;

    errno = 0;
    number = strtoll(id, &end, 10);
    return errno == 0 && *end == '\0' && number > 0 && number < INT64_MAX ? number : 0;
}
