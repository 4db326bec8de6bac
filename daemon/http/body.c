/* SPDX-License-Identifier: Apache-2.0 */
#include "body.h"

#include <stdlib.h>
#include <string.h>

#include "commands/answer.h"
#include "fields.h"

uint64_t body_max(const struct command *command)
{
    return command != NULL && command->upload ? UPLOAD_MAX : BODY_TEXT_MAX;
}

void body_begin_file(struct body *body, const struct command *command,
                     struct MHD_Connection *connection, struct answer *answer)
{
    body->is_file = true;
    body->is_form = command->form;
    if (body->is_form && multipart_begin(&body->form, connection) != ERR_OK)
        answer_fail(answer, body->form.err, "%s", body->form.text);
}

/* ---- taking it ---- */

static size_t take_file(struct body *body, const char *bytes, size_t n, struct answer *answer)
{
    struct multipart *form = &body->form;

    if (!body->is_form)
        return upload_write(&body->upload, bytes, n);
    n = multipart_take(form, bytes, n);
    if (form->err != ERR_OK)
        answer_fail(answer, form->err, "%s", form->text);
    else if (form->piece_size > 0)
        upload_write(&body->upload, form->piece, form->piece_size);
    return n;
}

static size_t take_text(struct body *body, const char *bytes, size_t n, struct answer *answer)
{
    if (body->text_size + n > BODY_TEXT_MAX) {
        answer_fail(answer, ERR_TOO_LARGE, "the body may have at most %d bytes",
                    (int)BODY_TEXT_MAX);
        return n;
    }
    if (body->text == NULL)
        body->text = malloc(BODY_TEXT_MAX);
    if (body->text == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return n;
    }
    memcpy(body->text + body->text_size, bytes, n);
    body->text_size += n;
    return n;
}

enum MHD_Result body_take(struct body *body, const char *bytes, size_t *size, struct answer *answer)
{
    size_t n = *size;

    if (!answer->done)
        n = body->is_file ? take_file(body, bytes, n, answer) : take_text(body, bytes, n, answer);
    body->seen += n;
    *size -= n;
    return body->seen > (body->is_file ? UPLOAD_MAX : 0) + BODY_DISCARD_MAX ? MHD_NO : MHD_YES;
}

bool body_end(struct body *body, struct answer *answer)
{
    if (!body->is_file)
        return false;
    if (body->is_form && multipart_end(&body->form) != ERR_OK) {
        answer_fail(answer, body->form.err, "%s", body->form.text);
        return false;
    }
    upload_end(&body->upload);
    return true;
}

/* ---- what it says beside the file ---- */

struct query {
    cJSON *fields;
    const struct command *command;
    enum err err;
};

static enum MHD_Result on_query(void *cls, enum MHD_ValueKind kind, const char *name,
                                size_t name_size, const char *value, size_t value_size)
{
    struct query *query = cls;

    (void)kind;
    if (strlen(name) != name_size || (value != NULL && strlen(value) != value_size))
        query->err = ERR_BAD_REQUEST; /* a NUL in it */
    else
        query->err = fields_add_query(query->fields, query->command, name, value);
    return query->err == ERR_OK ? MHD_YES : MHD_NO;
}

/* PrusaLink says these by headers, as structured booleans (RFC 8941): "?1". */
static enum err add_headers(const struct command *command, struct MHD_Connection *connection,
                            cJSON *fields)
{
    static const struct {
        const char *header, *field;
    } members[] = {{"Print-After-Upload", "print"}, {"Overwrite", "overwrite"}};
    enum err err = ERR_OK;

    for (size_t i = 0; i < sizeof members / sizeof *members && err == ERR_OK; i++) {
        const char *value =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, members[i].header);

        if (value != NULL)
            err = fields_add_query(fields, command, members[i].field, value + (*value == '?'));
    }
    return err;
}

enum err body_add_fields(struct body *body, const struct command *command,
                         struct MHD_Connection *connection, cJSON *fields)
{
    struct query query = {fields, command, ERR_OK};
    const cJSON *member;

    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, on_query, &query);
    cJSON_ArrayForEach(member, body->form.members)
    {
        if (query.err == ERR_OK)
            query.err = fields_add_query(fields, command, member->string, member->valuestring);
    }
    if (query.err == ERR_OK && command->slicer)
        query.err = add_headers(command, connection, fields);
    return query.err;
}

void body_finish(struct body *body)
{
    if (body->is_file)
        upload_finish(&body->upload);
    multipart_finish(&body->form);
    if (body->text != NULL)
        explicit_bzero(body->text, body->text_size); /* passwords */
    free(body->text);
    body->text = NULL;
}
