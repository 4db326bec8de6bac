/* SPDX-License-Identifier: Apache-2.0 */
#include "declared_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "paging.h"
#include "production/declared.h"
#include "production/kits.h"
#include "production/ledger.h"
#include "store/store.h"
#include "version.h"

static void add_words(cJSON *list, const char *words)
{
    char word[ID_SIZE];

    while (*words != '\0') {
        int n = (int)strcspn(words, " ");

        snprintf(word, sizeof word, "%.*s", n, words);
        cJSON_AddItemToArray(list, cJSON_CreateString(word));
        words += n;
        words += strspn(words, " ");
    }
}

cJSON *maker_to_json(const struct token *token)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *sites;

    cJSON_AddNumberToObject(object, "id", (double)token->id);
    json_add_text(object, "name", token->name);
    json_add_text(object, "contact", token->contact);
    sites = cJSON_AddArrayToObject(object, "sites");
    for (size_t i = 0; i < token->roles.count; i++)
        cJSON_AddItemToArray(sites, cJSON_CreateString(token->roles.sites[i].site));
    add_words(cJSON_AddArrayToObject(object, "parts"), token->parts);
    json_add_time(object, "created", token->created_ms);
    json_add_text(object, "by", token->by);
    json_add_time(object, "expires", token->expires_ms);
    json_add_time(object, "used", token->used_ms);
    version_add(object, "id name sites parts expires");
    return object;
}

cJSON *declaration_to_json(const struct declaration_row *row, bool site)
{
    cJSON *object = cJSON_CreateObject();
    char day[11];

    ledger_day_text(row->made_day, day);
    cJSON_AddNumberToObject(object, "id", (double)row->id);
    if (site) {
        cJSON_AddNumberToObject(object, "maker", (double)row->maker);
        json_add_text(object, "name", row->name);
    }
    cJSON_AddStringToObject(object, "part", row->part);
    cJSON_AddStringToObject(object, "site", row->site);
    cJSON_AddNumberToObject(object, "quantity", (double)row->quantity);
    cJSON_AddStringToObject(object, "made", day);
    json_add_text(object, "material", row->material);
    json_add_text(object, "note", row->note);
    cJSON_AddStringToObject(object, "lot", row->lot);
    json_add_time(object, "at", row->at_ms);
    cJSON_AddStringToObject(object, "state", declaration_state_name(row->state));
    cJSON_AddNumberToObject(object, "good", (double)row->good);
    cJSON_AddNumberToObject(object, "scrap", (double)row->scrap);
    json_add_text(object, "reason", row->reason);
    json_add_time(object, "closed", row->closed_ms);
    if (site)
        json_add_text(object, "by", row->by);
    return object;
}

/* ---- what a link is for ---- */

static void add_named(cJSON *list, const char *id, const char *name, const char *town)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddStringToObject(item, "id", id);
    json_add_text(item, "name", *name != '\0' ? name : id);
    if (town != NULL)
        json_add_text(item, "town", town);
    cJSON_AddItemToArray(list, item);
}

void declared_add_choice(cJSON *object, const struct office *office, const struct token *token)
{
    const struct config *config = office->config;
    cJSON *parts = cJSON_AddArrayToObject(object, "parts");
    cJSON *sites = cJSON_AddArrayToObject(object, "sites");

    for (size_t i = 0; i < kits_items(config); i++) {
        const char *id = kits_item_id(config, i);
        const struct config_part *part = kits_part(config, i);

        if (declared_makes(token->parts, id))
            add_named(parts, id, part != NULL ? part->name : config_product(config, id)->name,
                      NULL);
    }
    for (size_t i = 0; i < config->site_count; i++)
        if (roles_at(&token->roles, config->sites[i].id) >= ROLE_VIEWER)
            add_named(sites, config->sites[i].id, config->sites[i].name, config->sites[i].town);
}

/* ---- lists ---- */

struct listing {
    struct store_work work; /* first */
    struct answer *answer;
    struct declared_asking asking;
    struct paging paging;
};

static void take_row(void *context, const struct declaration_row *row)
{
    struct listing *listing = context;

    if (paging_takes(&listing->paging, row->id))
        cJSON_AddItemToArray(listing->paging.items,
                             declaration_to_json(row, listing->asking.for_site));
}

static enum err apply(struct store_work *work, struct db *db)
{
    struct listing *listing = (struct listing *)(void *)work;
    const struct declared_asking *asking = &listing->asking;
    struct declaration_range range = {.before = asking->before > 0 ? asking->before : INT64_MAX,
                                      .limit = asking->limit + 1,
                                      .maker = asking->maker,
                                      .site = asking->site,
                                      .waiting = asking->waiting};

    paging_begin(&listing->paging, 0, asking->limit);
    return store_declaration_page(db, &range, take_row, listing);
}

static void done(struct store_work *work, enum err err, const char *text)
{
    struct listing *listing = (struct listing *)(void *)work;
    cJSON *list = paging_end(&listing->paging), *more = listing->asking.more;

    if (err != ERR_OK) {
        cJSON_Delete(list);
        cJSON_Delete(more);
        answer_fail(listing->answer, err, "%s", text);
    } else if (more == NULL) {
        answer_json(listing->answer, list);
    } else {
        cJSON_AddItemToObject(more, "items", cJSON_DetachItemFromObject(list, "items"));
        cJSON_Delete(list);
        answer_json(listing->answer, more);
    }
    free(listing);
}

void declared_answer_list(struct office *office, const struct declared_asking *asking,
                          struct answer *answer)
{
    struct listing *listing = calloc(1, sizeof *listing);

    if (listing == NULL) {
        cJSON_Delete(asking->more);
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    listing->answer = answer;
    listing->asking = *asking;
    listing->work.apply = apply;
    listing->work.done = done;
    store_read(queue_store(office->queue), &listing->work);
}
