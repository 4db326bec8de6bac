/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes text; NULL when memory is short. */
static struct frame *frame_of(char *text, size_t size)
{
    struct frame *frame = text != NULL && size > 0 ? malloc(sizeof *frame) : NULL;

    if (frame == NULL) {
        free(text);
        return NULL;
    }
    *frame = (struct frame){.users = 1, .size = size, .text = text};
    return frame;
}

static void write_event(FILE *out, const char *name, const char *json)
{
    if (json != NULL)
        fprintf(out, "event: %s\ndata: %s\n\n", name, json);
}

/* Alone, behind the events: it counts as heard only when all of them were. */
static void write_id(FILE *out, const char *id)
{
    if (*id != '\0')
        fprintf(out, "id: %s\n\n", id);
}

struct frame *frame_create_text(const char *name, const char *json, const char *id)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = json != NULL ? open_memstream(&text, &size) : NULL;

    if (out == NULL)
        return NULL;
    write_event(out, name, json);
    write_id(out, id);
    fclose(out);
    return frame_of(text, size);
}

struct frame *frame_create(const char *name, cJSON *data, const char *id)
{
    char *json = cJSON_PrintUnformatted(data);
    struct frame *frame = frame_create_text(name, json, id);

    cJSON_free(json);
    cJSON_Delete(data);
    return frame;
}

struct frame *frame_create_log(struct news *news, const char *id)
{
    char *text = NULL;
    size_t size = 0, rows = 0;
    FILE *out = open_memstream(&text, &size);
    cJSON *row;

    if (out == NULL)
        return NULL;
    for (; (row = news_log(news)) != NULL; rows++) {
        char *json = cJSON_PrintUnformatted(row);

        write_event(out, "log", json);
        cJSON_free(json);
        cJSON_Delete(row);
    }
    if (rows > 0)
        write_id(out, id);
    fclose(out);
    return frame_of(text, size);
}

struct frame *frame_create_ping(void)
{
    char *text = strdup(": ping\n\n");

    return frame_of(text, text != NULL ? strlen(text) : 0);
}

void frame_release(struct frame *frame)
{
    if (frame == NULL || --frame->users > 0)
        return;
    free(frame->text);
    free(frame);
}
