/* SPDX-License-Identifier: Apache-2.0 */
#include "store_audit.h"

#include <stdio.h>
#include <string.h>

#include "query_run.h"

/* Each with its length before it, so that nothing can be moved from one member to the next. */
static void feed(struct hash *hash, const char *text)
{
    char length[24];

    snprintf(length, sizeof length, "%zu:", strlen(text));
    hash_feed(hash, length, strlen(length));
    hash_feed(hash, text, strlen(text));
}

static enum err chain(const struct audit_row *row, const char *before, char text[HASH_TEXT_SIZE])
{
    struct hash hash;
    char numbers[80];
    enum err err = hash_begin(&hash);

    if (err != ERR_OK)
        return err;
    snprintf(numbers, sizeof numbers, "%lld %lld %lld", (long long)row->seq, (long long)row->at_ms,
             (long long)row->status);
    feed(&hash, before);
    feed(&hash, numbers);
    feed(&hash, row->who);
    feed(&hash, row->via);
    feed(&hash, row->address);
    feed(&hash, row->command);
    feed(&hash, row->object);
    feed(&hash, row->site);
    feed(&hash, row->outcome);
    feed(&hash, row->detail);
    hash_end(&hash, text);
    return ERR_OK;
}

static enum err last(struct db *db, int64_t *seq, char hash[HASH_TEXT_SIZE])
{
    struct query query;

    *seq = 0;
    hash[0] = '\0';
    query_begin(&query, db, SQL_AUDIT_LAST);
    if (query_step(&query) == STEP_ROW) {
        *seq = query_get_int(&query, 0);
        query_get_text(&query, 1, hash, HASH_TEXT_SIZE);
    }
    return query_finish(&query);
}

enum err store_audit_add(struct db *db, struct audit_row *row)
{
    char before[HASH_TEXT_SIZE];
    int64_t known = row->seq;
    struct query query;
    enum err err = last(db, &row->seq, before);

    row->seq = (row->seq < known ? known : row->seq) + 1;
    if (err == ERR_OK)
        err = chain(row, before, row->hash);
    if (err != ERR_OK)
        return err;
    query_begin(&query, db, SQL_AUDIT_ADD);
    query_int(&query, row->seq);
    query_int(&query, row->at_ms);
    query_text(&query, row->who);
    query_text(&query, row->via);
    query_text(&query, row->address);
    query_text(&query, row->command);
    query_text(&query, row->object);
    query_text(&query, row->site);
    query_int(&query, row->status);
    query_text(&query, row->outcome);
    query_text(&query, row->detail);
    query_text(&query, row->hash);
    return query_finish(&query);
}

static void read_row(const struct query *query, struct audit_row *row)
{
    row->seq = query_get_int(query, 0);
    row->at_ms = query_get_int(query, 1);
    query_get_text(query, 2, row->who, sizeof row->who);
    query_get_text(query, 3, row->via, sizeof row->via);
    query_get_text(query, 4, row->address, sizeof row->address);
    query_get_text(query, 5, row->command, sizeof row->command);
    query_get_text(query, 6, row->object, sizeof row->object);
    query_get_text(query, 7, row->site, sizeof row->site);
    row->status = query_get_int(query, 8);
    query_get_text(query, 9, row->outcome, sizeof row->outcome);
    query_get_text(query, 10, row->detail, sizeof row->detail);
    query_get_text(query, 11, row->hash, sizeof row->hash);
}

enum err store_audit_page(struct db *db, const struct audit_page *page,
                          enum err (*each)(void *context, const struct audit_row *row),
                          void *context)
{
    struct audit_row row;
    struct query query;
    enum err err = ERR_OK;

    query_begin(&query, db, SQL_AUDIT_PAGE);
    query_int(&query, page->before);
    query_int(&query, page->limit);
    query_text(&query, page->who);
    query_text(&query, page->command);
    while (query_step(&query) == STEP_ROW) {
        read_row(&query, &row);
        if (err == ERR_OK)
            err = each(context, &row);
    }
    return err != ERR_OK ? err : query.err;
}

enum err store_audit_verify(struct db *db, struct audit_check *check)
{
    char expected[HASH_TEXT_SIZE];
    struct audit_row row;
    struct query query;
    enum err err = ERR_OK;

    check->wanted_at = check->rows = check->broken = 0;
    check->head[0] = '\0';
    query_begin(&query, db, SQL_AUDIT_ALL);
    while (query_step(&query) == STEP_ROW) {
        read_row(&query, &row);
        check->rows++;
        if (err == ERR_OK)
            err = chain(&row, check->head, expected);
        if (check->broken == 0 && (row.seq != check->rows || strcmp(expected, row.hash) != 0))
            check->broken = row.seq;
        memcpy(check->head, row.hash, sizeof check->head);
        if (check->wanted[0] != '\0' &&
            strncmp(row.hash, check->wanted, strlen(check->wanted)) == 0)
            check->wanted_at = row.seq;
    }
    return err != ERR_OK ? err : query.err;
}
