/* SPDX-License-Identifier: Apache-2.0 */
/* What a person wants to be told, and by what way: their own rules; an admin may name whose. */
#include <stdio.h>
#include <string.h>

#include "caller.h"
#include "notices/address.h"
#include "notices/rules.h"
#include "noun_json.h"
#include "rows.h"
#include "version.h"

enum { MINUTE_MS = 60000 };

/* First in the arguments of all four. */
struct whose {
    char user[LOGIN_SIZE]; /* "": one's own */
};

#define WHOSE                                                                                      \
    {                                                                                              \
        .name = "user", .type = JSON_STRING, .offset = offsetof(struct whose, user),               \
        .size = LOGIN_SIZE, .help = "whose, by login: only an admin names others; without: yours"  \
    }
static const struct json_field whose_fields[] = {WHOSE};

/* Whose rules are meant; NULL: *text says why nobody's. A token, a tablet and the socket have none
 * of their own. */
static const struct person *subject(struct office *office, const struct caller *caller,
                                    const char *user, const char **text)
{
    struct who who = who_find(office->people, &caller->pass);
    const struct person *person;

    if (user[0] == '\0' || (who.person != NULL && strcmp(who.person->login, user) == 0)) {
        *text = "only a person who has logged in by password has notices; an admin names "
                "somebody (\"user\")";
        return who.kind == WHO_PERSON ? who.person : NULL;
    }
    person = person_find(office->people, user);
    *text = "nobody has this login: `usine user list` shows who there is";
    if (who_role(&who, NULL) >= ROLE_ADMIN)
        return person;
    *text = "only an admin sees what others want to be told";
    return NULL;
}

/* NULL: the answer was given. */
static const struct person *asker(struct office *office, const struct call *call,
                                  struct answer *answer)
{
    const struct whose *whose = call->args;
    const char *text;
    const struct person *person = subject(office, call->caller, whose->user, &text);

    if (person == NULL)
        answer_fault(answer, ERR_REFUSED, whose->user[0] != '\0' ? "user" : NULL, text, NULL);
    return person;
}

static cJSON *sites_to_json(const char *sites)
{
    cJSON *array = cJSON_CreateArray();
    char site[ID_SIZE];

    while (*sites != '\0') {
        size_t n = strcspn(sites, " ");

        snprintf(site, sizeof site, "%.*s", (int)n, sites);
        cJSON_AddItemToArray(array, cJSON_CreateString(site));
        sites += n + strspn(sites + n, " ");
    }
    return array;
}

static cJSON *rule_to_json(const struct notices *notices, const struct rule *rule)
{
    cJSON *object = cJSON_CreateObject();
    char shown[NOTICE_ADDRESS_SIZE];

    if (rule->channel == CHANNEL_MAIL)
        snprintf(shown, sizeof shown, "%s", rule->address);
    else
        address_web_shown(rule->address, shown, sizeof shown);
    cJSON_AddNumberToObject(object, "id", (double)rule->id);
    cJSON_AddStringToObject(object, "kind", notice_kind_name(rule->kind));
    cJSON_AddStringToObject(object, "channel", notice_channel_name(rule->channel));
    cJSON_AddStringToObject(object, "address", shown);
    cJSON_AddBoolToObject(object, "token", rule->token[0] != '\0');
    cJSON_AddItemToObject(object, "sites", sites_to_json(rule->sites));
    cJSON_AddNumberToObject(object, "delay_min", (double)rule->delay_ms / (double)MINUTE_MS);
    cJSON_AddStringToObject(object, "quiet", rule->quiet);
    json_add_time(object, "added", rule->added_ms);
    json_add_time(object, "last_sent", rule->sent_ms);
    json_add_text(object, "last_error", rule->error);
    cJSON_AddNumberToObject(object, "waiting", (double)rule_waiting(notices, rule));
    version_add(object, "id kind channel address token sites delay_min quiet");
    return object;
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = asker(office, call, answer);
    cJSON *items, *list;

    if (person == NULL)
        return;
    list = list_to_json(&items);
    for (const struct rule *rule = NULL;
         (rule = rule_next(office->notices, person->id, rule)) != NULL;)
        cJSON_AddItemToArray(items, rule_to_json(office->notices, rule));
    cJSON_AddBoolToObject(list, "mail", office->config->smtp.url[0] != '\0');
    cJSON_AddBoolToObject(list, "private", office->config->notices.private_allowed);
    answer_json(answer, list);
}

static cJSON *current(struct office *office, const struct asking *asking)
{
    const char *user =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asking->fields, "user"));
    const char *text;
    const struct person *person = subject(office, asking->caller, user != NULL ? user : "", &text);
    const struct rule *rule =
        person != NULL ? rule_find(office->notices, person->id, command_number(asking->id)) : NULL;

    return rule != NULL ? rule_to_json(office->notices, rule) : NULL;
}

/* ---- adding ---- */

struct notice_args {
    struct whose whose; /* first */
    char kind[8], channel[8];
    char address[NOTICE_ADDRESS_SIZE];
    char token[NOTICE_TOKEN_SIZE];
    char quiet[QUIET_SIZE];
    const cJSON *sites;
    int64_t delay_min;
};

