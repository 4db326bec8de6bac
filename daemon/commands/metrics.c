/* SPDX-License-Identifier: Apache-2.0 */
#include "metrics.h"

#include <stdio.h>

#include "queue/job.h"
#include "queue/roster.h"

static void head(FILE *out, const char *name, const char *type, const char *help)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* A label's value, with what the format asks to escape. */
static void label(FILE *out, const char *value)
{
    for (; *value != '\0'; value++) {
        if (*value == '\\' || *value == '"')
            fputc('\\', out);
        fputc(*value == '\n' ? ' ' : *value, out);
    }
}

static void write_machines(FILE *out, const struct office *office)
{
    size_t count;
    const struct machine_view *views = queue_views(office->queue, &count);
    int states[MACHINE_STATES] = {0};
    int waiting = 0;
    uint64_t resends = 0;

    for (size_t i = 0; i < count; i++) {
        states[views[i].state]++;
        waiting += views[i].waiting_for != WAITING_NOTHING;
        resends += views[i].resends;
    }
    head(out, "usine_machines", "gauge", "Machines by state.");
    for (int s = 0; s < MACHINE_STATES; s++)
        fprintf(out, "usine_machines{state=\"%s\"} %d\n", machine_state_name((enum machine_state)s),
                states[s]);
    head(out, "usine_machines_waiting", "gauge", "Machines that wait for a person.");
    fprintf(out, "usine_machines_waiting %d\n", waiting);
    head(out, "usine_resends", "gauge", "Lines sent again on the connections of now.");
    fprintf(out, "usine_resends %llu\n", (unsigned long long)resends);
}

static void write_parts(FILE *out, const struct office *office)
{
    size_t count;
    const struct part_count *parts = queue_today(office->queue, &count);

    head(out, "usine_pieces_today", "gauge", "Pieces counted today, by part and verdict.");
    for (size_t i = 0; i < count; i++) {
        fputs("usine_pieces_today{part=\"", out);
        label(out, parts[i].part);
        fprintf(out, "\",verdict=\"good\"} %lld\nusine_pieces_today{part=\"",
                (long long)parts[i].good);
        label(out, parts[i].part);
        fprintf(out, "\",verdict=\"scrap\"} %lld\n", (long long)parts[i].scrap);
    }
}

static void write_jobs(FILE *out, const struct office *office)
{
    const struct job *job;
    int64_t owed = 0;
    int open = 0;

    for (size_t i = 0; (job = queue_job_at(office->queue, i)) != NULL; i++) {
        open += job->state == JOB_OPEN;
        owed += job->state == JOB_OPEN ? job->owed : 0;
    }
    head(out, "usine_jobs_open", "gauge", "Jobs that are open.");
    fprintf(out, "usine_jobs_open %d\n", open);
    head(out, "usine_pieces_owed", "gauge", "Pieces that open jobs still owe.");
    fprintf(out, "usine_pieces_owed %lld\n", (long long)owed);
}

char *metrics_text(const struct office *office)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    head(out, "usine_info", "gauge", "The daemon.");
    fprintf(out, "usine_info{version=\"%s\"} 1\n", USINE_VERSION);
    head(out, "usine_start_seconds", "gauge", "Start of the daemon, seconds since 1970.");
    fprintf(out, "usine_start_seconds %lld\n", (long long)(office->started_ms / 1000));
    head(out, "usine_config_accepted", "gauge", "1: the last config file read is in force.");
    fprintf(out, "usine_config_accepted %d\n", office->reload.accepted ? 1 : 0);
    write_machines(out, office);
    write_parts(out, office);
    write_jobs(out, office);
    fclose(out);
    return text;
}
