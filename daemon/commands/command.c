/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <stdlib.h>

#include "office.h"
#include "rows.h"

/* clang-format off */
const struct command *const command_table[] = {
#define X(row) &row,
    COMMAND_ROWS(X)
#undef X
    NULL,
};
/* clang-format on */

const char *role_name(enum role role)
{
    static const char *const names[] = {"nobody",     "viewer",      "operator",
                                        "technician", "coordinator", "admin"};

    return names[role];
}

static void run(struct office *office, const struct command *command, const struct asking *asking,
                struct answer *answer)
{
    struct call call = {asking->by, asking->role, asking->id, NULL, asking->upload};
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
        command->run(office, &call, answer);
    free(args);
}

void command_ask(struct office *office, const struct command *command, const struct asking *asking,
                 struct answer *answer)
{
    answer->office = office;
    if (asking->role < command->role) {
        answer_fail(answer, ERR_FORBIDDEN, "this needs the role %s", role_name(command->role));
        return;
    }
    if (command->creates && asking->key != NULL &&
        remember_begin(&office->remember, command, asking, clock_wall(office->clock), answer))
        return;
    run(office, command, asking, answer);
}
