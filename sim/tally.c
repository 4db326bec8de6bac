/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <string.h>

static void flush(struct tally *t)
{
    hash_feed(&t->hash, t->pending, t->pending_used);
    t->pending_used = 0;
}

void tally_run_begin(struct tally *t, uint64_t first)
{
    tally_run_end(t);
    if (hash_begin(&t->hash) != ERR_OK)
        return; /* without memory the run goes uncounted, and its absence shows in the report */
    t->run = (struct tally_run){.lines = 0};
    t->run_next = first;
    t->run_open = true;
    t->pending_used = 0;
    if (t->book != NULL)
        fputs("run\n", t->book);
}

static void feed(struct tally *t, const char *text, size_t n)
{
    if (n + 1 > sizeof t->pending - t->pending_used)
        flush(t);
    if (n + 1 > sizeof t->pending) {
        hash_feed(&t->hash, text, n);
        n = 0;
    }
    memcpy(t->pending + t->pending_used, text, n);
    t->pending_used += n;
    t->pending[t->pending_used++] = '\n';
}

void tally_line(struct tally *t, uint64_t number, const char *text, size_t n)
{
    t->lines++;
    if (t->book != NULL)
        fprintf(t->book, "%llu %.*s\n", (unsigned long long)number, (int)n, text);
    if (!t->run_open)
        return;
    t->run.lines++;
    if (number > t->run_next)
        t->run.skipped += number - t->run_next;
    else if (number < t->run_next)
        t->run.repeated++;
    t->run_next = number + 1;
    feed(t, text, n);
}

void tally_command(struct tally *t, const char *text, size_t n)
{
    t->commands++;
    if (t->book != NULL)
        fprintf(t->book, "- %.*s\n", (int)n, text);
}

void tally_run_end(struct tally *t)
{
    if (!t->run_open)
        return;
    flush(t);
    hash_end(&t->hash, t->run.sha256);
    t->run_open = false;
    if (t->run.lines > 0)
        t->runs[t->run_count++ % TALLY_RUNS] = t->run;
}

bool tally_run_now(struct tally *t, struct tally_run *run)
{
    if (!t->run_open)
        return false;
    flush(t);
    *run = t->run;
    return hash_peek(&t->hash, run->sha256);
}

void tally_ok_written(struct tally *t, uint64_t now_ns)
{
    t->ok_waiting = false;
    if (t->ok_at_ns == 0 && t->run_open)
        t->ok_at_ns = now_ns;
}

void tally_line_read(struct tally *t, uint64_t now_ns)
{
    if (t->ok_at_ns != 0 && now_ns >= t->ok_at_ns)
        histogram_add(&t->turnaround, now_ns - t->ok_at_ns);
    t->ok_at_ns = 0;
}

void tally_finish(struct tally *t)
{
    if (t->run_open)
        hash_end(&t->hash, NULL);
    t->run_open = false;
    if (t->book != NULL)
        fclose(t->book);
    t->book = NULL;
}
