/* SPDX-License-Identifier: Apache-2.0 */
#include "mailbox.h"

static void deliver(struct mailbox *mailbox)
{
    struct list taken;
    struct list *node;

    list_init(&taken);
    uv_mutex_lock(&mailbox->mutex);
    list_move(&taken, &mailbox->waiting);
    uv_mutex_unlock(&mailbox->mutex);
    while ((node = list_take(&taken)) != NULL)
        mailbox->on_message(mailbox->owner, list_entry(node, struct message, node));
}

static void on_async(uv_async_t *async)
{
    deliver(async->data);
}

int mailbox_init(struct mailbox *mailbox, uv_loop_t *loop,
                 void (*on_message)(void *owner, struct message *message), void *owner)
{
    int rc = uv_mutex_init(&mailbox->mutex);

    if (rc != 0)
        return rc;
    list_init(&mailbox->waiting);
    mailbox->on_message = on_message;
    mailbox->owner = owner;
    mailbox->closed = false;
    mailbox->async.data = mailbox;
    rc = uv_async_init(loop, &mailbox->async, on_async);
    if (rc != 0)
        uv_mutex_destroy(&mailbox->mutex);
    return rc;
}

bool mailbox_post(struct mailbox *mailbox, struct message *message)
{
    bool open;

    uv_mutex_lock(&mailbox->mutex);
    open = !mailbox->closed;
    if (open) {
        list_add(&mailbox->waiting, &message->node);
        uv_async_send(&mailbox->async); /* within the lock: never after uv_close */
    }
    uv_mutex_unlock(&mailbox->mutex);
    return open;
}

void mailbox_close(struct mailbox *mailbox)
{
    uv_mutex_lock(&mailbox->mutex);
    mailbox->closed = true;
    uv_mutex_unlock(&mailbox->mutex);
    deliver(mailbox);
    uv_close((uv_handle_t *)&mailbox->async, NULL);
}

void mailbox_finish(struct mailbox *mailbox)
{
    uv_mutex_destroy(&mailbox->mutex);
}
