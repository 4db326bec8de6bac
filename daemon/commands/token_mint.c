/* SPDX-License-Identifier: Apache-2.0 */
#include "token_mint.h"

#include <stdlib.h>
#include <string.h>

#include "day_time.h"
#include "office.h"
#include "people_json.h"

struct minting {
    struct answer *answer;
    cJSON *(*show)(const struct answer *answer, const struct token *token, const char *secret);
    char secret[SECRET_TEXT_SIZE];
};

static const struct token *token_of(struct people *people, const char *secret)
{
    struct secret_hash hash = secret_hash("", secret);
    const struct token *token = token_next(people, NULL, NULL);

    while (token != NULL && !secret_same(&token->hash, &hash))
        token = token_next(people, NULL, token);
    return token;
}

static void on_added(void *context, enum err err, const char *text)
{
    struct minting *minting = context;
    struct answer *answer = minting->answer;
    const struct token *token = token_of(answer->office->people, minting->secret);

    if (err != ERR_OK || token == NULL)
        answer_fail(answer, err != ERR_OK ? err : ERR_NOT_FOUND, "%s", text);
    else
        answer_created(answer, minting->show(answer, token, minting->secret));
    explicit_bzero(minting, sizeof *minting);
    free(minting);
}

void token_mint(struct answer *answer, const struct token *spec,
                cJSON *(*show)(const struct answer *answer, const struct token *token,
                               const char *secret))
{
    struct minting *minting = calloc(1, sizeof *minting);

    if (minting == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    minting->answer = answer;
    minting->show = show;
    token_add(answer->office->people, spec, minting->secret, on_added, minting);
}

bool token_expiry(struct answer *answer, const char *text, int64_t *expires_ms)
{
    *expires_ms = 0;
    if (*text != '\0' && !day_time_parse(text, expires_ms)) {
        answer_fault(answer, ERR_INVALID, "expires", "write 2026-12-31 or 2026-12-31T18:00:00Z",
                     NULL);
        return false;
    }
    if (*expires_ms == 0 || *expires_ms > clock_wall(answer->office->clock))
        return true;
    answer_fault(answer, ERR_INVALID, "expires", "this is in the past", NULL);
    return false;
}

bool token_roles(struct answer *answer, enum role role, const cJSON *sites, struct roles *roles)
{
    cJSON *given = roles_given(role, sites);
    char text[160];
    enum err err = roles_from_json(answer->office, given, roles, text, sizeof text);

    cJSON_Delete(given);
    if (err != ERR_OK)
        answer_fault(answer, err, "sites", text, NULL);
    return err == ERR_OK;
}
