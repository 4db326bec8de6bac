/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "header.h"

void message_add(struct message_text *message, const struct notice_item *item)
{
    struct notice_item *copy;

    if (message->count == MESSAGE_ITEMS) {
        message->more++;
        return;
    }
    copy = &message->items[message->count++];
    *copy = *item;
    header_clean(copy->subject);
    header_clean(copy->site);
    header_clean(copy->place);
    header_clean(copy->detail);
}

static const char *place_of(const struct notice_item *item)
{
    return item->place[0] != '\0' ? item->place : item->site;
}

static void number(char text[24], int64_t value)
{
    snprintf(text, 24, "%" PRId64, value);
}

/* ---- the title ---- */

/* The place all items share; "" : they do not. */
static const char *shared_place(const struct message_text *message)
{
    for (size_t i = 1; i < message->count; i++)
        if (strcmp(message->items[i].site, message->items[0].site) != 0)
            return "";
    return message->count > 0 ? place_of(&message->items[0]) : "";
}

void message_title(const struct message_text *message, const struct message_reader *reader,
                   char title[MESSAGE_TITLE_SIZE])
{
    static const enum words words[][2] = {
        [NOTICE_NEEDS] = {WORDS_TITLE_NEEDS, WORDS_TITLE_NEEDS_N},
        [NOTICE_DOWN] = {WORDS_TITLE_DOWN, WORDS_TITLE_DOWN_N},
        [NOTICE_DONE] = {WORDS_TITLE_DONE, WORDS_TITLE_DONE_N},
        [NOTICE_TEST] = {WORDS_TITLE_TEST, WORDS_TITLE_TEST},
    };
    int64_t count = (int64_t)message->count + message->more;
    const char *place = shared_place(message);
    char plain[MESSAGE_TITLE_SIZE], many[24];

    number(many, count);
    words_fill(plain, sizeof plain, words_of(words[message->kind][count > 1], reader->language),
               (const char *[2]){count == 1 ? message->items[0].subject : many, ""});
    if (place[0] == '\0')
        memcpy(title, plain, sizeof plain);
    else
        words_fill(title, MESSAGE_TITLE_SIZE, words_of(WORDS_AT, reader->language),
                   (const char *[2]){plain, place});
}

/* ---- the text ---- */

static void write_time(char *text, size_t size, int64_t wall_ms, const char *language)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm tm;

    localtime_r(&seconds, &tm);
    strftime(text, size, strcmp(language, "fr") == 0 ? "%d/%m %H:%M" : "%Y-%m-%d %H:%M", &tm);
}

static void print_words(FILE *out, const char *language, enum words words, const char *value)
{
    char line[400];

    words_fill(line, sizeof line, words_of(words, language), (const char *[2]){value, ""});
    fputs(line, out);
}

static void print_what(FILE *out, const struct notice_item *item, const char *language)
{
    char good[24], line[300];

    number(good, item->quantity);
    words_fill(line, sizeof line, words_of(words_what(item->what), language),
               (const char *[2]){good, item->detail});
    fputs(line, out);
}

static void print_link(FILE *out, const struct notice_item *item, const char *url)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    if (*url == '\0')
        return;
    if (item->what == WHAT_DONE)
        fprintf(out, "  %s/queue\n", url);
    else if (item->subject[strspn(item->subject, plain)] == '\0')
        fprintf(out, "  %s/machines/%s\n", url, item->subject);
}

static void print_item(FILE *out, const struct notice_item *item,
                       const struct message_reader *reader)
{
    const char *language = reader->language;
    char when[24];

    write_time(when, sizeof when, item->since_ms, language);
    if (item->what == WHAT_DONE)
        print_words(out, language, WORDS_JOB, item->subject);
    else
        fputs(item->subject, out);
    if (place_of(item)[0] != '\0')
        fprintf(out, " (%s)", place_of(item));
    fputs(strcmp(language, "fr") == 0 ? " : " : ": ", out);
    print_what(out, item, language);
    fputs(", ", out);
    print_words(out, language, WORDS_SINCE, when);
    fputs("\n  ", out);
    if (item->what != WHAT_DONE && item->detail[0] != '\0') {
        print_words(out, language, WORDS_SAYS, item->detail);
        fputs("\n  ", out);
    }
    print_words(out, language, WORDS_TO_DO, words_of(words_do(item->what), language));
    fputc('\n', out);
    print_link(out, item, reader->url);
    fputc('\n', out);
}

char *message_body(const struct message_text *message, const struct message_reader *reader)
{
    char *text = NULL, more[24];
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < message->count; i++)
        print_item(out, &message->items[i], reader);
    number(more, message->more);
    if (message->more > 0) {
        print_words(out, reader->language, WORDS_MORE, more);
        fputs("\n\n", out);
    }
    if (message->kind == NOTICE_TEST)
        fprintf(out, "%s\n\n", words_of(WORDS_TEST_DO, reader->language));
    fprintf(out, "%s\n", words_of(WORDS_FOOT, reader->language));
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

