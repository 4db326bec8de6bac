/* SPDX-License-Identifier: Apache-2.0 */
/* Blocking a lot, so that nothing of it is used, and releasing it. */
#include <stdio.h>
#include <string.h>

#include "noun_json.h"
#include "queue/quarantine.h"
#include "rows.h"

struct word_args {
    char reason[160];
    bool with_assembled;
};

#define WORD_FIELDS(why, kits)                                                                     \
    {                                                                                              \
        {.name = "reason",                                                                         \
         .type = JSON_STRING,                                                                      \
         .offset = offsetof(struct word_args, reason),                                             \
         .size = 160,                                                                              \
         .required = true,                                                                         \
         .min = 1,                                                                                 \
         .help = (why)},                                                                           \
            {.name = "with_assembled",                                                             \
             .type = JSON_BOOLEAN,                                                                 \
             .offset = offsetof(struct word_args, with_assembled),                                 \
             .preset = "false",                                                                    \
             .help = (kits)},                                                                      \
    }

static const struct json_field block_fields[] =
    WORD_FIELDS("why, for those who find it blocked",
                "also the kits that pieces of it went into, and what those went into");
static const struct json_field release_fields[] =
    WORD_FIELDS("why it may be used after all",
                "also the kits that pieces of it went into, as far as they are blocked");

#undef WORD_FIELDS

static void on_said(void *context, enum err err, const char *text, int64_t id)
{
    (void)id;
    answer_act(context, err, text, (struct answer_done){201, 0});
}

static void say(struct office *office, const struct call *call, bool release, struct answer *answer)
{
    const struct word_args *args = call->args;
    struct quarantine_ask ask = {.release = release, .kits = args->with_assembled};

    snprintf(ask.lot, sizeof ask.lot, "%s", call->id);
    snprintf(ask.by, sizeof ask.by, "%s", call->by);
    memcpy(ask.reason, args->reason, sizeof ask.reason);
    queue_quarantine(office->queue, &ask, on_said, answer);
}

static void run_block(struct office *office, const struct call *call, struct answer *answer)
{
    say(office, call, false, answer);
}

static void run_release(struct office *office, const struct call *call, struct answer *answer)
{
    say(office, call, true, answer);
}

const struct command command_lot_block = {
    .name = "lot.block",
    .route = "POST /api/v1/lots/{id}/block",
    .role = ROLE_COORDINATOR,
    .help =
        "Block a lot: its pieces are not put together, worked on by hand, moved or shipped, and "
        "orders get others in their place. Of a spool: the lots made of it.",
    FIELDS(block_fields),
    .args_size = sizeof(struct word_args),
    .creates = true,
    .run = run_block,
};

const struct command command_lot_release = {
    .name = "lot.release",
    .route = "POST /api/v1/lots/{id}/release",
    .role = ROLE_COORDINATOR,
    .help = "Release a blocked lot: its pieces may be used again.",
    FIELDS(release_fields),
    .args_size = sizeof(struct word_args),
    .creates = true,
    .run = run_release,
};
