/* SPDX-License-Identifier: Apache-2.0 */
/* Who -> role at the place a row is about -> yes or no. The checks come in this order: somebody at
 * all; a token of a kind that may use the row; the role; the page's own token (CSRF); a password
 * just given. */
#include "access.h"

#include <stdio.h>
#include <string.h>

#include "queue/declaration.h"
#include "queue/job.h"
#include "queue/roster.h"
#include "queue/run.h"

static bool reads(const struct command *command)
{
    return strncmp(command->route, "GET ", 4) == 0;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool has_field(const struct command *command, const char *name)
{
    for (size_t i = 0; i < command->field_count; i++)
        if (strcmp(command->fields[i].name, name) == 0)
            return true;
    return false;
}

/* ---- the place ---- */

/* The role at a place, of which there may be several: the least of all. */
struct where {
    const struct who *who;
    enum role role;
    size_t count;
    char site[ID_SIZE]; /* the last one */
};

/* site NULL: all sites. */
static void add_site(struct where *where, const char *site)
{
    enum role role = who_role(where->who, site);

    where->role = where->count == 0 || role < where->role ? role : where->role;
    where->count++;
    snprintf(where->site, sizeof where->site, "%s", site != NULL ? site : "");
}

static void add_field(struct where *where, const cJSON *fields)
{
    const cJSON *site = cJSON_GetObjectItemCaseSensitive(fields, "site");
    const cJSON *sites = cJSON_GetObjectItemCaseSensitive(fields, "sites");
    const cJSON *item;

    if (cJSON_IsString(site) && site->valuestring[0] != '\0')
        add_site(where, site->valuestring);
    if (sites != NULL && cJSON_GetArraySize(sites) == 0)
        add_site(where, NULL); /* an empty list says: all */
    cJSON_ArrayForEach(item, sites) add_site(where, cJSON_GetStringValue(item));
}

enum where_kind {
    ANYWHERE,
    EVERYWHERE,
    AT_MACHINE,
    AT_RUN,
    AT_JOB,
    AT_MAKER,
    AT_DECLARATION,
    AT_SITES
};

/* Paths whose {id} is of something that belongs to sites. */
static const struct {
    const char *path;
    enum where_kind kind;
} placed[] = {
    {"/api/v1/machines/{id}", AT_MACHINE},
    {"/api/v1/runs/{id}", AT_RUN},
    {"/api/v1/jobs/{id}", AT_JOB},
    {"/api/v1/makers/{id}", AT_MAKER},
    {"/api/v1/declarations/{id}", AT_DECLARATION},
};

static enum where_kind where_of(const struct command *command)
{
    const char *path = strchr(command->route, ' ') + 1;

    if (command->place == PLACE_EVERYWHERE)
        return EVERYWHERE;
    if (command->place == PLACE_ANYWHERE || (reads(command) && command->role <= ROLE_VIEWER))
        return ANYWHERE;
    for (size_t i = 0; i < sizeof placed / sizeof *placed; i++)
        if (begins(path, placed[i].path))
            return placed[i].kind;
    return has_field(command, "site") || has_field(command, "sites") ? AT_SITES : EVERYWHERE;
}

const char *access_where(const struct command *command)
{
    static const char *const names[] = {"anywhere", "everywhere", "machine",     "run",
                                        "job",      "maker",      "declaration", "sites"};

    return names[where_of(command)];
}

static bool add_job(struct office *office, int64_t id, struct where *where)
{
    const struct job *job = queue_job_find(office->queue, id);

    for (size_t i = 0; job != NULL && i < job->site_count; i++)
        add_site(where, job->sites[i]);
    if (job != NULL && job->site_count == 0)
        add_site(where, NULL);
    return job != NULL;
}

static bool add_maker(struct office *office, int64_t id, struct where *where)
{
    const struct token *token = token_maker(office->people, id);

    for (size_t i = 0; token != NULL && i < token->roles.count; i++)
        add_site(where, token->roles.sites[i].site);
    if (token != NULL && token->roles.count == 0)
        add_site(where, NULL);
    return token != NULL;
}

static bool add_declaration(struct office *office, int64_t id, struct where *where)
{
    const struct declaration_row *row = queue_declaration(office->queue, id);

    if (row != NULL)
        add_site(where, row->site);
    return row != NULL;
}

/* Adds the sites of what id names. False: there is no such thing. */
static bool find_sites(struct office *office, enum where_kind kind, const char *id,
                       struct where *where)
{
    const struct machine_view *view = NULL;
    const struct run *run;

    if (kind == AT_JOB)
        return add_job(office, command_number(id), where);
    if (kind == AT_MAKER)
        return add_maker(office, command_number(id), where);
    if (kind == AT_DECLARATION)
        return add_declaration(office, command_number(id), where);
    if (kind == AT_MACHINE) {
        view = queue_view(office->queue, id);
    } else {
        run = queue_run_find(office->queue, command_number(id));
        view = run != NULL ? queue_view(office->queue, run->machine) : NULL;
    }
    if (view != NULL)
        add_site(where, view->site);
    return view != NULL;
}

/* Whoever has the row's role at one site may ask, but has no higher role than holds everywhere. */
static enum role anywhere(const struct who *who, const struct command *command)
{
    enum role all = who_role(who, NULL);
    enum role best = who_role_anywhere(who);

    if (best < command->role)
        return best;
    return all > command->role ? all : command->role;
}

/* asking->fields NULL: they are not known yet, and the sites they name may be any. */
static enum role role_here(struct office *office, const struct command *command,
                           const struct asking *asking, struct access *access)
{
    struct where where = {.who = &access->who};
    enum where_kind kind = where_of(command);

    if (kind == EVERYWHERE)
        return who_role(&access->who, NULL);
    if (kind == AT_SITES && asking->fields == NULL)
        return anywhere(&access->who, command);
    if (kind == ANYWHERE || (kind != AT_SITES && !find_sites(office, kind, asking->id, &where)))
        return anywhere(&access->who, command); /* the command says that there is no such thing */
    if (has_field(command, "site") || has_field(command, "sites"))
        add_field(&where, asking->fields);
    if (where.count == 1)
        memcpy(access->site, where.site, sizeof access->site);
    return where.count > 0 ? where.role : who_role(&access->who, NULL);
}

/* ---- yes or no ---- */

static bool refuse(struct access *access, enum err err, const char *text)
{
    access->err = err;
    snprintf(access->text, sizeof access->text, "%s", text);
    return false;
}

static bool refuse_nobody(struct office *office, struct access *access)
{
    if (!people_has_admin(office->people))
        return refuse(access, ERR_NO_ADMIN, err_words(ERR_NO_ADMIN));
    if (access->caller->pass.has_token)
        return refuse(access, ERR_UNAUTHORIZED,
                      "this token is not valid: it has expired, was revoked, or never was");
    return refuse(access, ERR_UNAUTHORIZED, "log in first");
}

static bool refuse_role(const struct command *command, struct access *access)
{
    char text[sizeof access->text];

    if (access->who.kind == WHO_TABLET)
        return refuse(access, ERR_PIN, err_words(ERR_PIN));
    if (command->role == ROLE_UNSET)
        return refuse(access, ERR_FORBIDDEN, "only over the socket");
    snprintf(text, sizeof text, "this needs the role %s%s%s", role_name(command->role),
             access->site[0] != '\0' ? " at " : "", access->site);
    return refuse(access, ERR_FORBIDDEN, text);
}

static bool has_cookie(const struct who *who)
{
    return who->session != NULL || who->tablet != NULL;
}

/* A page of ours can read the text and send it; a page of others can make a browser send only the
 * cookie. */
static bool csrf_good(const struct access *access)
{
    const struct caller *caller = access->caller;
    const char *wanted = access->who.session != NULL ? caller->session_csrf : caller->tablet_csrf;
    struct secret_hash a = secret_hash("", wanted), b = secret_hash("", caller->csrf);

    return wanted[0] != '\0' && secret_same(&a, &b);
}

/* All that does not depend on the place. */
static bool check_kind(struct office *office, const struct command *command, struct access *access)
{
    const struct who *who = &access->who;

    if (who->kind == WHO_NOBODY)
        return refuse_nobody(office, access);
    if (who->kind == WHO_TOKEN && who->token->kind != TOKEN_API &&
        (command->links & (1u << who->token->kind)) == 0)
        return refuse(access, ERR_FORBIDDEN, "a token of this kind may not do this");
    if (command->fresh && who->kind == WHO_TOKEN)
        return refuse(access, ERR_FORBIDDEN,
                      "a token may not do this: log in, or use the socket on the computer itself");
    return true;
}

/* Where a hand is needed at once, a tablet does not ask whose it is. */
static enum role least_role(const struct command *command, const struct who *who)
{
    return command->tablet && who->kind == WHO_TABLET ? ROLE_VIEWER : command->role;
}

bool access_may(struct office *office, const struct command *command, const struct asking *asking,
                struct access *access)
{
    if (command->role == ROLE_ANYONE || access->who.kind == WHO_LOCAL) {
        access->role = who_role(&access->who, NULL);
        return true;
    }
    if (!check_kind(office, command, access))
        return false;
    access->role = role_here(office, command, asking, access);
    if (command->role == ROLE_UNSET || access->role < least_role(command, &access->who))
        return refuse_role(command, access);
    if (!reads(command) && has_cookie(&access->who) && !csrf_good(access))
        return refuse(access, ERR_CSRF, err_words(ERR_CSRF));
    if (command->fresh && !who_fresh(&access->who, clock_wall(office->clock)))
        return refuse(access, ERR_REAUTHENTICATE, err_words(ERR_REAUTHENTICATE));
    return true;
}

void access_find(struct office *office, const struct caller *caller, struct access *access)
{
    memset(access, 0, sizeof *access);
    access->caller = caller;
    access->who = who_find(office->people, &caller->pass);
    if (access->who.kind == WHO_LOCAL)
        snprintf(access->name, sizeof access->name, "%s", caller->by);
    else
        who_name(&access->who, access->name);
    if (access->who.session != NULL)
        session_touch(office->people, access->who.session);
}

void access_refuse(const struct access *access, struct answer *answer)
{
    answer_fail(answer, access->err, "%s", access->text);
}

bool access_special(struct office *office, const struct caller *caller, enum role role,
                    struct answer *answer)
{
    const struct command any = {.role = role};
    struct access access;

    answer->office = office;
    access_find(office, caller, &access);
    if (role == ROLE_ANYONE)
        return true;
    if (check_kind(office, &any, &access)) {
        if (who_role_anywhere(&access.who) >= role)
            return true;
        refuse_role(&any, &access);
    }
    access_refuse(&access, answer);
    return false;
}

bool access_holds(struct office *office, const struct caller *caller)
{
    struct who who = who_find(office->people, &caller->pass);

    return who_role_anywhere(&who) >= ROLE_VIEWER;
}

bool access_has_admin(const struct office *office)
{
    return people_has_admin(office->people);
}