/* ---- JSON ---- */

static cJSON *item_to_json(const struct notice_item *item)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "what", notice_what_name(item->what));
    cJSON_AddStringToObject(object, item->what == WHAT_DONE ? "job" : "machine", item->subject);
    cJSON_AddStringToObject(object, "site", item->site);
    cJSON_AddStringToObject(object, "place", item->place);
    cJSON_AddNumberToObject(object, "since_ms", (double)item->since_ms);
    cJSON_AddStringToObject(object, "detail", item->detail);
    cJSON_AddNumberToObject(object, "quantity", (double)item->quantity);
    return object;
}

static cJSON *items_to_json(const struct message_text *message)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *items = cJSON_AddArrayToObject(object, "items");

    cJSON_AddStringToObject(object, "kind", notice_kind_name(message->kind));
    for (size_t i = 0; i < message->count; i++)
        cJSON_AddItemToArray(items, item_to_json(&message->items[i]));
    cJSON_AddNumberToObject(object, "more", (double)message->more);
    return object;
}

cJSON *message_to_json(const struct message_text *message, const struct message_reader *reader)
{
    char title[MESSAGE_TITLE_SIZE];
    char *body = message_body(message, reader);
    cJSON *object = items_to_json(message), *item;

    message_title(message, reader, title);
    cJSON_AddStringToObject(object, "title", title);
    cJSON_AddStringToObject(object, "text", body);
    cJSON_AddStringToObject(object, "language", reader->language);
    cJSON_AddStringToObject(object, "link", reader->url);
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(object, "items"))
    {
        char since[CLOCK_TEXT_SIZE];
        double ms = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(item, "since_ms"));

        cJSON_AddStringToObject(item, "since", clock_text(since, (int64_t)ms));
        cJSON_DeleteItemFromObjectCaseSensitive(item, "since_ms");
    }
    free(body);
    return object;
}

char *message_print(const struct message_text *message)
{
    cJSON *object = items_to_json(message);
    char *text = cJSON_PrintUnformatted(object);

    cJSON_Delete(object);
    return text;
}

struct kept {
    char what[16];
    char machine[64], job[64], site[64], place[128], detail[160];
    int64_t since_ms, quantity;
};

static void parse_item(struct message_text *message, const cJSON *object)
{
#define TEXT(field)                                                                                \
    {                                                                                              \
        .name = #field, .type = JSON_STRING, .offset = offsetof(struct kept, field),               \
        .size = sizeof((struct kept *)0)->field                                                    \
    }
#define WHOLE(field)                                                                               \
    {                                                                                              \
        .name = #field, .type = JSON_INTEGER, .offset = offsetof(struct kept, field)               \
    }
    static const struct json_field fields[] = {TEXT(what),      TEXT(machine),  TEXT(job),
                                               TEXT(site),      TEXT(place),    TEXT(detail),
                                               WHOLE(since_ms), WHOLE(quantity)};
#undef TEXT
#undef WHOLE
    const struct json_table table = {fields, sizeof fields / sizeof *fields, sizeof(struct kept)};
    struct notice_item item = {0};
    struct json_fault fault;
    struct kept kept;

    if (json_read(object, &table, &kept, &fault) != ERR_OK)
        return;
    item.what = notice_what_of(kept.what);
    if (item.what == WHAT_COUNT)
        return;
    memcpy(item.subject, item.what == WHAT_DONE ? kept.job : kept.machine, sizeof item.subject);
    memcpy(item.site, kept.site, sizeof item.site);
    memcpy(item.place, kept.place, sizeof item.place);
    memcpy(item.detail, kept.detail, sizeof item.detail);
    item.since_ms = kept.since_ms;
    item.quantity = kept.quantity;
    message_add(message, &item);
}

struct kept_list {
    const cJSON *items, *kind; /* what kind it is, the owner of the text knows */
    int64_t more;
};

void message_parse(struct message_text *message, const char *text)
{
    static const struct json_field fields[] = {
        {.name = "items", .type = JSON_ANY, .offset = offsetof(struct kept_list, items)},
        {.name = "kind", .type = JSON_ANY, .offset = offsetof(struct kept_list, kind)},
        {.name = "more", .type = JSON_INTEGER, .offset = offsetof(struct kept_list, more)},
    };
    const struct json_table table = {fields, sizeof fields / sizeof *fields,
                                     sizeof(struct kept_list)};
    struct json_fault fault;
    struct kept_list kept;
    size_t at;
    cJSON *object = json_parse(text, strlen(text), &at);
    const cJSON *item;

    message->count = 0;
    message->more = 0;
    if (object != NULL && json_read(object, &table, &kept, &fault) == ERR_OK) {
        cJSON_ArrayForEach(item, kept.items) parse_item(message, item);
        message->more += kept.more > 0 ? kept.more : 0;
    }
    cJSON_Delete(object);
}
