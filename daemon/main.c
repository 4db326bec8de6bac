/* SPDX-License-Identifier: Apache-2.0 */
/* usined: arguments, the environment of the process, then the root. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "avahi.h"
#include "config/schema.h"
#include "priority.h"
#include "usine.h"

static const char usage[] =
    "usined: drives the machines of a workshop and counts what is made\n"
    "\n"
    "  usined --config FILE   serve; SIGHUP or a change of FILE reloads it, SIGTERM stops\n"
    "  usined --config FILE --training X[@TIME]\n"
    "                         the same with the machines of usine-sim --speed X: the calendar "
    "goes\n"
    "                         X times as fast, from TIME (2020-03-27T07:30:00Z) on\n"
    "  usined --check FILE    print every fault of FILE as file:line:column: message\n"
    "  usined --avahi FILE FOLDER\n"
    "                         write what Avahi is to announce to slicers into FOLDER\n"
    "  usined --schema        print the JSON Schema of the config\n"
    "  usined --version\n"
    "  usined --help\n";

static void print_faults(const struct config_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        fprintf(stderr, "%s:%d:%d: %s\n", faults->file, faults->items[i].line,
                faults->items[i].column, faults->items[i].text);
}

static int check(const char *path)
{
    struct config *config = NULL;
    struct config_faults faults;
    enum err err = config_load(path, &config, &faults);

    if (err == ERR_OK)
        printf("%s: no faults; %zu machines, %zu sites\n", path, config->machine_count,
               config->site_count);
    print_faults(&faults);
    config_faults_finish(&faults);
    config_unref(config);
    return err == ERR_OK ? 0 : 1;
}

static int announce(const char *path, const char *folder)
{
    struct config *config = NULL;
    struct config_faults faults;
    char text[512] = "";
    enum err err = config_load(path, &config, &faults);

    print_faults(&faults);
    config_faults_finish(&faults);
    if (err == ERR_OK)
        err = avahi_write(config, folder, text, sizeof text);
    if (*text != '\0')
        fprintf(stderr, "usined: %s\n", text);
    config_unref(config);
    return err == ERR_OK ? 0 : 1;
}

static int print_schema(void)
{
    char *text;

    if (config_schema(&text) != ERR_OK) {
        fputs("usined: out of memory\n", stderr);
        return 1;
    }
    fputs(text, stdout);
    free(text);
    return 0;
}

/* Calendar days and opening hours follow the config's zone, in the whole process. */
static void set_environment(const struct config *config)
{
    struct rlimit files;
    char threads[8];

    snprintf(threads, sizeof threads, "%d", POOL_THREADS);
    setenv("UV_THREADPOOL_SIZE", threads, 1);
    setenv("TZ", config->timezone, 1);
    tzset();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is an error like a full disk */
    if (getrlimit(RLIMIT_NOFILE, &files) ==
        0) { /* a descriptor a machine, and a thousand clients */
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* training: the argument of --training; NULL: real time. */
static int serve(const char *path, const char *training)
{
    struct config *config = NULL;
    struct config_faults faults;
    struct clock_training clock = {.clock = clock_system};
    char real[PATH_MAX], text[512] = "";
    struct usine *usine;
    int rc = 1;

    if (training != NULL && !clock_train(&clock, training)) {
        fprintf(stderr, "usined: --training takes a pace from 1 to 10000, and a moment in UTC if "
                        "it is to begin at one: 60@2020-03-27T07:30:00Z\n");
        return 2;
    }

    if (realpath(path, real) == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    if (config_load(real, &config, &faults) != ERR_OK) {
        print_faults(&faults);
        config_faults_finish(&faults);
        return 1;
    }
    config_faults_finish(&faults);
    set_environment(config);
    usine = malloc(sizeof *usine);
    if (usine == NULL)
        snprintf(text, sizeof text, "out of memory");
    else if (usine_open(usine, &(struct usine_setup){real, config, &clock.clock}, text,
                        sizeof text) == ERR_OK)
        rc = 0;
    if (rc == 0)
        usine_run(usine);
    else
        fprintf(stderr, "usined: %s\n", text);
    free(usine);
    return rc;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--config") == 0)
        return serve(argv[2], NULL);
    if (argc == 5 && strcmp(argv[1], "--config") == 0 && strcmp(argv[3], "--training") == 0)
        return serve(argv[2], argv[4]);
    if (argc == 3 && strcmp(argv[1], "--check") == 0)
        return check(argv[2]);
    if (argc == 4 && strcmp(argv[1], "--avahi") == 0)
        return announce(argv[2], argv[3]);
    if (argc == 2 && strcmp(argv[1], "--schema") == 0)
        return print_schema();
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("usined " USINE_VERSION);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    fputs(usage, stderr);
    return 2;
}
