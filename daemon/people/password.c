/* SPDX-License-Identifier: Apache-2.0 */
#include "password.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct password_job {
    struct list node; /* in passwords->waiting */
    uv_work_t work;
    struct passwords *passwords;
    char text[PASSWORD_TEXT_SIZE]; /* wiped after use */
    char hash[PASSWORD_HASH_SIZE]; /* "" : make one */
    bool make, right, failed;
    password_done done;
    void *context;
};

void passwords_init(struct passwords *passwords, uv_loop_t *loop)
{
    *passwords = (struct passwords){.loop = loop};
    list_init(&passwords->waiting);
}

static void on_pool(uv_work_t *work)
{
    struct password_job *job = work->data;
    size_t n = strlen(job->text);

    if (job->hash[0] != '\0')
        job->right = crypto_pwhash_str_verify(job->hash, job->text, n) == 0;
    else
        job->failed = crypto_pwhash_str(job->hash, job->text, n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
    sodium_memzero(job->text, sizeof job->text);
}

static void on_done(uv_work_t *work, int status);

static void next(struct passwords *passwords)
{
    while (passwords->at_work < PASSWORDS_AT_ONCE && !list_empty(&passwords->waiting)) {
        struct password_job *job =
            list_entry(list_take(&passwords->waiting), struct password_job, node);

        job->work.data = job;
        passwords->at_work++;
        uv_queue_work(passwords->loop, &job->work, on_pool, on_done);
    }
}

static void on_done(uv_work_t *work, int status)
{
    struct password_job *job = work->data;
    struct passwords *passwords = job->passwords;

    (void)status;
    passwords->at_work--;
    passwords->count--;
    next(passwords);
    job->done(job->context, job->failed ? ERR_NO_MEMORY : ERR_OK, job->right,
              job->make ? job->hash : "");
    sodium_memzero(job, sizeof *job);
    free(job);
}

static enum err queue(struct passwords *passwords, struct password_job *job, const char *text)
{
    if (job == NULL)
        return ERR_NO_MEMORY;
    job->passwords = passwords;
    snprintf(job->text, sizeof job->text, "%s", text);
    list_add(&passwords->waiting, &job->node);
    passwords->count++;
    next(passwords);
    return ERR_OK;
}

enum err password_check(struct passwords *passwords, const char *text, const char *hash,
                        password_done done, void *context)
{
    struct password_job *job;

    if (passwords->count >= PASSWORDS_WAITING_MAX)
        return ERR_BUSY;
    job = calloc(1, sizeof *job);
    if (job != NULL) {
        job->done = done;
        job->context = context;
        snprintf(job->hash, sizeof job->hash, "%s", hash);
    }
    return queue(passwords, job, text);
}

enum err password_make(struct passwords *passwords, const char *text, password_done done,
                       void *context)
{
    struct password_job *job;

    if (passwords->count >= PASSWORDS_WAITING_MAX)
        return ERR_BUSY;
    job = calloc(1, sizeof *job);
    if (job != NULL) {
        job->done = done;
        job->context = context;
        job->make = true;
    }
    return queue(passwords, job, text);
}
