/* SPDX-License-Identifier: Apache-2.0 */
/* One libcurl multi handle on a thread of its own: libcurl says QUIT to a mail server and waits for
 * its answer, which would stop a loop that others live on. Every transfer has a limit, and nothing
 * is kept open afterwards. */
#include "post.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "delivery.h"

enum { POLL_MS = 10000 };

struct post {
    struct mailbox *back; /* borrowed */
    CURLM *multi;         /* the thread's, but for curl_multi_wakeup */
    uv_thread_t thread;
    uv_mutex_t mutex;
    struct list waiting;    /* struct letter; guarded by mutex */
    bool stopping;          /* guarded by mutex */
    struct list deliveries; /* the thread's */
    int running;
    struct letter last; /* its last word */
};

static struct letter *letter_of(struct list *node)
{
    return list_entry(node, struct letter, message.node);
}

static void give_back(struct post *post, struct letter *letter)
{
    if (!mailbox_post(post->back, &letter->message))
        letter_free(letter); /* nobody listens any more */
}

static void take_up(struct post *post, struct letter *letter)
{
    struct delivery *delivery = delivery_begin(letter);

    if (delivery == NULL) {
        give_back(post, letter); /* it says why */
        return;
    }
    if (curl_multi_add_handle(post->multi, delivery->easy) != CURLM_OK) {
        delivery_end(delivery, CURLE_OUT_OF_MEMORY);
        give_back(post, letter);
        return;
    }
    list_add(&post->deliveries, &delivery->node);
    post->running++;
}

/* The thread waits for nothing but this. False: it shall stop. */
static bool take_letters(struct post *post)
{
    bool stopping;

    uv_mutex_lock(&post->mutex);
    stopping = post->stopping;
    while (!stopping && post->running < POST_AT_ONCE && !list_empty(&post->waiting)) {
        struct letter *letter = letter_of(list_take(&post->waiting));

        uv_mutex_unlock(&post->mutex);
        take_up(post, letter);
        uv_mutex_lock(&post->mutex);
        stopping = post->stopping;
    }
    uv_mutex_unlock(&post->mutex);
    return !stopping;
}

static void finish(struct post *post, struct delivery *delivery, CURLcode code)
{
    struct letter *letter = delivery->letter;

    list_remove(&delivery->node);
    curl_multi_remove_handle(post->multi, delivery->easy);
    post->running--;
    delivery_end(delivery, code);
    give_back(post, letter);
}

static void finish_those_done(struct post *post)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(post->multi, &left)) != NULL) {
        char *owner = NULL;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        finish(post, (struct delivery *)(void *)owner, message->data.result);
    }
}

static void end(struct post *post)
{
    struct list *node;

    while (!list_empty(&post->deliveries))
        finish(post, list_entry(post->deliveries.next, struct delivery, node),
               CURLE_ABORTED_BY_CALLBACK);
    uv_mutex_lock(&post->mutex);
    while ((node = list_take(&post->waiting)) != NULL)
        give_back(post, letter_of(node));
    uv_mutex_unlock(&post->mutex);
    mailbox_post(post->back, &post->last.message);
}

static void run_thread(void *arg)
{
    struct post *post = arg;
    int running;

    while (take_letters(post)) {
        curl_multi_perform(post->multi, &running);
        finish_those_done(post);
        curl_multi_poll(post->multi, NULL, 0, POLL_MS, NULL);
    }
    end(post);
}

static void free_post(struct post *post)
{
    curl_multi_cleanup(post->multi);
    uv_mutex_destroy(&post->mutex);
    free(post);
    curl_global_cleanup();
}

struct post *post_start(struct mailbox *back)
{
    struct post *post = calloc(1, sizeof *post);

    if (post == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(post);
        return NULL;
    }
    post->back = back;
    post->last.parcel = POST_ENDED;
    list_init(&post->waiting);
    list_init(&post->deliveries);
    uv_mutex_init(&post->mutex);
    post->multi = curl_multi_init();
    if (post->multi != NULL && uv_thread_create(&post->thread, run_thread, post) == 0)
        return post;
    free_post(post);
    return NULL;
}

void post_send(struct post *post, struct letter *letter)
{
    uv_mutex_lock(&post->mutex);
    list_add(&post->waiting, &letter->message.node);
    uv_mutex_unlock(&post->mutex);
    curl_multi_wakeup(post->multi);
}

void post_stop(struct post *post)
{
    uv_mutex_lock(&post->mutex);
    post->stopping = true;
    uv_mutex_unlock(&post->mutex);
    curl_multi_wakeup(post->multi);
}

void post_join(struct post *post)
{
    uv_thread_join(&post->thread);
    free_post(post);
}

void letter_free(struct letter *letter)
{
    explicit_bzero(letter->token, sizeof letter->token);
    free(letter->body);
    free(letter);
}
