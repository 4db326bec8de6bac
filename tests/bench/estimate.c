/* SPDX-License-Identifier: Apache-2.0 */
/* Two tables in Markdown, for docs/estimate.md:
 *   bench_estimate times            the time estimate against the slicer's own, for every sample
 *   bench_estimate speed [MB]       MB/s of one core and memory for a program of so many MB (100)
 * Run from the root of the repository. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "../lib/profiles.h"
#include "gcode/analyse.h"

static double cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void show_time(double seconds)
{
    printf("%d:%02d:%02d | ", (int)seconds / 3600, (int)seconds / 60 % 60, (int)seconds % 60);
}

/* The generator of the laser samples writes "temps estime 1 min 54 s" into its first lines. */
static double stated_in_french(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[256];
    const char *at;
    int minutes, seconds;
    double total = 0;

    for (int i = 0; file != NULL && i < 5 && fgets(line, sizeof line, file) != NULL; i++) {
        at = strstr(line, "temps estime ");
        if (at != NULL && sscanf(at, "temps estime %d min %d s", &minutes, &seconds) == 2)
            total = minutes * 60 + seconds;
    }
    if (file != NULL)
        fclose(file);
    return total;
}

static int show_times(void)
{
    struct analysis a;
    double stated;

    printf(
        "| program | profile | ours | the file's own | error |\n| --- | --- | --- | --- | --- |\n");
    for (unsigned i = 0; i < sample_count; i++) {
        const struct sample *s = &samples[i];

        if (analyse_file(s->path, s->profile, &a, NULL) != ERR_OK || !a.accepted) {
            fprintf(stderr, "bench_estimate: %s cannot be analysed\n", s->path);
            return 1;
        }
        stated = a.slicer_time_s > 0 ? a.slicer_time_s : stated_in_french(s->path);
        printf("| `%s` | %s | ", s->path + strlen("tests/samples/"), s->profile->id);
        show_time(a.time_s);
        if (stated > 0) {
            show_time(stated);
            printf("%+.2f %% |\n", 100 * (a.time_s / stated - 1));
        } else {
            printf("- | - |\n");
        }
        analysis_finish(&a);
    }
    return 0;
}

/* A program of so many bytes: the layers of a sample, again and again, without its end. */
static int write_program(int fd, size_t size)
{
    static const char sample[] = "tests/samples/impression/ender3_serre-tete_pile4_0.28.gcode";
    int from = open(sample, O_RDONLY | O_CLOEXEC);
    char *text = malloc(8 << 20);
    ssize_t n = from >= 0 && text != NULL ? read(from, text, 8 << 20) : -1;
    char *layers, *end;
    size_t written = 0;

    if (from >= 0)
        close(from);
    if (n <= 0)
        goto fail;
    text[n] = '\0';
    layers = strstr(text, ";AFTER_LAYER_CHANGE");
    end = strstr(text, "; Filament-specific end");
    if (layers == NULL || end == NULL || write(fd, text, (size_t)(layers - text)) < 0)
        goto fail;
    while (written < size) {
        ssize_t part = write(fd, layers, (size_t)(end - layers));

        if (part <= 0)
            goto fail;
        written += (size_t)part;
    }
    free(text);
    return 0;
fail:
    free(text);
    fprintf(stderr, "bench_estimate: cannot make a program out of %s\n", sample);
    return 1;
}

static double hash_alone(const char *path)
{
    char text[HASH_TEXT_SIZE];
    double before = cpu_seconds();

    hash_file(path, text);
    return cpu_seconds() - before;
}

static int show_speed(size_t mb)
{
    char path[] = "/tmp/usine-bench-XXXXXX";
    int fd = mkstemp(path);
    int result = 1;
    struct rusage usage;
    struct analysis a;

    if (fd < 0 || write_program(fd, mb * 1000000) != 0)
        goto clean;
    printf("| run | bytes | lines | seconds of CPU | MB/s | SHA-256 alone MB/s | most memory |\n"
           "| --- | --- | --- | --- | --- | --- | --- |\n");
    for (int run = 1; run <= 5; run++) {
        double hashing = hash_alone(path), before = cpu_seconds(), took;

        if (analyse_file(path, &profile_ender3, &a, NULL) != ERR_OK)
            goto clean;
        took = cpu_seconds() - before;
        getrusage(RUSAGE_SELF, &usage);
        printf("| %d | %llu | %llu | %.3f | %.0f | %.0f | %.1f MB |\n", run,
               (unsigned long long)a.bytes, (unsigned long long)a.lines, took,
               (double)a.bytes / 1e6 / took, (double)a.bytes / 1e6 / hashing,
               (double)usage.ru_maxrss / 1024);
        analysis_finish(&a);
    }
    result = 0;
clean:
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    return result;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "times") == 0)
        return show_times();
    if (argc >= 2 && strcmp(argv[1], "speed") == 0)
        return show_speed(argc > 2 ? strtoul(argv[2], NULL, 10) : 100);
    fprintf(stderr, "usage: bench_estimate times | speed [MB]\n");
    return 2;
}