#define AT(field) .offset = offsetof(struct notice_args, field)
#define TEXT(field) .type = JSON_STRING, AT(field), .size = sizeof((struct notice_args *)0)->field
static const struct json_field add_fields[] = {
    WHOSE,
    {.name = "kind",
     TEXT(kind),
     .required = true,
     .words = "needs down done",
     .help = "needs: a machine waits for a person; down: it does not work; done: a job is"},
    {.name = "channel",
     TEXT(channel),
     .required = true,
     .words = "mail ntfy json",
     .help = "mail, an ntfy topic, or a POST of JSON"},
    {.name = "address",
     TEXT(address),
     .required = true,
     .min = 1,
     .secret = true,
     .help = "marie@example.org, or https://ntfy.sh/my-topic; the latter is kept secret"},
    {.name = "token",
     TEXT(token),
     .secret = true,
     .help = "of a webhook: what its \"Authorization: Bearer\" is to say"},
    {.name = "sites",
     .type = JSON_ANY,
     AT(sites),
     .help = "ids of sites; without: all that you may see"},
    {.name = "delay_min",
     .type = JSON_INTEGER,
     AT(delay_min),
     .min = -1,
     .max = 1440,
     .preset = "-1",
     .help = "minutes it must have lasted; -1: as usual (needs 10, down 1, done 0)"},
    {.name = "quiet",
     TEXT(quiet),
     .help = "when nothing is sent: \"22:00-07:00\"; what is still so afterwards is told then"},
};
#undef AT
#undef TEXT
#undef WHOSE

static void on_answered(void *context, enum err err, const char *field, const char *text,
                        const struct rule *rule)
{
    struct answer *answer = context;
    cJSON *body;

    if (err == ERR_TOO_MANY) {
        answer_too_many(answer, TRIAL_MS / 1000 / TRIALS_OF_ONE, text);
    } else if (err != ERR_OK) {
        answer_fault(answer, err, field, text, NULL);
    } else {
        body = cJSON_CreateObject();
        if (rule != NULL)
            cJSON_AddNumberToObject(body, "id", (double)rule->id);
        cJSON_AddStringToObject(body, "message", text);
        answer_json(answer, body);
    }
}

static void on_added(void *context, enum err err, const char *field, const char *text,
                     const struct rule *rule)
{
    struct answer *answer = context;
    char words[256];

    snprintf(words, sizeof words, "%s%s%s", field != NULL ? field : "", field != NULL ? " " : "",
             text);
    if (err != ERR_OK)
        answer_fault(answer, err, field, words, NULL);
    else
        answer_created(answer, rule_to_json(answer->office->notices, rule));
}

/* "caen rouen" of ["caen", "rouen"]; false: it is no list of ids, or too long. */
static bool take_sites(const cJSON *list, char sites[NOTICE_SITES_SIZE])
{
    const cJSON *item;
    size_t used = 0;

    if (list != NULL && !cJSON_IsArray(list))
        return false;
    cJSON_ArrayForEach(item, list)
    {
        const char *site = cJSON_GetStringValue(item);

        if (site == NULL || strchr(site, ' ') != NULL || *site == '\0' ||
            strlen(site) + used + 2 > NOTICE_SITES_SIZE)
            return false;
        used += (size_t)snprintf(sites + used, NOTICE_SITES_SIZE - used, "%s%s",
                                 used > 0 ? " " : "", site);
    }
    return true;
}

static enum notice_kind kind_of(const char *name)
{
    enum notice_kind kind = NOTICE_NEEDS;

    while (strcmp(notice_kind_name(kind), name) != 0)
        kind++;
    return kind;
}

static enum notice_channel channel_of(const char *name)
{
    enum notice_channel channel = CHANNEL_MAIL;

    while (strcmp(notice_channel_name(channel), name) != 0)
        channel++;
    return channel;
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    static const int delays[] = {[NOTICE_NEEDS] = 10, [NOTICE_DOWN] = 1, [NOTICE_DONE] = 0};
    const struct notice_args *args = call->args;
    const struct person *person = asker(office, call, answer);
    struct rule spec = {.person = person != NULL ? person->id : 0};

    if (person == NULL)
        return;
    spec.kind = kind_of(args->kind);
    spec.channel = channel_of(args->channel);
    memcpy(spec.address, args->address, sizeof spec.address);
    memcpy(spec.token, args->token, sizeof spec.token);
    memcpy(spec.quiet, args->quiet, sizeof spec.quiet);
    spec.delay_ms = (args->delay_min >= 0 ? args->delay_min : delays[spec.kind]) * MINUTE_MS;
    if (!take_sites(args->sites, spec.sites))
        answer_fault(answer, ERR_INVALID, "sites", "sites must be a list of ids", NULL);
    else
        rule_add(office->notices, &spec, on_added, answer);
    explicit_bzero(&spec, sizeof spec);
}

static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = asker(office, call, answer);

    if (person != NULL)
        rule_remove(office->notices, person->id, command_number(call->id), on_answered, answer);
}

static void run_test(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = asker(office, call, answer);

    if (person != NULL)
        rule_try(office->notices, person->id, command_number(call->id), on_answered, answer);
}

const struct command command_notice_list = {
    .name = "notice.list",
    .route = "GET /api/v1/me/notices",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "What you want to be told, and by what way.",
    FIELDS(whose_fields),
    .args_size = sizeof(struct whose),
    .run = run_list,
};

const struct command command_notice_add = {
    .name = "notice.add",
    .route = "POST /api/v1/me/notices",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Be told by mail or webhook when something is so.",
    FIELDS(add_fields),
    .args_size = sizeof(struct notice_args),
    .creates = true,
    .run = run_add,
};

const struct command command_notice_remove = {
    .name = "notice.remove",
    .route = "DELETE /api/v1/me/notices/{id}",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Be told no more; its messages that wait go with it.",
    FIELDS(whose_fields),
    .args_size = sizeof(struct whose),
    .current = current,
    .run = run_remove,
};

const struct command command_notice_test = {
    .name = "notice.test",
    .route = "POST /api/v1/me/notices/{id}/test",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Send a test message; answered when the receiver has taken it, or not.",
    FIELDS(whose_fields),
    .args_size = sizeof(struct whose),
    .run = run_test,
};
