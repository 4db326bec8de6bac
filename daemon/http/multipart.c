/* SPDX-License-Identifier: Apache-2.0 */
/* The post processor calls on_bytes for each stretch of a part. It says where in the part that is,
 * but may begin a part twice: with nothing when the first bytes look like a boundary, then with the
 * bytes. So a part is new when the place is its beginning and the name or file name differs, or
 * bytes were seen. */
#include "multipart.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* TAKE_MAX bytes in, and what the parser held back before, make at most PIECE_SIZE bytes out. */
enum { PARSER_SIZE = 16 * 1024, TAKE_MAX = 64 * 1024, PIECE_SIZE = TAKE_MAX + PARSER_SIZE };

static enum MHD_Result fail(struct multipart *multipart, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum MHD_Result fail(struct multipart *multipart, enum err err, const char *format, ...)
{
    va_list args;

    if (multipart->err != ERR_OK)
        return MHD_NO;
    va_start(args, format);
    vsnprintf(multipart->text, sizeof multipart->text, format, args);
    va_end(args);
    multipart->err = err;
    return MHD_NO;
}

/* ---- the header ---- */

/* RFC 2046, 5.1.1; the parser takes all that follows "boundary=". */
static bool boundary_good(const char *type)
{
    static const char good[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "'()+_,-./:=? ";
    const char *boundary = strcasestr(type, "boundary=");
    size_t n;

    if (boundary == NULL)
        return false;
    boundary += strlen("boundary=");
    n = strlen(boundary);
    if (n >= 2 && boundary[0] == '"' && boundary[n - 1] == '"') {
        boundary++;
        n -= 2;
    }
    return n >= 1 && n <= 70 && strspn(boundary, good) >= n;
}

static enum MHD_Result on_bytes(void *cls, enum MHD_ValueKind kind, const char *key,
                                const char *filename, const char *type, const char *encoding,
                                const char *data, uint64_t offset, size_t size);

enum err multipart_begin(struct multipart *multipart, struct MHD_Connection *connection)
{
    const char *type = NULL;
    size_t n = 0;

    memset(multipart, 0, sizeof *multipart);
    MHD_lookup_connection_value_n(connection, MHD_HEADER_KIND, "Content-Type", 12, &type, &n);
    if (type == NULL || strlen(type) != n || strncasecmp(type, "multipart/form-data", 19) != 0)
        fail(multipart, ERR_BAD_REQUEST,
             "send the file as multipart/form-data, in a member \"file\"");
    else if (!boundary_good(type))
        fail(multipart, ERR_BAD_REQUEST, "the form's boundary is missing or not one of RFC 2046");
    if (multipart->err != ERR_OK)
        return multipart->err;
    multipart->parser = MHD_create_post_processor(connection, PARSER_SIZE, on_bytes, multipart);
    multipart->piece = malloc(PIECE_SIZE);
    multipart->members = cJSON_CreateObject();
    if (multipart->parser == NULL || multipart->piece == NULL || multipart->members == NULL)
        fail(multipart, ERR_NO_MEMORY, "out of memory: try again");
    return multipart->err;
}

/* ---- parts ---- */

static bool same_part(const struct multipart *multipart, const char *key, const char *filename)
{
    if (multipart->parts == 0 || strcmp(multipart->name, key) != 0)
        return false;
    if (multipart->in_file != (filename != NULL))
        return false;
    return filename == NULL || strcmp(multipart->value, filename) == 0;
}

/* Writes down the member that ends: a text, or the file's name. */
static enum MHD_Result keep_member(struct multipart *multipart)
{
    if (multipart->parts == 0)
        return MHD_YES;
    multipart->value[multipart->value_size] = '\0';
    if (strlen(multipart->value) != multipart->value_size)
        return fail(multipart, ERR_BAD_REQUEST, "a NUL in the member \"%s\"", multipart->name);
    cJSON_DeleteItemFromObjectCaseSensitive(multipart->members, multipart->name);
    if (cJSON_AddStringToObject(multipart->members, multipart->name, multipart->value) == NULL)
        return fail(multipart, ERR_NO_MEMORY, "out of memory: try again");
    return MHD_YES;
}

static bool encoding_plain(const char *encoding)
{
    return encoding == NULL || strcasecmp(encoding, "binary") == 0 ||
           strcasecmp(encoding, "8bit") == 0 || strcasecmp(encoding, "7bit") == 0;
}

static enum MHD_Result begin_part(struct multipart *multipart, const char *key,
                                  const char *filename)
{
    if (keep_member(multipart) == MHD_NO)
        return MHD_NO;
    if (multipart->parts++ == MULTIPART_PARTS_MAX)
        return fail(multipart, ERR_TOO_LARGE, "the form has more than %d members",
                    (int)MULTIPART_PARTS_MAX);
    if (strlen(key) > MULTIPART_NAME_MAX)
        return fail(multipart, ERR_TOO_LARGE, "a member's name is longer than %d bytes",
                    (int)MULTIPART_NAME_MAX);
    multipart->in_file = filename != NULL;
    multipart->part_size = multipart->value_size = 0;
    strcpy(multipart->name, key);
    if (filename == NULL)
        return MHD_YES;
    if (multipart->has_file)
        return fail(multipart, ERR_BAD_REQUEST, "send one file at a time");
    if (strcmp(key, "file") != 0)
        return fail(multipart, ERR_BAD_REQUEST, "the file is in \"%s\": send it in \"file\"", key);
    if (strlen(filename) > MULTIPART_VALUE_MAX)
        return fail(multipart, ERR_TOO_LARGE, "the file's name is longer than %d bytes",
                    (int)MULTIPART_VALUE_MAX);
    multipart->has_file = true;
    multipart->value_size = strlen(filename);
    strcpy(multipart->value, filename);
    return MHD_YES;
}

static enum MHD_Result add_bytes(struct multipart *multipart, const char *data, size_t size)
{
    multipart->part_size += size;
    if (multipart->in_file) {
        if (size > PIECE_SIZE - multipart->piece_size)
            return fail(multipart, ERR_INTERNAL, "more came out of the form than went in");
        memcpy(multipart->piece + multipart->piece_size, data, size);
        multipart->piece_size += size;
        return MHD_YES;
    }
    if (size > MULTIPART_VALUE_MAX - multipart->value_size)
        return fail(multipart, ERR_TOO_LARGE, "the member \"%s\" is longer than %d bytes",
                    multipart->name, (int)MULTIPART_VALUE_MAX);
    memcpy(multipart->value + multipart->value_size, data, size);
    multipart->value_size += size;
    return MHD_YES;
}

static enum MHD_Result on_bytes(void *cls, enum MHD_ValueKind kind, const char *key,
                                const char *filename, const char *type, const char *encoding,
                                const char *data, uint64_t offset, size_t size)
{
    struct multipart *multipart = cls;
    bool begins = offset == 0;

    (void)kind;
    (void)type;
    if (multipart->err != ERR_OK)
        return MHD_NO;
    if (key == NULL || !encoding_plain(encoding))
        return fail(multipart, ERR_BAD_REQUEST,
                    key == NULL ? "a member without a name" : "send the members as they are");
    if (begins && same_part(multipart, key, filename) && multipart->part_size == 0)
        begins = false;
    if (begins && begin_part(multipart, key, filename) == MHD_NO)
        return MHD_NO;
    return size > 0 ? add_bytes(multipart, data, size) : MHD_YES;
}

/* ---- the body ---- */

size_t multipart_take(struct multipart *multipart, const char *bytes, size_t n)
{
    multipart->piece_size = 0;
    if (multipart->err != ERR_OK)
        return n;
    n = n < TAKE_MAX ? n : TAKE_MAX;
    if (MHD_post_process(multipart->parser, bytes, n) == MHD_NO)
        fail(multipart, ERR_BAD_REQUEST, "the form is damaged: its parts cannot be told apart");
    return n;
}

enum err multipart_end(struct multipart *multipart)
{
    enum MHD_Result complete;

    if (multipart->err != ERR_OK)
        return multipart->err;
    complete = MHD_destroy_post_processor(multipart->parser);
    multipart->parser = NULL;
    if (complete == MHD_NO)
        fail(multipart, ERR_BAD_REQUEST, "the form ends in the middle: send it again");
    else if (!multipart->has_file)
        fail(multipart, ERR_BAD_REQUEST, "no file came: send it in the member \"file\"");
    else
        keep_member(multipart);
    return multipart->err;
}

void multipart_finish(struct multipart *multipart)
{
    if (multipart->parser != NULL)
        MHD_destroy_post_processor(multipart->parser);
    cJSON_Delete(multipart->members);
    free(multipart->piece);
    memset(multipart, 0, sizeof *multipart);
}
